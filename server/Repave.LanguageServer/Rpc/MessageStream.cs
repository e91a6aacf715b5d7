using System.Globalization;
using System.Text;

namespace Repave.LanguageServer.Rpc;

/// <summary>Messages on a pair of streams, each behind a header that says its length in bytes. One thread reads, any may write; what is
/// written waits
/// in a queue for a thread of its own, so that a client that does not read keeps nobody from reading on.</summary>
internal sealed class MessageStream : IDisposable
{
    /// <summary>The longest message that is taken, in bytes; a longer one is skipped.</summary>
    public const int MaxLength = 128 * 1024 * 1024;

    /// <summary>Most bytes that wait for the client; who writes more waits for it, and if it does not read for so long, it is taken to have
    /// gone.</summary>
    public const long MaxWaiting = 64 * 1024 * 1024;

    private const int MaxHeader = 4096;
    private const int Smallest = 64 * 1024;
    private const int Large = 1024 * 1024;
    private const string LengthWord = "Content-Length";

    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    private readonly Stream _input;
    private readonly Stream _output;
    private readonly TimeSpan _patience;
    private readonly Lock _gate = new();
    private readonly Queue<(ChunkedBuffer? Message, Action? After)> _queue = new();
    private readonly SemaphoreSlim _filled = new(0);
    private readonly ManualResetEventSlim _drained = new(true);
    private readonly Thread _writer;
    private long _waiting;
    private long _written;
    private volatile bool _isGone;
    private volatile bool _isClosing;
    private byte[] _buffer = new byte[Smallest];
    private int _start;
    private int _end;

