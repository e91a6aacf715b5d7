namespace Repave.LanguageServer.Tests;

/// <summary>Long answers stand back while an edit is being checked, and not for ever.</summary>
public class EditPriorityTests
{
    [Fact]
    public async Task PiecesWaitForTheEditsThatRun()
    {
        var edits = new EditPriority(TimeSpan.FromMinutes(10));
        edits.Begin();
        edits.Begin();
        using var pieces = edits.Between([1], CancellationToken.None).GetEnumerator();
        var made = Task.Run(pieces.MoveNext);
        edits.End();
        await Task.Delay(20);
        Assert.False(made.IsCompleted, "one edit is still running");
        edits.End();
        Assert.True(await made.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, pieces.Current);
    }

    [Fact]
    public void AnEditThatNeverEndsHoldsNobodyForEver()
    {
        var edits = new EditPriority();
        edits.Begin();
        Assert.Equal([1, 2, 3], edits.Between([1, 2, 3], CancellationToken.None));
    }

    [Fact]
    public void CancellationEndsTheWaiting()
    {
        var edits = new EditPriority();
        edits.Begin();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => edits.Between([1], source.Token).ToList());
    }
}
