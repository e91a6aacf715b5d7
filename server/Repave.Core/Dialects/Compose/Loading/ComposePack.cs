using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What a release of Compose knows: the specification's schema, and its own structures.</summary>
internal sealed class ComposePack
{
    private static readonly Dictionary<string, ComposePack> Known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<StructureField>> _structures = new(StringComparer.Ordinal);

    private ComposePack(string text)
    {
        List<StructureField>? fields = null;
        Schema = new SpecSchema(null, []);
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("@source ", StringComparison.Ordinal))
                Library = Version.Parse(line.Split(' ')[2].TrimStart('v'));
            else if (line.StartsWith("@schema ", StringComparison.Ordinal))
                Schema = SpecSchema.Of(JsonLanguage.Instance.ParseDocument(line.Substring("@schema ".Length)).Root);
            else if (line.StartsWith('[') && line.IndexOf("]=", StringComparison.Ordinal) is var same and > 0)
                _structures[line.Substring(1, same - 1)] = _structures[line.Substring(same + 2)];
            else if (line.StartsWith('['))
                _structures[line.Substring(1, line.Length - 2)] = fields = [];
            else if (line.Split(' ') is { Length: > 1 } parts)
                fields?.Add(new StructureField(parts[0], parts[1], parts.Length > 2));
        }
    }

    /// <summary>The releases that there are packs of, in order.</summary>
    public static IReadOnlyList<string> Versions { get; } = EmbeddedPacks.Versions(ComposeDialect.DialectName);

    /// <summary>The version of compose-go that it was made from.</summary>
    public Version Library { get; } = new(0, 0);

    /// <summary>The schema of projects.</summary>
    public SpecSchema Schema { get; }

    /// <summary>The fields of a structure, in the order in which they are written; null if there is none of the name.</summary>
    public IReadOnlyList<StructureField>? Structure(string name) => _structures.TryGetValue(name, out var fields) ? fields : null;

    /// <summary>The pack of a version: that of the release itself, or of the last one before it.</summary>
    public static ComposePack Of(Version version)
    {
        var release = Versions.LastOrDefault(v => Version.Parse(v) is var known
            && (known.Major < version.Major || (known.Major == version.Major && known.Minor <= version.Minor))) ?? Versions[0];
        lock (Known)
        {
            if (!Known.TryGetValue(release, out var pack))
                Known[release] = pack = new ComposePack(EmbeddedPacks.Text(ComposeDialect.DialectName, release + ".pack"));
            return pack;
        }
    }
}
