namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>A file or folder of a container that is not as its image has it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind"><c>A</c> where it was added, <c>C</c> where it was changed, <c>D</c> where it was deleted.</param>
public sealed record FileChange(string Path, char Kind);
