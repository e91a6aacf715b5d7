using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What changing each field of the built-in kinds does: schemas/kubernetes/updates.facts.</summary>
internal static class UpdateTable
{
    private static readonly Lazy<string> Text = new(() => EmbeddedPacks.Text(KubernetesDialect.DialectName, "updates.facts"));
    private static readonly Lazy<Dictionary<string, List<UpdateRow>>> Rows = new(() => Read(Text.Value));
    private static readonly Lazy<ILookup<string, (string[] Path, Version Release)>> Signs = new(() => ReadSigns(Text.Value));

    /// <summary>The types that the table knows (<c>Deployment.apps</c>).</summary>
    public static IEnumerable<string> Types => Rows.Value.Keys;

    /// <summary>The rows of a type, those of the longest paths first; null if the table does not know it.</summary>
    public static IReadOnlyList<UpdateRow>? Of(string type) => Rows.Value.TryGetValue(type, out var rows) ? rows : null;

    /// <summary>The newest release that a live object's server can be of, going by fields that it lacks; null if it lacks none.</summary>
    public static Version? NewestReleaseOf(string type, MapNode live)
    {
        var missing = Signs.Value[type].Where(sign => live.At(sign.Path) is null).Select(sign => sign.Release).ToList();
        return missing.Count == 0 ? null : new Version(missing.Min()!.Major, missing.Min()!.Minor - 1);
    }

    private static ILookup<string, (string[] Path, Version Release)> ReadSigns(string text) =>
        text.Split('\n').Where(line => line.StartsWith("@since ", StringComparison.Ordinal)).Select(line => line.Split(' '))
            .ToLookup(parts => parts[1], parts => (parts[2].Split('.'), Version.Parse(parts[3])));

    /// <exception cref="FormatException">The text is no table of updates.</exception>
    internal static Dictionary<string, List<UpdateRow>> Read(string text)
    {
        var types = new Dictionary<string, List<UpdateRow>>(StringComparer.Ordinal);
        List<UpdateRow>? rows = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length == 0 || line[0] is '#' or '@')
                continue;
            if (line[0] == '[')
                types[line.Substring(1, line.Length - 2)] = rows = [];
            else
                (rows ?? throw new FormatException($"A row stands before the first type: '{line}'.")).Add(RowOf(line));
        }

        foreach (var type in types.Keys.ToList())
            types[type] = [.. types[type].OrderByDescending(r => r.Path.Count)];
        return types;
    }

    private static UpdateRow RowOf(string line)
    {
        var dash = line.IndexOf(" -- ", StringComparison.Ordinal);
        var parts = (dash < 0 ? line : line.Substring(0, dash)).Split(' ');
        if (parts.Length < 2 || PlanNames.EffectOf(parts[1].TrimEnd('?')) is not { } effect)
            throw new FormatException($"Not a row of updates: '{line}'.");
        Version? since = null, until = null;
        string? condition = null, decision = null;
        foreach (var part in parts.Skip(2))
        {
            var equals = part.IndexOf('=');
            var value = part.Substring(equals + 1);
            switch (equals < 0 ? part : part.Substring(0, equals))
            {
                case "since":
                    since = Version.Parse(value);
                    break;
                case "until":
                    until = Version.Parse(value);
                    break;
                case "if":
                    condition = value;
                    break;
                case "by":
                    decision = value;
                    break;
                default:
                    throw new FormatException($"'{part}' means nothing in '{line}'.");
            }
        }

        return new UpdateRow(StepsOf(parts[0]), effect, parts[1].EndsWith('?') ? Certainty.Conditional : Certainty.Certain, since, until,
            condition, decision, dash < 0 ? "" : line.Substring(dash + 4));
    }

    private static List<string> StepsOf(string path)
    {
        var steps = new List<string>();
        if (path == ".")
            return steps;
        foreach (var part in path.Split('.'))
        {
            var isList = part.EndsWith("[]", StringComparison.Ordinal);
            steps.Add(isList ? part.Substring(0, part.Length - 2) : part);
            if (isList)
                steps.Add("[]");
        }

        return steps;
    }
}
