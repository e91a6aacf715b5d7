using System.Diagnostics;

namespace Repave.LanguageServer;

/// <summary>Work that follows edits on a thread of its own: reading what changed, checking what that concerns, planning. A round that takes
/// a moment follows an edit at once; otherwise it waits until edits pause, and longer the longer the last round took, so that a large
/// workspace does not check itself all the time.</summary>
internal sealed class Background : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Func<CancellationToken, bool> _check;
    private readonly Action<CancellationToken> _plan;
    private readonly bool _isEager;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _ends = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private long _last;
    private volatile bool _mustCheck;
    private volatile bool _mustPlan;

    /// <summary>Starts it.</summary>
    /// <param name="check">Reads and checks what changed; false if something changed meanwhile.</param>
    /// <param name="plan">Plans.</param>
    /// <param name="log">Takes what went wrong.</param>
    /// <param name="isEager">Whether a round that takes a moment follows an edit at once.</param>
    public Background(Func<CancellationToken, bool> check, Action<CancellationToken> plan, Action<string> log, bool isEager = false)
    {
        (_check, _plan, _log, _isEager) = (check, plan, log, isEager);
        _thread = new Thread(Work) { IsBackground = true, Name = isEager ? "environments" : "background" };
        _thread.Start();
    }

    /// <summary>Something has changed: read what is new of it, check and plan.</summary>
    public void Check() => Wake(() => _mustCheck = true);

    /// <summary>Another baseline: plan.</summary>
    public void Plan() => Wake(() => _mustPlan = true);

    public void Dispose()
    {
        _ends.Cancel();
        _wake.Set();
        _thread.Join(TimeSpan.FromSeconds(2));
        _ends.Dispose();
        _wake.Dispose();
    }

    private void Wake(Action mark)
    {
        mark();
        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        _wake.Set();
    }

    private void Work()
    {
        var took = TimeSpan.Zero;
        while (!_ends.IsCancellationRequested)
        {
            _wake.WaitOne();
            // What a client opens first is wanted at once.
            while (took > TimeSpan.Zero && !_ends.IsCancellationRequested && Stopwatch.GetElapsedTime(Volatile.Read(ref _last)) is var quiet
                && quiet < Least(took))
                _ends.Token.WaitHandle.WaitOne(Least(took) - quiet);
            if (_ends.IsCancellationRequested)
                return;
            var clock = Stopwatch.StartNew();
            try
            {
                Round();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                // A round that fails must not end the server; the next edit starts another.
                _log($"checking the workspace failed: {exception}");
            }

            took = clock.Elapsed + TimeSpan.FromTicks(1);
        }
    }

    private TimeSpan Least(TimeSpan took) => took <= Moment ? TimeSpan.Zero
        : _isEager ? took : took * 2 > Pause ? took * 2 : Pause;

    private void Round()
    {
        if (_mustCheck)
        {
            _mustCheck = false;
            _mustPlan = true;
            if (!_check(_ends.Token))
            {
                // Something changed meanwhile; its own wake-up follows.
                _mustCheck = true;
                _wake.Set();
                return;
            }
        }

        if (_mustPlan)
        {
            _mustPlan = false;
            _plan(_ends.Token);
        }
    }
}
