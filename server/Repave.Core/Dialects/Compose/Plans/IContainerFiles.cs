namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>Says which files of a container are not as its image has them. Asked for drift only: an engine compares whole trees for
/// it.</summary>
public interface IContainerFiles
{
    /// <summary>The changes; null where the engine does not say.</summary>
    /// <param name="container">The container's id.</param>
    /// <param name="problem">Why it does not say; null where it does.</param>
    IReadOnlyList<FileChange>? ChangedIn(string container, out string? problem);
}
