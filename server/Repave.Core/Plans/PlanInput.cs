using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Plans;

/// <summary>What a dialect plans from.</summary>
/// <param name="Desired">The dialect's resources as the manifests want them.</param>
/// <param name="Broken">Resources of documents that cannot be read to their end: what becomes of them is unknown.</param>
/// <param name="DesiredManifests">All files that are planned together.</param>
/// <param name="Before">The dialect's resources in the baseline.</param>
/// <param name="Around">Resources around them, which the plan looks at and never deletes.</param>
/// <param name="Baseline">The baseline.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="Options">What the caller asks for.</param>
public sealed record PlanInput(ResourceSet Desired, IReadOnlyList<Resource> Broken, IReadOnlyList<Manifest> DesiredManifests,
    ResourceSet Before, ResourceSet Around, Baseline Baseline, Settings Settings, PlanOptions Options);

/// <summary>What a caller asks of a plan.</summary>
public sealed record PlanOptions
{
    /// <summary>The namespace of manifests that name none; null for the baseline's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Labels (<c>app=shop,tier=web</c>) of baseline resources that are deleted when no manifest defines them; null for the
    /// dialect's own marks of ownership.</summary>
    public string? PruneSelector { get; init; }

    /// <summary>Whether the platform merges manifests itself; null for what the settings say.</summary>
    public bool? IsAppliedByServer { get; init; }

    /// <summary>The platforms' versions by dialect, as far as the caller says them; what is not said is found out.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>On how many nodes what runs once a node runs, where the baseline does not say it; null if nobody knows.</summary>
    public int? Nodes { get; init; }

    /// <summary>Whether to say what going back to the baseline would do, which takes as long as the plan once more.</summary>
    public bool SaysWayBack { get; init; }

    /// <summary>Files of the manifests that could not be read: what stands in them is unknown.</summary>
    public IReadOnlyList<UnreadFile> Unread { get; init; } = [];

    /// <summary>The files and folders that the manifests' paths begin with; none if they are named from one place.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];
}
