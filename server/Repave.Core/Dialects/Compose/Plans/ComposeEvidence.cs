namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What a Docker Engine says of a project's containers, networks and volumes.</summary>
public sealed record ComposeEvidence
{
    /// <summary>The installed Compose; null where it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>The folders of the projects on this machine, by the paths that the manifests' folders are called by.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of the project, where it was given.</summary>
    public string? Project { get; init; }

    /// <summary>The variables of the shell.</summary>
    public IReadOnlyDictionary<string, string> Shell { get; init; } = new Dictionary<string, string>();

    /// <summary>The profiles that are active; null for those that the project's files say.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    /// <summary>The folder of the user.</summary>
    public string? Home { get; init; }

    /// <summary>The containers.</summary>
    public IReadOnlyList<LiveContainer> Containers { get; init; } = [];

    /// <summary>Who says which files of containers were changed; null where nobody can be asked.</summary>
    public IContainerFiles? Files { get; init; }

    /// <summary>The networks.</summary>
    public IReadOnlyList<LiveNetwork> Networks { get; init; } = [];

    /// <summary>The volumes.</summary>
    public IReadOnlyList<LiveVolume> Volumes { get; init; } = [];

    /// <summary>The images' ids by the names that they have.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>What <c>docker compose --dry-run up</c> would do to each service's containers, where it was asked; null where it
    /// was not.</summary>
    public IReadOnlyDictionary<string, string>? DryRun { get; init; }
}
