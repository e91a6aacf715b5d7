namespace Repave.Core.Plans;

/// <summary>The body of a request that applies a manifest.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Body">The body, JSON.</param>
/// <param name="Manager">Under which name it is applied.</param>
public sealed record ApplyRequest(string ContentType, string Body, string Manager)
{
    /// <summary>Whether the platform merges it, and not the client.</summary>
    public bool IsByServer { get; init; }

    /// <summary>Whether fields that others own are taken from them.</summary>
    public bool ForcesConflicts { get; init; }
}
