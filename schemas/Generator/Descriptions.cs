using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Writes what the published models say of their fields, for hovers. The texts are the models' own, under their licence, which is
/// written beside them; they are made when the tool and the extension are packed, and never committed.</summary>
internal static partial class Descriptions
{
    /// <summary>Writes <c>kubernetes.descriptions.gz</c> and its licence into a folder: <c>[type]</c> lines, and a field and its text on a
    /// line each, between a tab.</summary>
    public static void Write(string folder, (string Kubernetes, string ClientNode) release)
    {
        Directory.CreateDirectory(folder);
        var package = NpmPackage.Fetch("@kubernetes/client-node", release.ClientNode);
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(Path.Combine(package, "dist", "gen", "models"), "*.d.ts").Order(StringComparer.Ordinal))
        {
            var source = File.ReadAllText(file);
            var fields = FieldPattern().Matches(source).Select(m => (Name: m.Groups["name"].Value, Text: Plain(m.Groups["text"].Value)))
                .Where(f => f.Text.Length > 0).ToList();
            if (fields.Count == 0)
                continue;
            text.Append($"[{Path.GetFileName(file)[..^5]}]\n");
            foreach (var (name, description) in fields)
                text.Append($"{name}\t{description}\n");
        }

        var target = Path.Combine(folder, "kubernetes.descriptions.gz");
        using (var output = new GZipStream(File.Create(target), CompressionLevel.SmallestSize))
            output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        File.Copy(Path.Combine(package, "LICENSE"), Path.Combine(folder, "kubernetes.LICENSE"), overwrite: true);
        Console.WriteLine($"{target}: {new FileInfo(target).Length / 1024} KiB");
    }

    // Comments of several lines are one text; the stars before the lines are no part of it.
    private static string Plain(string comment) => SpacePattern().Replace(comment.Replace("*", "", StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex(@"/\*\*(?<text>(?:(?!\*/).)*)\*/\s*'(?<name>[^']+)'\??:", RegexOptions.Singleline)]
    private static partial Regex FieldPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}
