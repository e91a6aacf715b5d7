using System.Diagnostics;

namespace Repave.Cli;

/// <summary>Shows on stderr how far long work has come, if stderr is a terminal and the work takes more than a moment.</summary>
/// <param name="total">How many steps there are, if <see cref="Step"/> counts them.</param>
internal sealed class Progress(int total = 0) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private int _done;
    private TimeSpan _last;
    private bool _written;

    /// <summary>One more file is read.</summary>
    public void Step() => Show("read", Interlocked.Increment(ref _done), total, "files");

    /// <summary>So many are done.</summary>
    public void Show(string verb, int done, int of, string noun)
    {
        if (!_isShown || _clock.Elapsed < Patience)
            return;
        lock (_lock)
        {
            if (_clock.Elapsed - _last < Interval)
                return;
            _last = _clock.Elapsed;
            _written = true;
            Console.Error.Write($"\r{verb} {done} of {of} {noun} ");
        }
    }

    /// <summary>Takes the line away again.</summary>
    public void Dispose()
    {
        if (_written)
            Console.Error.Write("\r" + new string(' ', 50) + "\r");
    }
}
