namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>A volume.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Project">The project that made it; null if none did.</param>
/// <param name="Hash">The hash of the definition that it was made from; null where it has none.</param>
public sealed record LiveVolume(string Name, string? Project, string? Hash);
