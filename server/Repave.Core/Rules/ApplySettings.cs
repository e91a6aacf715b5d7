namespace Repave.Core.Rules;

/// <summary>How a dialect's manifests are applied.</summary>
/// <param name="IsByServer">Whether the platform merges them itself; null if nothing is said.</param>
/// <param name="Manager">The name under which they are applied; null for the client's own.</param>
/// <param name="ForcesConflicts">Whether fields that others own are taken from them.</param>
public sealed record ApplySettings(bool? IsByServer, string? Manager, bool ForcesConflicts)
{
    /// <summary>Nothing is said.</summary>
    public static ApplySettings Unsaid { get; } = new(null, null, false);
}
