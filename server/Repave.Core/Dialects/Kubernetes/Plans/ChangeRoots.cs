using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>The trees of a change's two states.</summary>
internal static class ChangeRoots
{
    /// <summary>What the manifest says; null for a deletion.</summary>
    public static MapNode? DesiredRoot(this ResourceChange change) => (change.Desired as TreeResource)?.Root;

    /// <summary>What the baseline says; null for a creation.</summary>
    public static MapNode? BaselineRoot(this ResourceChange change) => (change.Baseline as TreeResource)?.Root;
}
