using Repave.Core.Model;

namespace Repave.Core.Plans;

/// <summary>What a platform answered to a dry run.</summary>
/// <param name="Result">The state that it would store; null if it refused.</param>
/// <param name="Refusal">Why it refused; null if it did not.</param>
/// <param name="Fields">The fields that it blames; may be empty.</param>
public sealed record DryRunAnswer(Resource? Result, string? Refusal, IReadOnlyList<string> Fields);

/// <summary>The state that manifests are compared with.</summary>
/// <param name="Name">What it is, for people (<c>git:HEAD~1</c>, <c>cluster prod, 2026-01-01 12:00 UTC</c>).</param>
/// <param name="Manifests">The manifests or live objects in it.</param>
public sealed record Baseline(string Name, IReadOnlyList<Manifest> Manifests)
{
    /// <summary>Whether it holds everything that these manifests once said, so that what it lacks was not there and what the manifests lack
    /// is deleted (an earlier state of the same files), rather than a live system that others use too.</summary>
    public bool IsEarlierState { get; init; }

    /// <summary>The platform's version (1.34), or null if unknown.</summary>
    public string? Version { get; init; }

    /// <summary>The namespace of manifests that name none, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name of the environment, for policies; null if it has none.</summary>
    public string? Environment { get; init; }

    /// <summary>The key of the hashes that stand for secret values; null if values stand there themselves.</summary>
    public byte[]? HashKey { get; init; }

    /// <summary>What only its platform knows of it, in a type of its dialect; null if there is nothing.</summary>
    public object? Evidence { get; init; }

    /// <summary>What could not be read, and why: the action of such a resource is unknown.</summary>
    public IReadOnlyDictionary<ResourceId, string> Unreadable { get; init; } = new Dictionary<ResourceId, string>();

    /// <summary>Files of it that could not be read: what stands in them is unknown.</summary>
    public IReadOnlyList<UnreadFile> Unread { get; init; } = [];

    /// <summary>The files and folders that its manifests' paths begin with; none if they are named from one place.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>What the platform answered to dry runs, by the desired resource.</summary>
    public IReadOnlyDictionary<ResourceId, DryRunAnswer> DryRuns { get; init; } = new Dictionary<ResourceId, DryRunAnswer>();

    /// <summary>Resources around those of the plan, which it looks at and never deletes.</summary>
    public IReadOnlyList<Manifest> Surroundings { get; init; } = [];

    /// <summary>What to say of it: what was not read, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
