using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Makes the packs of Ignition and Butane from clones of them: the structures that each version decodes, and the values that it
/// takes where its source lists them.</summary>
internal static partial class IgnitionPacks
{
    private const string Module = "github.com/coreos/butane/";

    // Values that a version's checks list, in the first switch of a function.
    private static readonly (string Structure, string Field, string File, string Function)[] Lists =
    [
        ("Filesystem", "format", "filesystem.go", "validateFormat"),
        ("Raid", "level", "raid.go", "validateLevel"),
        ("Resource", "compression", "resource.go", "validateCompression"),
        ("CaReference", "compression", "resource.go", "validateCompression"),
        ("ConfigReference", "compression", "resource.go", "validateCompression"),
        ("FileContents", "compression", "resource.go", "validateCompression"),
        ("ClevisCustom", "pin", "clevis.go", "Validate"),
        ("Custom", "pin", "custom.go", "Validate"),
    ];

    /// <summary>Writes both packs.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="ignition">The clone of Ignition.</param>
    /// <param name="butane">The clone of Butane.</param>
    /// <exception cref="IOException">git is missing, or a clone lacks a file.</exception>
    public static void Write(string folder, string ignition, string butane)
    {
        Directory.CreateDirectory(folder);
        var (one, other) = (new SchemaClone(ignition), new SchemaClone(butane));
        File.WriteAllText(Path.Combine(folder, "ignition.pack"), Ignition(one, Newest(one)));
        File.WriteAllText(Path.Combine(folder, "butane.pack"), Butane(other, Newest(other)));
    }

    private static string Newest(SchemaClone clone) => clone.Git("tag", "--sort=v:refname").Split('\n')
        .Last(tag => tag.StartsWith('v') && !tag.Contains('-'));

    private static string Ignition(SchemaClone clone, string tag)
    {
        var pack = new StringBuilder($"# The structures of Ignition's configs. Made by schemas/Generator from github.com/coreos/ignition {tag} "
            + "(Apache-2.0); do not edit.\n");
        foreach (var folder in Folders(clone, tag, "config/"))
        {
            var version = folder[1..].Replace('_', '.').Replace(".experimental", ".0-experimental");
            if (!version.Contains('-'))
                version += ".0";
            pack.Append(CultureInfo.InvariantCulture, $"@kind {version} ignition ignition cluster {version}/Config\n");
            var path = $"config/{folder}/types/";
            var source = new GoStructures(clone.Git("show", $"{tag}:{path}schema.go"), "json");
            var files = clone.Git("ls-tree", "--name-only", tag, path).Split('\n');
            var lists = Lists.Where(list => source.Structures.ContainsKey(list.Structure) && files.Contains(path + list.File))
                .ToDictionary(list => list.Structure + "." + list.Field, list => Listed(clone.Git("show", $"{tag}:{path}{list.File}"), list.Function));
            foreach (var name in source.Structures.Keys.Order(StringComparer.Ordinal))
            {
                pack.Append(CultureInfo.InvariantCulture, $"[{version}/{name}]\n");
                foreach (var field in AllFields(source, name))
                {
                    pack.Append(CultureInfo.InvariantCulture, $"{field.Name} {TypeOf(field.Type, source, version + "/")}");
                    if (lists.TryGetValue(name + "." + field.Name, out var values) && values.Count > 0)
                        pack.Append(CultureInfo.InvariantCulture, $" enum={string.Join(',', values)}");
                    pack.Append('\n');
                }
            }
        }

        return pack.ToString();
    }

