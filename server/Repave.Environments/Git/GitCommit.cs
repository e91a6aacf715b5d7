namespace Repave.Environments;

/// <summary>A commit, as git tells of it.</summary>
/// <param name="Id">Its whole hash.</param>
/// <param name="Author">Who wrote the change.</param>
/// <param name="Email">The author's address.</param>
/// <param name="Date">When it was written, as its author's clock and zone had it (ISO 8601).</param>
/// <param name="Seconds">When it was committed, in seconds since 1970.</param>
/// <param name="Message">The whole message.</param>
public sealed record GitCommit(string Id, string Author, string Email, string Date, long Seconds, string Message)
{
    /// <summary>The message's first line.</summary>
    public string Subject => Message.Split('\n')[0].Trim();

    /// <summary>The message below its first line; empty if there is none.</summary>
    public string Body => Message.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? Message[end..].Trim() : "";

    /// <summary>The hashes of its parents, the branch that it was committed to first.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];
}
