using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>By which properties a platform tells the things of a resource type apart, so that there are never two of the same
/// (<c>schemas/cloudformation/identities.facts</c>).</summary>
internal static class PhysicalIdentities
{
    private static readonly Lazy<Dictionary<string, List<string[]>>> Facts = new(Read);

    /// <summary>The groups of properties that name a thing of a type.</summary>
    public static IEnumerable<string[]> Of(string type)
    {
        if (Facts.Value.TryGetValue(type, out var known))
            return known;
        return CloudFormationSchemas.Instance.PropertiesOf(type)?.Fields?.All.Where(f => f.IsPhysicalName).Select(f => (string[])[f.Name])
            ?? [];
    }

    /// <summary>What the properties say of a resource; null where one that has to be there is not, or is not known.</summary>
    public static string? ValueOf(string[] names, MapNode? properties, TemplateValues values)
    {
        var text = new List<string>();
        foreach (var name in names)
        {
            var isOptional = name[name.Length - 1] == '?';
            var value = properties?.Find(isOptional ? name.Substring(0, name.Length - 1) : name)?.Value;
            var said = value is null ? null : values.Reduce(value) is (null, null) ? null : values.Text(value);
            if (string.IsNullOrEmpty(said) && !isOptional)
                return null;
            text.Add(said ?? "");
        }

        return string.Join("\n", text);
    }

    private static Dictionary<string, List<string[]>> Read()
    {
        var facts = new Dictionary<string, List<string[]>>(StringComparer.Ordinal);
        foreach (var line in EmbeddedPacks.Text(CloudFormationDialect.DialectName, "identities.facts").Split('\n'))
        {
            var words = line.Split(' ');
            if (words.Length != 2 || line[0] == '#')
                continue;
            if (!facts.TryGetValue(words[0], out var known))
                facts[words[0]] = known = [];
            known.Add(words[1].TrimEnd('\r').Split(','));
        }

        return facts;
    }
}
