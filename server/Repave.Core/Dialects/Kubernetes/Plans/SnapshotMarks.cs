namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>How a snapshot marks what it holds.</summary>
internal static class SnapshotMarks
{
    /// <summary>The apiVersion of a snapshot's first document.</summary>
    public const string ApiVersion = "repave.dev/v1";

    /// <summary>The kind of a snapshot's first document.</summary>
    public const string Kind = "Snapshot";
}
