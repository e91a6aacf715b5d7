namespace Repave.LanguageServer;

/// <summary>Lets edits go first. An answer that takes long is made in pieces, and waits between two of them while an edit is being checked:
/// two threads that both allocate share caches, memory and collections of garbage, and somebody looks at the one that checks what was
/// typed.</summary>
/// <param name="longest">How long a piece waits at most: whoever types without pause must still get answers. 50 ms by default.</param>
internal sealed class EditPriority(TimeSpan? longest = null)
{
    private readonly TimeSpan _longest = longest ?? TimeSpan.FromMilliseconds(50);
    private readonly ManualResetEventSlim _isQuiet = new(true, spinCount: 0);
    private int _running;

    /// <summary>An edit begins; each call of <see cref="End"/> ends one.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _running);
        _isQuiet.Reset();
    }

    /// <summary>What was found of an edit is with the client.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            _isQuiet.Set();
    }

    /// <summary>The pieces of an answer, each made when no edit is being checked.</summary>
    public IEnumerable<T> Between<T>(IEnumerable<T> pieces, CancellationToken cancellation)
    {
        foreach (var piece in pieces)
        {
            cancellation.ThrowIfCancellationRequested();
            _isQuiet.Wait(_longest, cancellation);
            yield return piece;
        }
    }
}
