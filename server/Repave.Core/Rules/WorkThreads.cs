using System.Collections.Concurrent;

namespace Repave.Core.Rules;

/// <summary>Threads for work that may not come back. They are not the pool's: a caller that waits on one may be a thread of the pool
/// itself, and one that is left behind would be missing there. Idle ones are kept, because starting one takes longer than checking
/// a document.</summary>
internal static class WorkThreads
{
    private static readonly ConcurrentStack<Idle> Waiting = new();

    /// <summary>Runs work on a thread of its own, at once.</summary>
    /// <param name="work">The work; it does not throw.</param>
    public static void Run(Action work)
    {
        if (!Waiting.TryPop(out var idle))
            idle = new Idle();
        idle.Begin(work);
    }

    private sealed class Idle
    {
        private readonly AutoResetEvent _begins = new(false);
        private Action? _work;

        public Idle()
        {
            new Thread(Loop) { IsBackground = true, Name = "check" }.Start();
        }

        public void Begin(Action work)
        {
            Volatile.Write(ref _work, work);
            _begins.Set();
        }

        private void Loop()
        {
            while (true)
            {
                _begins.WaitOne();
                Volatile.Read(ref _work)!();
                Volatile.Write(ref _work, null);
                Waiting.Push(this);
            }
        }
    }
}
