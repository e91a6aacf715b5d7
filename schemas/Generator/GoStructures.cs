using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>A field of a structure that Go decodes.</summary>
/// <param name="Name">Its name in files; empty where the structure's fields stand among those around it.</param>
/// <param name="Type">Its type, as Go writes it, without the star of a pointer.</param>
internal sealed record GoField(string Name, string Type);

/// <summary>The structures that a Go source declares, with the names that a decoder knows their fields by.</summary>
internal sealed partial class GoStructures
{
    private readonly Dictionary<string, List<GoField>> _structures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _imports = new(StringComparer.Ordinal);

    /// <param name="source">The source, as gofmt writes it.</param>
    /// <param name="tag">The key of the tags that name fields: <c>json</c> or <c>yaml</c>.</param>
    public GoStructures(string source, string tag)
    {
        var named = new Regex($"{tag}:\"([^\"]*)\"");
        List<GoField>? open = null;
        foreach (var line in source.Split('\n'))
        {
            if (Structure().Match(line) is { Success: true } structure)
                _structures[structure.Groups[1].Value] = open = [];
            else if (Alias().Match(line) is { Success: true } alias)
                _aliases[alias.Groups[1].Value] = alias.Groups[2].Value;
            else if (Import().Match(line) is { Success: true } import)
                _imports[import.Groups[1].Value] = import.Groups[2].Value;
            else if (line.StartsWith('}'))
                open = null;
            else if (open is not null && Field().Match(line) is { Success: true } field)
                open.Add(FieldOf(field, named));
        }
    }

    /// <summary>The structures, by name.</summary>
    public IReadOnlyDictionary<string, List<GoField>> Structures => _structures;

    /// <summary>The packages that it imports under names of its own.</summary>
    public IReadOnlyDictionary<string, string> Imports => _imports;

    /// <summary>What a name stands for, where it is another name for a type; or else itself.</summary>
    public string Plain(string type) => _aliases.TryGetValue(type, out var plain) ? Plain(plain) : type;

    private static GoField FieldOf(Match field, Regex named)
    {
        var type = (field.Groups[2].Success ? field.Groups[2] : field.Groups[1]).Value.TrimStart('*');
        var tag = named.Match(field.Groups[3].Value);
        return new GoField(tag.Success ? tag.Groups[1].Value.Split(',')[0] : field.Groups[2].Success ? field.Groups[1].Value : "", type);
    }

    [GeneratedRegex(@"^type (\w+) struct \{")]
    private static partial Regex Structure();

    [GeneratedRegex(@"^type (\w+) ([\w\[\]]+)$")]
    private static partial Regex Alias();

    [GeneratedRegex("^\\s+(\\w+) \"([^\"]+)\"$")]
    private static partial Regex Import();

    [GeneratedRegex(@"^\t([\w.]+)(?:\s+([^\s`/]+))?\s*(?:`([^`]*)`)?")]
    private static partial Regex Field();
}
