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

    /// <summary>The number that Compose gave it.</summary>
    public int Number { get; init; } = 1;
}
