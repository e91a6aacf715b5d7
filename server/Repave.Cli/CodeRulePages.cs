namespace Repave.Cli;

/// <summary>The pages of the rules on C#, which run in the compiler and not in this tool.</summary>
internal static class CodeRulePages
{
    private const string Prefix = "rules/";
    private const string Suffix = ".md";

    /// <summary>The rules' ids.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. typeof(CodeRulePages).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>A rule's page in Markdown; null if there is no such rule.</summary>
    public static string? Find(string id)
    {
        using var stream = typeof(CodeRulePages).Assembly.GetManifestResourceStream(Prefix + id.ToUpperInvariant() + Suffix);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        // What is for those who edit pages is for nobody who reads one here.
        return string.Join('\n',
            reader.ReadToEnd().TrimEnd().Split('\n').Where(line => !line.StartsWith("<!--", StringComparison.Ordinal)));
    }
}
