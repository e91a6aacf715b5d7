using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Makes the packs of Docker Compose from a clone of compose-go, the library that Compose reads projects with: the schema of the
/// Compose specification without its words, and the structures whose JSON is hashed to tell whether a container is up to date.</summary>
internal static partial class ComposePacks
{
    // Compose's releases, and the compose-go that the last patch of each is built with: its go.mod, and for 2.26 what Debian 13 builds it
    // with (Built-Using), for that is where it still runs.
    private static readonly (string Compose, string Tag)[] Releases =
    [
        ("2.26", "v2.4.8"), ("2.29", "v2.2.0"), ("2.30", "v2.4.4"), ("2.33", "v2.4.8"), ("2.36", "v2.6.4"), ("2.38", "v2.7.1"),
        ("2.40", "v2.9.1"),
    ];

    private static readonly string[] Words = ["description", "title", "$schema", "$id", "id", "default", "deprecated"];

    /// <summary>Writes all packs.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="clone">The clone of compose-go.</param>
    /// <exception cref="IOException">git is missing, or the clone lacks a tag.</exception>
    public static void Write(string folder, string clone)
    {
        Directory.CreateDirectory(folder);
        var source = new SchemaClone(clone);
        foreach (var (compose, tag) in Releases)
        {
            var pack = new StringBuilder();
            pack.Append(CultureInfo.InvariantCulture, $"@source github.com/compose-spec/compose-go {tag} (Apache-2.0)\n");
            pack.Append("@schema ").Append(source.SchemaOf(tag, "schema/compose-spec.json", Words)).Append('\n');
            foreach (var file in source.Git("ls-tree", "--name-only", tag, "types/").Split('\n'))
            {
                if (file.EndsWith(".go", StringComparison.Ordinal) && !file.EndsWith("_test.go", StringComparison.Ordinal)
                    && !file.EndsWith(".gen.go", StringComparison.Ordinal))
                    AppendStructures(pack, source.Git("show", $"{tag}:{file}"));
            }

            File.WriteAllText(Path.Combine(folder, compose + ".pack"), pack.ToString());
        }
    }

    private static void AppendStructures(StringBuilder pack, string source)
    {
        string? structure = null;
        foreach (var line in source.Split('\n'))
        {
            if (Structure().Match(line) is { Success: true } start)
            {
                structure = start.Groups[1].Value;
                pack.Append(CultureInfo.InvariantCulture, $"[{structure}]\n");
            }
            else if (structure is null && Alias().Match(line) is { Success: true } alias)
            {
                pack.Append(CultureInfo.InvariantCulture, $"[{alias.Groups[1].Value}]={alias.Groups[2].Value}\n");
            }
            else if (line.StartsWith('}'))
            {
                structure = null;
            }
            else if (structure is not null && Field().Match(line) is { Success: true } field)
            {
                var json = Tag().Match(field.Groups[3].Value);
                var parts = json.Success ? json.Groups[1].Value.Split(',') : [field.Groups[1].Value];
                if (parts[0] == "-")
                    continue;
                var empty = parts.Contains("omitempty") ? " omitempty" : "";
                pack.Append(CultureInfo.InvariantCulture, $"{parts[0]} {field.Groups[2].Value}{empty}\n");
            }
        }
    }

    [GeneratedRegex(@"^type (\w+) struct \{")]
    private static partial Regex Structure();

    [GeneratedRegex(@"^type (\w+) ([A-Z]\w+)$")]
    private static partial Regex Alias();

    [GeneratedRegex(@"^\t([A-Z]\w*)\s+(\S+)\s*(?:`([^`]*)`)?")]
    private static partial Regex Field();

    [GeneratedRegex("json:\"([^\"]*)\"")]
    private static partial Regex Tag();
}
