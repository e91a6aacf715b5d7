namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>A network.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Project">The project that made it; null if none did.</param>
/// <param name="Hash">The hash of the definition that it was made from; null where it has none.</param>
public sealed record LiveNetwork(string Id, string Name, string? Project, string? Hash);