    public MessageStream(Stream input, Stream output, TimeSpan? patience = null)
    {
        (_input, _output, _patience) = (input, output, patience ?? TimeSpan.FromSeconds(30));
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "writer" };
        _writer.Start();
    }

    /// <summary>Whether nobody reads what is written any more.</summary>
    public bool IsGone => _isGone;

    /// <summary>The next message; null at the end of the stream. What is no header is skipped up to the next that is one.</summary>
    /// <param name="skipped">Why something was skipped before it; null if nothing was.</param>
    public ReadOnlyMemory<byte>? Read(out string? skipped)
    {
        skipped = null;
        while (true)
        {
            if (ReadHeader() is not { } length)
                return null;
            if (length is < 0 or > MaxLength)
            {
                skipped = length < 0 ? "a header without a usable Content-Length"
                    : $"a message of {length} bytes, of which at most {MaxLength} are taken";
                // A message without an answer would leave its sender waiting.
                return ReadOnlyMemory<byte>.Empty;
            }

            if (!Fill((int)length))
                return null;
            var message = _buffer.AsMemory(_start, (int)length);
            _start += (int)length;
            return message;
        }
    }

    /// <summary>Puts a message into the queue, as a whole.</summary>
    /// <param name="message">The message, which is the queue's from now on.</param>
    public void Write(ChunkedBuffer message)
    {
        if (_isGone)
        {
            message.Dispose();
            return;
        }

        while (Volatile.Read(ref _waiting) > MaxWaiting && !_isGone)
        {
            var before = Volatile.Read(ref _written);
            // As long as it reads at all, it is waited for.
            if (!_drained.Wait(_patience) && Volatile.Read(ref _written) == before)
                _isGone = true;
        }

        lock (_gate)
        {
            _queue.Enqueue((message, null));
            if (Interlocked.Add(ref _waiting, message.Length) > MaxWaiting)
                _drained.Reset();
        }

        _filled.Release();
    }

    /// <summary>Does something once everything that was put into the queue before is written, or nobody reads any more.</summary>
    public void AfterWritten(Action action)
    {
        lock (_gate)
            _queue.Enqueue((null, action));
        _filled.Release();
        if (_isGone)
            RunRest();
    }

    /// <summary>Gives the client a moment to read what waits.</summary>
    public void Dispose()
    {
        _isClosing = true;
        _filled.Release();
        if (!_isGone)
            _writer.Join(FlushLimit);
        _isGone = true;
    }

    private void WriteAll()
    {
        Span<byte> header = stackalloc byte[40];
        try
        {
            while (true)
            {
                _filled.Wait();
                (ChunkedBuffer? Message, Action? After) entry;
                lock (_gate)
                    _queue.TryDequeue(out entry);
                entry.After?.Invoke();
                if (entry.Message is not { } next)
                {
                    if (_isClosing && entry.After is null)
                        return;
                    continue;
                }

                Encoding.ASCII.TryGetBytes($"{LengthWord}: {next.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n",
                    header, out var length);
                _output.Write(header[..length]);
                next.CopyTo(_output);
                _output.Flush();
                var written = next.Length;
                next.Dispose();
                Interlocked.Add(ref _written, written);
                if (Interlocked.Add(ref _waiting, -written) <= MaxWaiting / 2)
                    _drained.Set();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // Nobody listens any more; the reading side ends by itself.
            _isGone = true;
            _drained.Set();
            RunRest();
        }
    }

    // Nothing is written any more; what waits for it still happens.
    private void RunRest()
    {
        while (true)
        {
            (ChunkedBuffer? Message, Action? After) entry;
            lock (_gate)
            {
                if (!_queue.TryDequeue(out entry))
                    return;
            }

            entry.After?.Invoke();
            entry.Message?.Dispose();
        }
    }

    // The length that a header says; -1 for a header without a usable one; null at the end of the stream.
    private long? ReadHeader()
    {
        long length = -1;
        var size = 0;
        while (true)
        {
            if (ReadLine(out var isWhole) is not { } line)
                return null;
            size += line.Length;
            // An empty line ends the header.
            if (line.Length == 0 && isWhole)
            {
                if (length >= 0 || size > 0)
                    return length;
                continue;
            }

            // What is endless is no header; the next one begins at the next word that says so.
            if (!isWhole || size > MaxHeader)
                return Resume() ? -1 : null;
            // Behind what was skipped it stands at the end of a line.
            if (line.LastIndexOf(LengthWord, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && line[(at + LengthWord.Length)..]
                .TrimStart() is [':', .. var rest])
                length = long.TryParse(rest.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : -1;
        }
    }

    // A line without its end; not whole if it is longer than a header is.
    private string? ReadLine(out bool isWhole)
    {
        var scanned = 0;
        isWhole = true;
        while (true)
        {
            var found = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (found >= 0 && scanned + found <= MaxHeader)
            {
                var line = Encoding.ASCII.GetString(_buffer, _start, scanned + found).TrimEnd('\r');
                _start += scanned + found + 1;
                return line;
            }

            scanned = _end - _start;
            if (found >= 0 || scanned > MaxHeader)
            {
                isWhole = false;
                return "";
            }

            if (!Fill(scanned + 1))
                return null;
        }
    }

    // Drops bytes up to the next header; false if none comes.
    private bool Resume()
    {
        var word = "Content-Length:"u8;
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf(word);
            if (found >= 0)
            {
                _start += found;
                return true;
            }

            // The word may have come in part.
            _start = Math.Max(_start, _end - word.Length + 1);
            if (!Fill(_end - _start + 1))
                return false;
        }
    }

    // Makes so many bytes available; false if the stream ends before. What a header promises is not believed: the buffer grows with what
    // comes.
    private bool Fill(int count)
    {
        while (_end - _start < count)
        {
            if (_end == _buffer.Length)
            {
                var kept = _end - _start;
                var size = count > _buffer.Length ? Math.Min(_buffer.Length * 2L, count) : _buffer.Length > Large
                    && count < _buffer.Length / 8 ? Math.Max(Smallest, count) : _buffer.Length;
                var other = size == _buffer.Length ? _buffer : new byte[size];
                Buffer.BlockCopy(_buffer, _start, other, 0, kept);
                (_buffer, _start, _end) = (other, 0, kept);
            }

            var read = _input.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }
}
