namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>How a project is to be loaded.</summary>
/// <param name="Rules">The version of Compose.</param>
internal sealed record LoadOptions(ComposeRules Rules)
{
    /// <summary>The folder that paths of the project are put below; null for that of its first file.</summary>
    public string? Folder { get; init; }

    /// <summary>The project's name where its files say none.</summary>
    public string? Name { get; init; }

    /// <summary>The variables of the shell.</summary>
    public IReadOnlyDictionary<string, string> Shell { get; init; } = new Dictionary<string, string>();

    /// <summary>The profiles that are active; null for those that <c>.env</c> names.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    /// <summary>The folder of the user, which <c>~</c> stands for; null where it is not known.</summary>
    public string? Home { get; init; }
}
