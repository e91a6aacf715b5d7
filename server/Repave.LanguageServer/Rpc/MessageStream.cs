using System.Globalization;
using System.Text;

namespace Repave.LanguageServer.Rpc;

/// <summary>Messages on a pair of streams, each behind a header that says its length in bytes. One thread reads, any may write.</summary>
internal sealed class MessageStream(Stream input, Stream output)
{
    /// <summary>The longest message that is taken, in bytes; a longer one is skipped.</summary>
    public const int MaxLength = 128 * 1024 * 1024;

    private const int MaxHeader = 4096;

    private readonly Lock _writing = new();
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next message; null at the end of the stream. Headers that make no sense are skipped up to the next that does.</summary>
    public ReadOnlyMemory<byte>? Read()
    {
        while (true)
        {
            if (ReadHeader() is not { } length)
                return null;
            if (length is < 0 or > MaxLength)
                continue;
            if (!Fill(length))
                return null;
            var message = _buffer.AsMemory(_start, length);
            _start += length;
            return message;
        }
    }

    /// <summary>Writes a message as a whole.</summary>
    public void Write(ReadOnlySpan<byte> message)
    {
        Span<byte> header = stackalloc byte[40];
        Encoding.ASCII.TryGetBytes($"Content-Length: {message.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n", header, out var length);
        lock (_writing)
        {
            output.Write(header[..length]);
            output.Write(message);
            output.Flush();
        }
    }

    // The length that a header says; -1 for a header without a usable one; null at the end of the stream.
    private int? ReadHeader()
    {
        var length = -1;
        var size = 0;
        while (true)
        {
            if (ReadLine() is not { } line)
                return null;
            size += line.Length;
            // An empty line ends the header; so does one that is endless, for what comes then is no header.
            if (line.Length == 0 || size > MaxHeader)
            {
                if (length >= 0 || size > 0)
                    return length;
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[..colon].Trim().Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && int.TryParse(line[(colon + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var said))
                length = said;
        }
    }

    private string? ReadLine()
    {
        var scanned = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = Encoding.ASCII.GetString(_buffer, _start, Math.Min(scanned + found, MaxHeader)).TrimEnd('\r');
                _start += scanned + found + 1;
                return line;
            }

            scanned = _end - _start;
            if (!Fill(scanned + 1))
                return null;
        }
    }

    // Makes so many bytes available; false if the stream ends before.
    private bool Fill(int count)
    {
        if (_buffer.Length - _start < count)
        {
            var larger = _buffer.Length < count || _buffer.Length > count * 4 ? new byte[Math.Max(64 * 1024, count)] : _buffer;
            Buffer.BlockCopy(_buffer, _start, larger, 0, _end - _start);
            _buffer = larger;
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < count)
        {
            var read = input.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }
}
