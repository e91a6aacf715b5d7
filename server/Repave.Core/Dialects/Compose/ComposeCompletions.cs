using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>What fits where a cursor stands in a Compose file: fields, allowed values, and the names of the project's resources.</summary>
internal static class ComposeCompletions
{
    private static readonly string[] Sections = ["services", "networks", "volumes", "secrets", "configs"];

    // Fields of a service whose items, keys or values are names of a section.
    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["depends_on"] = "services",
        ["networks"] = "networks",
        ["secrets"] = "secrets",
        ["configs"] = "configs",
        ["volumes"] = "volumes",
        ["links"] = "services",
        ["volumes_from"] = "services",
    };

    // What Compose's loader and documentation take there, where the specification's schema says no more than that it is a text.
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["restart"] = ["always", "no", "on-failure", "unless-stopped"],
        ["network_mode"] = ["bridge", "host", "none"],
        ["pull_policy"] = ["always", "build", "missing", "never"],
    };

    private static readonly Dictionary<ComposePack, Shape> Shapes = [];

    /// <summary>Whether a document is a Compose file, going by its name and lines.</summary>
    public static bool Owns(Cursor cursor, string path) => ComposeNames.IsNamed(path) || cursor.Siblings.ContainsKey("services")
        || (cursor.Path.Count > 0 && Sections.Contains(cursor.Path[0]));

    /// <summary>What fits there.</summary>
    public static CursorPlace Locate(Cursor cursor, ComposePack pack)
    {
        Shape root;
        lock (Shapes)
        {
            if (!Shapes.TryGetValue(pack, out var known))
                Shapes[pack] = known = pack.Schema.ToShape();
            root = known;
        }

        var holder = ShapeChoices.At(root, cursor.Path);
        var path = cursor.Path.Where(s => !s.StartsWith("!", StringComparison.Ordinal)).ToList();
        // The rest of a list pattern is a range, which netstandard2.0 lacks.
        var rest = path.Skip(3).ToList();
        return path switch
        {
            ["services", var service, var field, ..] when Named.TryGetValue(field, out var section) =>
                InNames(cursor, holder, service, section, rest),
            ["services", var service] when cursor.Key is { } key && Words.TryGetValue(key, out var words) => new CursorPlace(holder,
                key == "network_mode" ? [.. words, .. NamesOf(cursor, "services", service).Select(s => "service:" + s)] : words)
            {
                IsWhole = key == "restart",
            },
            ["services", var service] when cursor.Key is { } key && Named.TryGetValue(key, out var section) =>
                new CursorPlace(null, NamesOf(cursor, section, service)),
            ["services", var service, "extends"] when cursor.Key == "service" && !cursor.Siblings.ContainsKey("file") =>
                new CursorPlace(holder, NamesOf(cursor, "services", service)),
            ["services", var service, "profiles", "[]"] => new CursorPlace(holder,
                [.. cursor.Outline.Where(e => e.Key is null && e.Path is ["services", _, "profiles"]).Select(e => e.Value).Distinct()
                    .Except(cursor.Items)]),
            _ => new CursorPlace(holder, []),
        };
    }

    private static CursorPlace InNames(Cursor cursor, Shape? holder, string service, string section, List<string> rest)
    {
        var names = NamesOf(cursor, section, service);
        if (rest is ["[]"] && cursor.IsItem)
            return new CursorPlace(holder, names);
        if (rest is ["[]"] && cursor.Key == "source")
            return new CursorPlace(holder, cursor.Siblings.TryGetValue("type", out var type) && type is not "volume" and not "" ? [] : names);
        // The names are the keys: of these the shape knows no more than what is below them.
        if (rest.Count == 0 && cursor.Key is null)
            return new CursorPlace(null, []) { Keys = [.. names.Select(n => new ShapeField(n, holder?.Additional ?? Shape.Anything))] };
        return new CursorPlace(holder, []);
    }

    private static string[] NamesOf(Cursor cursor, string section, string service) =>
        [.. cursor.FieldsAt(section).Select(f => f.Key).Where(n => section != "services" || n != service).Distinct()
            .OrderBy(n => n, StringComparer.Ordinal)];
}
