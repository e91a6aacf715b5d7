namespace Repave.Core.Tests.Support;

/// <summary>An object under two apiVersions, and what applying the second changes.</summary>
/// <param name="Expected">The field that changes, or <c>nothing</c>.</param>
/// <param name="Old">The first manifest.</param>
/// <param name="Next">The second.</param>
internal sealed record VersionPair(string Expected, string Old, string Next)
{
    /// <summary>Where the files lie.</summary>
    public static string Folder => Path.Combine(Repository.Root, "tests", "Fixtures", "versions");

    /// <summary>A pair in a file: a comment that says what changes, and two documents.</summary>
    public static VersionPair Read(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var line = text.IndexOf('\n');
        var parts = text[(line + 1)..].Split("---\n");
        return new VersionPair(text[..line].Replace("# changes: ", "", StringComparison.Ordinal), parts[0], parts[1]);
    }
}
