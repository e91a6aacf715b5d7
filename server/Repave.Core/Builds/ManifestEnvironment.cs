using Repave.Core.Text;

namespace Repave.Core.Builds;

/// <summary>Where manifests run: what is built for it, and with what that is compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">The folder that is built, or that holds manifests; empty for the one that paths start from.</param>
public sealed record ManifestEnvironment(string Name, string Folder)
{
    /// <summary>The baseline of an environment that names none.</summary>
    public const string DefaultBaseline = "git:HEAD";

    /// <summary>Files of values, the later before the earlier: from the folder or, where that has no such file, from where
    /// <see cref="Folder"/> starts.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Single values (<c>key=value</c>), before those of files.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The name of the release; null for the tool's own.</summary>
    public string? Release { get; init; }

    /// <summary>The namespace; null for the tool's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>What it is compared with: <c>live:NAME</c>, <c>git:REV</c>, or a snapshot's file; null for
    /// <see cref="DefaultBaseline"/>.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the settings name it, rather than that it was found.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Where the settings name it.</summary>
    public LineRange Range { get; init; }

    /// <summary>What is built for it, in words: <c>charts/shop with values-prod.yaml</c>.</summary>
    public string Source => (Folder.Length == 0 ? "." : Folder) + (Values.Count == 0 ? "" : " with " + string.Join(", ", Values));
}
