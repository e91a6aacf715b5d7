using System.Net;
using System.Net.Sockets;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Stands between a client and a server and does something once so much was answered: what has to happen in the middle
/// happens there, however fast the machine is.</summary>
public sealed class CountingForwarder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;
    private readonly long _limit;
    private readonly Action _atLimit;
    private long _answered;

    /// <param name="port">The server's port on this machine.</param>
    /// <param name="limit">How many bytes of answers go through before.</param>
    /// <param name="atLimit">What is done then, once, before anything more goes through.</param>
    public CountingForwarder(int port, long limit, Action atLimit)
    {
        (_port, _limit, _atLimit) = (port, limit, atLimit);
        _listener.Start();
        _ = Accept();
    }

    /// <summary>Its own port on this machine.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many bytes were answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _port);
                await Task.WhenAny(Copy(client, server, isAnswer: false), Copy(server, client, isAnswer: true));
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // One of them has gone; the other sees its connection end.
            }
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, bool isAnswer)
    {
        var buffer = new byte[4096];
        for (int read; (read = await from.GetStream().ReadAsync(buffer)) > 0;)
        {
            if (isAnswer && Interlocked.Add(ref _answered, read) is var answered && answered >= _limit && answered - read < _limit)
                _atLimit();
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