    private static string Butane(SchemaClone clone, string tag)
    {
        var pack = new StringBuilder($"# The structures of Butane's configs. Made by schemas/Generator from github.com/coreos/butane {tag} "
            + "(Apache-2.0); do not edit.\n");
        var registered = Registration().Matches(clone.Git("show", $"{tag}:config/config.go"));
        var imports = new GoStructures(clone.Git("show", $"{tag}:config/config.go"), "yaml").Imports;
        var pending = new Queue<string>();
        foreach (Match match in registered)
        {
            if (!imports.TryGetValue(match.Groups[3].Value, out var package))
                continue;
            var folder = package[Module.Length..];
            var target = match.Groups[4].Value.Length > 0 ? "3." + match.Groups[4].Value : Target(clone, tag, folder);
            pack.Append(CultureInfo.InvariantCulture, $"@kind {match.Groups[2].Value} {match.Groups[1].Value} {target} cluster {folder}/Config\n");
            pending.Enqueue(folder);
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryDequeue(out var folder))
        {
            if (!done.Add(folder))
                continue;
            var source = new GoStructures(clone.Git("show", $"{tag}:{folder}/schema.go"), "yaml");
            foreach (var name in source.Structures.Keys.Order(StringComparer.Ordinal))
            {
                pack.Append(CultureInfo.InvariantCulture, $"[{folder}/{name}]\n");
                foreach (var (owner, field) in Inlined(clone, tag, folder, name))
                {
                    var own = new GoStructures(clone.Git("show", $"{tag}:{owner}/schema.go"), "yaml");
                    pack.Append(CultureInfo.InvariantCulture, $"{field.Name} {TypeOf(field.Type, own, owner + "/", "scalar")}\n");
                }
            }

            foreach (var package in source.Imports.Values.Where(package => package.StartsWith(Module, StringComparison.Ordinal)))
                pending.Enqueue(package[Module.Length..]);
        }

        return pack.ToString();
    }

    // OpenShift's versions name theirs in what they translate to.
    private static string Target(SchemaClone clone, string tag, string folder) =>
        "3." + TargetPackage().Match(clone.Git("show", $"{tag}:{folder}/translate.go")).Groups[1].Value;

    private static IEnumerable<GoField> AllFields(GoStructures source, string name) => source.Structures[name]
        .SelectMany(field => field.Name.Length > 0 ? [field] : AllFields(source, field.Type));

    private static IEnumerable<(string Folder, GoField Field)> Inlined(SchemaClone clone, string tag, string folder, string name)
    {
        var source = new GoStructures(clone.Git("show", $"{tag}:{folder}/schema.go"), "yaml");
        foreach (var field in source.Structures[name])
        {
            if (field.Name.Length > 0)
            {
                yield return (folder, field);
                continue;
            }

            var dot = field.Type.IndexOf('.', StringComparison.Ordinal);
            var from = dot < 0 ? folder : source.Imports[field.Type[..dot]][Module.Length..];
            foreach (var inner in Inlined(clone, tag, from, field.Type[(dot + 1)..]))
                yield return inner;
        }
    }

    private static string TypeOf(string type, GoStructures source, string prefix, string text = "string")
    {
        type = source.Plain(type.TrimStart('*'));
        if (type.StartsWith("[]", StringComparison.Ordinal))
            return "[]" + TypeOf(type[2..], source, prefix, text);
        if (type.StartsWith("map[string]", StringComparison.Ordinal))
            return "{}" + TypeOf(type["map[string]".Length..], source, prefix, text);
        var dot = type.IndexOf('.', StringComparison.Ordinal);
        return type switch
        {
            "string" => text,
            "bool" => "boolean",
            "int" => "int64",
            _ when dot > 0 => source.Imports[type[..dot]][Module.Length..] + "/" + type[(dot + 1)..],
            _ when source.Structures.ContainsKey(type) => prefix + type,
            _ => text,
        };
    }

    private static IEnumerable<string> Folders(SchemaClone clone, string tag, string path) =>
        clone.Git("ls-tree", "--name-only", tag, path).Split('\n').Select(line => line[(line.LastIndexOf('/') + 1)..])
            .Where(name => name.StartsWith("v3_", StringComparison.Ordinal));

    private static List<string> Listed(string source, string function)
    {
        var start = source.IndexOf($") {function}(", StringComparison.Ordinal);
        var end = start < 0 ? -1 : source.IndexOf("\n}", start, StringComparison.Ordinal);
        var from = start < 0 ? -1 : source.IndexOf("switch", start, StringComparison.Ordinal);
        if (from < 0 || from > end)
            return [];
        return [.. Case().Matches(source[from..end]).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("RegisterTranslator\\(\"([^\"]+)\", \"([^\"]+)\", (\\w+)\\.To(?:Ign3_(\\d+)|Config)Bytes\\)")]
    private static partial Regex Registration();

    [GeneratedRegex("ignition/v2/config/v3_(\\d+)\\w*/types")]
    private static partial Regex TargetPackage();

    [GeneratedRegex("case .*:")]
    private static partial Regex Case();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
