using System.Collections.Concurrent;
using System.Diagnostics;

namespace Repave.Core.Rules;

/// <summary>What stands between a run and whatever of it fails: a rule or a dialect that throws, or that takes longer than its time, is
/// left out and said once; everything else goes on. A thread cannot be stopped from outside, so one whose call exceeds its time is left
/// behind, and another takes its work over.</summary>
internal sealed class RuleBarrier
{
    // What exceeded its time once is not tried again by this process: in an editor each try would cost a thread.
    private static readonly ConcurrentDictionary<object, string> Stopped = new();

    // Asked before each rule of each resource; the dictionary would lock to say that it is empty.
    private static volatile bool AnyStopped;

    private readonly ConcurrentDictionary<object, Watch> _said = new();

    /// <summary>How long one call may take.</summary>
    public static TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What is done by a thread, and since when.</summary>
    public sealed class Watch
    {
        private object? _current;
        private long _since;
        private long _limit;

        /// <summary>Whether the thread was left behind; then nothing that it finds counts.</summary>
        public volatile bool IsLeft;

        /// <summary>What runs, if it has run for longer than its time.</summary>
        public object? Overdue()
        {
            var (current, since) = (Volatile.Read(ref _current), Volatile.Read(ref _since));
            return current is not null && Stopwatch.GetTimestamp() - since > Volatile.Read(ref _limit) && Volatile.Read(ref _since) == since
                ? current
                : null;
        }

        /// <summary>Something begins.</summary>
        /// <param name="what">A rule, or a piece of work of a dialect.</param>
        /// <param name="times">How many budgets it may take.</param>
        public void Enter(object what, int times = 1)
        {
            Volatile.Write(ref _current, null);
            Volatile.Write(ref _limit, (long)(Budget.TotalSeconds * times * Stopwatch.Frequency));
            Volatile.Write(ref _since, Stopwatch.GetTimestamp());
            Volatile.Write(ref _current, what);
        }

        /// <summary>It has come back.</summary>
        /// <exception cref="LeftBehindException">The thread was left behind meanwhile.</exception>
        public void Leave()
        {
            Volatile.Write(ref _current, null);
            if (IsLeft)
                throw new LeftBehindException();
        }
    }

    /// <summary>Whether something may run; if not, why.</summary>
    public static bool MayRun(object what, out string reason)
    {
        reason = "";
        if (!AnyStopped || !Stopped.TryGetValue(what, out var why))
            return true;
        reason = why;
        return false;
    }

    /// <summary>Lets something run no more.</summary>
    public static void Stop(object what)
    {
        Stopped[what] = $"it took longer than {Budget.TotalSeconds:0.#} seconds";
        AnyStopped = true;
    }

    /// <summary>Forgets what was stopped; for tests.</summary>
    public static void Reset()
    {
        Stopped.Clear();
        AnyStopped = false;
    }

    /// <summary>Whether this is the first time that something is said to have failed in this run.</summary>
    /// <param name="what">What failed.</param>
    /// <param name="watch">The watch of the thread that says it; what one that was left behind has said does not count.</param>
    public bool SayOnce(object what, Watch watch)
    {
        if (_said.TryAdd(what, watch))
            return true;
        return _said.TryGetValue(what, out var by) && by.IsLeft && _said.TryUpdate(what, watch, by);
    }

    /// <summary>Does work on several threads, and goes on without those whose call exceeds its time.</summary>
    /// <param name="count">How many pieces of work there are.</param>
    /// <param name="work">Does a piece. It may be called again for a piece whose thread was left behind, and must not publish what it found
    /// without having asked <see cref="Watch.IsLeft"/>.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static void ForEach(int count, Action<int, Watch> work, CancellationToken cancellation)
    {
        if (count == 0)
            return;
        var loop = new Loop(count, work, cancellation);
        loop.Run();
    }

    private sealed class Loop(int count, Action<int, Watch> work, CancellationToken cancellation)
    {
        private readonly List<Worker> _workers = [];
        private readonly ManualResetEventSlim _done = new();
        private readonly ConcurrentQueue<Exception> _failures = new();
        private int _next;
        private int _running;

        public void Run()
        {
            var threads = Math.Min(count, Environment.ProcessorCount);
            lock (_workers)
            {
                for (var i = 0; i < threads; i++)
                    Start(null);
            }

            // Nobody waits for long as a rule: looking four times in a budget is enough to notice.
            var pause = TimeSpan.FromMilliseconds(Math.Max(5, Budget.TotalMilliseconds / 4));
            while (!_done.Wait(pause))
                LeaveOverdue();
            cancellation.ThrowIfCancellationRequested();
            if (_failures.TryDequeue(out var failure))
                throw new AggregateException(failure);
        }

        private void Start(int? again)
        {
            var worker = new Worker();
            _workers.Add(worker);
            _running++;
            WorkThreads.Run(() => Work(worker, again));
        }

        private void Work(Worker worker, int? again)
        {
            try
            {
                if (again is { } first)
                    Do(worker, first);
                while (!worker.Watch.IsLeft && !cancellation.IsCancellationRequested
                    && Interlocked.Increment(ref _next) - 1 is var index && index < count)
                    Do(worker, index);
            }
            catch (LeftBehindException)
            {
            }
            catch (Exception exception)
            {
                // What no inner barrier caught: of reading a file, or of our own.
                _failures.Enqueue(exception);
            }

            lock (_workers)
            {
                if (worker.Watch.IsLeft)
                    return;
                _workers.Remove(worker);
                if (--_running == 0)
                    _done.Set();
            }
        }

        private void Do(Worker worker, int index)
        {
            worker.Index = index;
            work(index, worker.Watch);
        }

        private void LeaveOverdue()
        {
            lock (_workers)
            {
                foreach (var worker in _workers.ToList())
                {
                    if (worker.Watch.Overdue() is not { } what)
                        continue;
                    worker.Watch.IsLeft = true;
                    Stop(what);
                    _workers.Remove(worker);
                    Start(worker.Index);
                    _running--;
                }
            }
        }

        private sealed class Worker
        {
            public Watch Watch { get; } = new();

            public volatile int Index;
        }
    }

    /// <summary>Ends the work of a thread that was left behind, once its call has come back after all.</summary>
    public sealed class LeftBehindException : Exception;
}
