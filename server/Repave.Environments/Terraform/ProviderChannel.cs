using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Repave.Environments.Terraform;

/// <summary>Calls to a provider over its socket: gRPC's framing on HTTP/2, which is all of gRPC that the plugin protocol needs.</summary>
internal sealed class ProviderChannel : IDisposable
{
    private const int PrefixLength = 5;

    private readonly HttpClient _client;
    private readonly string _service;

    /// <param name="socket">The path of the provider's socket.</param>
    /// <param name="service">The service that it offers: <c>tfplugin5.Provider</c>.</param>
    public ProviderChannel(string socket, string service)
    {
        _service = service;
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Calls a method and waits for its answer.</summary>
    /// <exception cref="ProviderException">It does not answer, or refuses the call.</exception>
    public byte[] Call(string method, byte[] message, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        try
        {
            return CallAsync(method, message, cancellation.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or HttpProtocolException)
        {
            throw new ProviderException($"The provider ended while it was asked: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            throw new ProviderException($"The provider did not answer within {limit.TotalSeconds:0} s.", true);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> CallAsync(string method, byte[] message, CancellationToken cancellation)
    {
        var framed = new byte[PrefixLength + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(framed, PrefixLength);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost/{_service}/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(framed),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        var status = Header(response, "grpc-status");
        if (status is not "0")
        {
            throw new ProviderException(status is "12"
                ? $"The provider has no {method}."
                : $"The provider refused {method}: {Header(response, "grpc-message") ?? "it said nothing"}");
        }

        if (answer.Length < PrefixLength || answer[0] != 0
            || BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(1)) != answer.Length - PrefixLength)
            throw new ProviderException("The provider's answer cannot be read.");
        return answer[PrefixLength..];
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var trailing) ? trailing.FirstOrDefault()
        : response.Headers.TryGetValues(name, out var leading) ? leading.FirstOrDefault() : null;
}
