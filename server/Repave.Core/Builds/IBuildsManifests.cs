namespace Repave.Core.Builds;

/// <summary>What a dialect is whose manifests tools build.</summary>
public interface IBuildsManifests
{
    /// <summary>The tools.</summary>
    IReadOnlyList<IBuilds> Builds { get; }
}
