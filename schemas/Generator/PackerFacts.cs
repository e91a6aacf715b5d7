using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Reads what Packer's templates consist of from clones of it and of its SDK: the schemas of blocks (HCL) and the root of templates
/// in JSON.</summary>
internal static partial class PackerFacts
{
    // The variables that hold the schemas, and the blocks that these are the bodies of; a point is the file itself.
    private static readonly (string Schema, string Block)[] Bodies =
    [
        ("configSchema", "."), ("packerBlockSchema", "packer"), ("buildSchema", "build"), ("postProcessorsSchema", "post-processors"),
        ("variableBlockSchema", "variable"), ("localBlockSchema", "local"), ("variableValidationBlockSchema", "validation"),
    ];

    /// <summary>Writes the facts.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="packer">The clone of Packer.</param>
    /// <param name="sdk">The clone of packer-plugin-sdk.</param>
    /// <exception cref="IOException">git is missing, or a clone lacks a file.</exception>
    /// <exception cref="InvalidDataException">A schema is not found where it was.</exception>
    public static void Write(string folder, string packer, string sdk)
    {
        var (core, kit) = (new SchemaClone(packer), new SchemaClone(sdk));
        var (tag, kitTag) = (Newest(core), Newest(kit));
        var text = new StringBuilder($"# What Packer's templates consist of. Made by schemas/Generator from github.com/hashicorp/packer {tag} and "
            + $"packer-plugin-sdk {kitTag}; do not edit.\n# block|attribute <block that holds it, a point for the file> <name>[!] <labels>…\n"
            + "# key <name> <type> of a template in JSON\n");
        var source = string.Join('\n', core.Git("ls-tree", "--name-only", tag, "hcl2template/").Split('\n')
            .Where(file => file.EndsWith(".go", StringComparison.Ordinal) && !file.EndsWith("_test.go", StringComparison.Ordinal))
            .Select(file => core.Git("show", $"{tag}:{file}")));
        var names = Constant().Matches(source).GroupBy(match => match.Groups[1].Value)
            .ToDictionary(group => group.Key, group => group.First().Groups[2].Value);
        foreach (var (schema, block) in Bodies)
            AppendBody(text, Between(source, $"var {schema} = &hcl.BodySchema{{", "\n}\n"), block, names);
        foreach (Match match in Decoded().Matches(Between(source, "decodeBuildConfig(block *hcl.Block", "\n}\n")))
            text.Append(CultureInfo.InvariantCulture, $"attribute build {match.Groups[1].Value}\n");
        var root = new GoStructures(kit.Git("show", $"{kitTag}:template/parse.go"), "json").Structures["rawTemplate"];
        foreach (var field in root.Where(field => field.Name is not ("-" or "comments")))
            text.Append(CultureInfo.InvariantCulture, $"key {(field.Name.Length > 0 ? field.Name : "description")} {KindOf(field.Type)}\n");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "template.facts"), text.ToString());
    }

    private static string Newest(SchemaClone clone) => clone.Git("tag", "--sort=v:refname").Split('\n')
        .Last(tag => tag.StartsWith('v') && !tag.Contains('-'));

    private static void AppendBody(StringBuilder text, string schema, string block, Dictionary<string, string> names)
    {
        foreach (Match entry in Entry().Matches(schema))
        {
            var (kind, value) = (entry.Groups[1].Value, entry.Groups[2].Value);
            var name = value.StartsWith('"') ? value.Trim('"') : names[value];
            var demand = entry.Value.Contains("Required: true", StringComparison.Ordinal) ? "!" : "";
            var labels = string.Concat(Quoted().Matches(entry.Groups[3].Value).Select(label => " " + label.Groups[1].Value));
            text.Append(CultureInfo.InvariantCulture, $"{(kind == "Type" ? "block" : "attribute")} {block} {name}{demand}{labels}\n");
        }
    }

    private static string Between(string source, string start, string end)
    {
        var at = source.IndexOf(start, StringComparison.Ordinal);
        var to = at < 0 ? -1 : source.IndexOf(end, at, StringComparison.Ordinal);
        return to < 0 ? throw new InvalidDataException($"Packer's source has no '{start}'.") : source[at..to];
    }

    private static string KindOf(string type) => type.StartsWith("[]", StringComparison.Ordinal) ? "list"
        : type.StartsWith("map", StringComparison.Ordinal) || type == "interface{}" ? "map" : "text";

    [GeneratedRegex("(?m)^\\s*(\\w+)\\s+= \"([^\"]+)\"$")]
    private static partial Regex Constant();

    [GeneratedRegex("\\{\\s*(Type|Name):\\s*(\"[^\"]+\"|\\w+),?(?:\\s*LabelNames: \\[\\]string\\{([^}]*)\\})?(?:\\s*Required: true,?)?\\s*\\}")]
    private static partial Regex Entry();

    [GeneratedRegex("hcl:\"(\\w+),optional\"")]
    private static partial Regex Decoded();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
