using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Packer;

/// <summary>What templates consist of (<c>schemas/packer/template.facts</c>).</summary>
internal static class PackerFacts
{
    /// <summary>The name of a file's own body among <see cref="BlocksIn"/>.</summary>
    public const string File = ".";

    private static readonly Lazy<ILookup<string, string[]>> Lines = new(static () => EmbeddedPacks
        .Text(PackerDialect.DialectName, "template.facts").Split('\n').Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(' ')).ToLookup(static words => words[0] == "key" ? "key" : words[0] + " " + words[1]));

    /// <summary>The labels of each block that another one, or a file, may hold; empty where it holds none or whatever it likes.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> BlocksIn(string block) => Lines.Value["block " + block]
        .ToDictionary(static words => words[2], static words => (IReadOnlyList<string>)[.. words.Skip(3)], StringComparer.Ordinal);

    /// <summary>The arguments of a block, and whether they must be there; empty where it holds none or whatever it likes.</summary>
    public static IReadOnlyDictionary<string, bool> ArgumentsOf(string block) => Lines.Value["attribute " + block]
        .ToDictionary(static words => words[2].TrimEnd('!'), static words => words[2].EndsWith('!'), StringComparer.Ordinal);

    /// <summary>The keys at the root of a template in JSON, with <c>list</c>, <c>map</c> or <c>text</c>.</summary>
    public static IReadOnlyDictionary<string, string> Keys => Lines.Value["key"]
        .ToDictionary(static words => words[1], static words => words[2], StringComparer.Ordinal);
}
