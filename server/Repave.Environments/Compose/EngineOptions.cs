namespace Repave.Environments.Compose;

/// <summary>How an engine is to be read.</summary>
/// <param name="Project">The project's name; null for what its files say.</param>
/// <param name="Profiles">The active profiles, separated by commas; null for what the files say.</param>
/// <param name="IsDryRun">Whether Compose's own dry run is to confirm the plan.</param>
/// <param name="Timeout">How long one request may take.</param>
internal sealed record EngineOptions(string? Project, string? Profiles, bool IsDryRun, TimeSpan Timeout);
