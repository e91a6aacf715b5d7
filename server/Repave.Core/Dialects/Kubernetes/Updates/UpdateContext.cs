using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>The two states of an object between which an update is judged.</summary>
/// <param name="From">The object before; a live one has its status.</param>
/// <param name="To">The object after.</param>
/// <param name="Release">The server's release.</param>
/// <param name="IsLive">Whether <paramref name="From"/> is a live object, so that what it lacks is really absent.</param>
internal sealed record UpdateContext(MapNode From, MapNode To, Version Release, bool IsLive)
{
    /// <summary>Finds the StorageClass of a name in the baseline and the manifests; null if there is none to look at.</summary>
    public Func<string, MapNode?> StorageClass { get; init; } = _ => null;
}

/// <summary>What an update does.</summary>
/// <param name="Effect">What it does.</param>
/// <param name="Certainty">How sure that is.</param>
/// <param name="Why">The server's rule in a few words.</param>
internal sealed record Verdict(Effect Effect, Certainty Certainty, string Why)
{
    public static Verdict Of(UpdateRow row) => new(row.Effect, row.Certainty, row.Why);

    /// <summary>The object is mutated, for the same reason.</summary>
    public Verdict InPlace => this with { Effect = Effect.InPlace };

    /// <summary>The update is refused, for the same reason.</summary>
    public Verdict Refused => this with { Effect = Effect.Replaces };

    /// <summary>It is not known for sure.</summary>
    public Verdict Unsure => this with { Certainty = Certainty.Conditional };
}
