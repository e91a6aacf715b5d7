using System.Text;
using System.Text.Json;

namespace Repave.Schemas.Generator;

/// <summary>Writes by which properties CloudFormation's resource types tell their things apart: the registry's identifiers where authors
/// choose them, and what is written down in <c>facts/identities.txt</c> where the service gives an identifier of its own.</summary>
internal static class CloudFormationIdentities
{
    private const string Prefix = "/properties/";

    private const string Head = """
        # By which properties a platform tells the things of a resource type apart: a second one of the same is refused while the first
        # is there.
        # A line is a type and its properties; one that may be absent has a question mark. Types that are not here go by their
        # physical name.

        """;

    /// <summary>Writes the file.</summary>
    /// <param name="folder">The packs' folder.</param>
    /// <param name="registry">The registry's schemas.</param>
    public static void Write(string folder, RegistrySchemas registry)
    {
        var written = File.ReadAllLines(Path.Combine(RepositoryFolders.Facts(), "identities.txt"))
            .Where(l => l.Length > 0 && l[0] != '#').ToList();
        var known = written.Select(l => l.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        var found = registry.Types.Where(t => !known.Contains(t)).SelectMany(t => Of(t, registry.SchemaOf(t)!.Value));
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        text.Append($"# Identifiers of the registry (cfn-lint {registry.Version}) that authors choose, and "
            + "schemas/Generator/facts/identities.txt; made by schemas/Generator.\n");
        foreach (var line in written.Concat(found).Order(StringComparer.Ordinal))
            text.Append(line).Append('\n');
        File.WriteAllText(Path.Combine(folder, "identities.facts"), text.ToString());
    }

    private static IEnumerable<string> Of(string type, JsonElement schema)
    {
        HashSet<string> SetOf(string name) => schema.TryGetProperty(name, out var list)
            ? list.EnumerateArray().Select(p => p.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        var (readOnly, createOnly, required) = (SetOf("readOnlyProperties"), SetOf("createOnlyProperties"), SetOf("required"));
        // Modules have none.
        if (!schema.TryGetProperty("properties", out var properties))
            yield break;
        var identifiers = new List<List<string>>();
        if (schema.TryGetProperty("primaryIdentifier", out var primary))
            identifiers.Add([.. primary.EnumerateArray().Select(p => p.GetString()!)]);
        if (schema.TryGetProperty("additionalIdentifiers", out var others))
            identifiers.AddRange(others.EnumerateArray().Select(o => o.EnumerateArray().Select(p => p.GetString()!).ToList()));
        foreach (var identifier in identifiers)
        {
            var names = identifier.Select(p => p[Prefix.Length..]).ToList();
            if (names.Count == 0 || names.Exists(n => n.Contains('/') || !properties.TryGetProperty(n, out _))
                || identifier.Exists(p => readOnly.Contains(p) || !createOnly.Contains(p))
                || (names.Count > 1 && !names.Exists(required.Contains)))
                continue;
            yield return $"{type} {string.Join(',', names.Select(n => names.Count == 1 || required.Contains(n) ? n : n + "?"))}";
        }
    }
}
