using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Compose;

/// <summary>What fits where a cursor stands in a Compose file: fields, allowed values, and the names of the project's resources.</summary>
internal static class ComposeCompletions
{
    private static readonly string[] Sections = ["services", "networks", "volumes", "secrets", "configs"];

    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["depends_on"] = "services",
        ["networks"] = "networks",
        ["secrets"] = "secrets",
        ["configs"] = "configs",
        ["extends"] = "services",
        ["service"] = "services",
        ["links"] = "services",
        ["volumes_from"] = "services",
    };

    private static readonly Dictionary<ComposePack, Shape> Shapes = [];

    /// <summary>Whether a document is a Compose file, going by its lines.</summary>
    public static bool Owns(Cursor cursor) => cursor.Siblings.Contains("services")
        || (cursor.Path.Count > 0 && Sections.Contains(cursor.Path[0]));

    /// <summary>What fits there.</summary>
    public static CursorPlace Locate(Cursor cursor, string text, ComposePack pack)
    {
        Shape root;
        lock (Shapes)
        {
            if (!Shapes.TryGetValue(pack, out var known))
                Shapes[pack] = known = pack.Schema.ToShape();
            root = known;
        }

        var names = cursor.Key is { } key && Named.TryGetValue(key, out var section) && cursor.Path.Count >= 2
            && cursor.Path[0] == "services"
            ? YamlLines.At(text, section).Select(line => line.Key).Where(name => section != "services" || name != cursor.Path[1]).ToArray()
            : [];
        return new CursorPlace(root.At(cursor.Path), names);
    }
}
