namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>A container of a project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Project">The project.</param>
/// <param name="Service">The service.</param>
/// <param name="State">What it does (<c>running</c>, <c>exited</c>).</param>
/// <param name="Hash">The hash of the service that it was made from.</param>
/// <param name="Image">The id of the image that it was made from.</param>
public sealed record LiveContainer(string Id, string Name, string Project, string Service, string State, string Hash, string Image)
{
    /// <summary>The ids of the networks that it is connected to.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>The names of the volumes that are mounted in it, with where.</summary>
    public IReadOnlyList<(string Volume, string Target)> Volumes { get; init; } = [];

    /// <summary>Where something of the host, of a volume or of memory is mounted in it.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>What <c>docker update</c> can change, as the engine calls it (<c>Memory</c>, <c>RestartPolicy</c>), in the engine's
    /// units.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>();

    /// <summary>The number that Compose gave it.</summary>
    public int Number { get; init; } = 1;
}
