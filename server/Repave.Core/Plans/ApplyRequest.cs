namespace Repave.Core.Plans;

/// <summary>The body of a request that applies a manifest.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Body">The body, JSON.</param>
public sealed record ApplyRequest(string ContentType, string Body)
{
    /// <summary>Under which name it is applied.</summary>
    public required string Manager { get; init; }

    /// <summary>Whether the platform merges it, and not the client.</summary>
    public bool IsByServer { get; init; }

    /// <summary>Whether fields that others own are taken from them.</summary>
    public bool ForcesConflicts { get; init; }
}
