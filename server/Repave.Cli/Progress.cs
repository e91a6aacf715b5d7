using System.Diagnostics;

namespace Repave.Cli;

/// <summary>Shows on stderr how far long work has come, if stderr is a terminal and the work takes more than a moment.</summary>
internal sealed class Progress(int total) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private int _done;
    private TimeSpan _last;
    private bool _written;

    /// <summary>One more is done.</summary>
    public void Step()
    {
        var done = Interlocked.Increment(ref _done);
        if (!_isShown || _clock.Elapsed < Patience)
            return;
        lock (_lock)
        {
            if (_clock.Elapsed - _last < Interval)
                return;
            _last = _clock.Elapsed;
            _written = true;
            Console.Error.Write($"\rread {done} of {total} files ");
        }
    }

    /// <summary>Takes the line away again.</summary>
    public void Dispose()
    {
        if (_written)
            Console.Error.Write("\r" + new string(' ', 50) + "\r");
    }
}
