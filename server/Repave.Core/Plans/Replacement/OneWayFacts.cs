using System.Globalization;
using System.Text;
using Repave.Core.Shapes;

namespace Repave.Core.Plans.Replacement;

/// <summary>What of cloud resources goes one way only: <c>schemas/replacement/one-way.facts</c>, whose head explains its form and where
/// each line comes from.</summary>
internal sealed class OneWayFacts
{
    private const string Data = "data";
    private const string Content = "content";

    private readonly Dictionary<string, List<(string Kind, string Path)>> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _holders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contents = new(StringComparer.Ordinal);

    private OneWayFacts(string text, int typeAt)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[])[' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 5 || words[0][0] == '#')
                continue;
            var (type, path) = (words[typeAt], words[typeAt + 1]);
            if (type == "-")
                continue;
            if (words[0] is Data or Content)
                (words[0] == Data ? _holders : _contents).Add(type);
            else if (path != "-" && !_properties.TryGetValue(type, out var known))
                _properties[type] = [(words[0], path)];
            else if (path != "-" && !_properties[type].Contains((words[0], path)))
                _properties[type].Add((words[0], path));
        }
    }

    /// <summary>Those of CloudFormation's types.</summary>
    public static OneWayFacts CloudFormation { get; } = new(EmbeddedPacks.Text("replacement", "one-way.facts"), 1);

    /// <summary>Those of Terraform's.</summary>
    public static OneWayFacts Terraform { get; } = new(EmbeddedPacks.Text("replacement", "one-way.facts"), 3);

    /// <summary>Whether what a resource of a type holds is lost with it.</summary>
    public bool HoldsData(string type) => _holders.Contains(type);

    /// <summary>Whether that is so, though it can be put there again from elsewhere.</summary>
    public bool HoldsContent(string type) => _holders.Contains(type) || _contents.Contains(type);

    /// <summary>Whether a property of a type can be raised and not lowered.</summary>
    public bool Grows(string type, string property) =>
        _properties.TryGetValue(type, out var rows) && rows.Contains(("grow", property));

    /// <summary>Makes a way back as bad as what is known of the changed properties.</summary>
    /// <param name="pair">The change and its way back.</param>
    /// <param name="type">The resource's type.</param>
    /// <param name="pathOf">The property that a reason speaks of.</param>
    public void Judge(ReturnPair pair, string type, Func<Reason, string> pathOf)
    {
        if (!_properties.TryGetValue(type, out var rows))
            return;
        foreach (var reason in pair.Forward.Reasons)
        {
            var path = WithoutPlaces(pathOf(reason));
            foreach (var (kind, property) in rows)
            {
                if (path == property)
                    Judge(pair, kind, property, Plain(reason.From), Plain(reason.To), pair.Reverse?.Action == PlanAction.Replace);
            }
        }
    }

    private static void Judge(ReturnPair pair, string kind, string property, string? from, string? to, bool isReplaced)
    {
        var name = property.Substring(property.LastIndexOf('.') + 1);
        switch (kind)
        {
            case "upgrade" when !isReplaced && IsUpgrade(from, to):
                pair.Way.Worsen(BackHow.Never,
                    $"Version {to} cannot be taken back to {from}: only a new one made from a backup of before has it.");
                break;
            case "grow" when !isReplaced && Number(from) is { } small && Number(to) is { } big && small < big:
                pair.Way.Worsen(BackHow.Never, $"{name} can only grow: {to} does not become {from} again.");
                break;
            case "switch" when !isReplaced && to is not (null or "false"):
                pair.Way.Worsen(BackHow.Never, $"{name} cannot be taken back once it is set.");
                break;
            case "retain" when Kept(name, from) is { } longer && Kept(name, to) is { } shorter && shorter < longer:
                pair.Way.Worsen(BackHow.Loss,
                    $"The setting goes back; what was deleted because it is older than {name} {to} does not.");
                break;
        }
    }

    // Days of a log group that are not said, or are none, are all days there are.
    private static double? Kept(string name, string? text) =>
        name.EndsWith("days", StringComparison.OrdinalIgnoreCase) && text is (null or "0" or "null") ? double.MaxValue : Number(text);

    private static string WithoutPlaces(string path)
    {
        if (path.IndexOf('[') < 0)
            return path;
        var plain = new StringBuilder(path.Length);
        var depth = 0;
        foreach (var c in path)
        {
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth == 0 && c != ']')
                plain.Append(c);
        }

        return plain.ToString();
    }

    private static string? Plain(string? json) => json?.Trim('"');

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Numbers of a version one by one, whatever stands before them: OpenSearch_2.11, 8.0.mysql_aurora.3.05.2.
    private static bool IsUpgrade(string? from, string? to)
    {
        if (from is null || to is null)
            return false;
        var (olds, news) = (NumbersOf(from), NumbersOf(to));
        for (var i = 0; i < Math.Min(olds.Count, news.Count); i++)
        {
            if (olds[i] != news[i])
                return news[i] > olds[i];
        }

        return news.Count > olds.Count;
    }

    private static List<long> NumbersOf(string version)
    {
        const int most = 12;
        var (numbers, number) = (new List<long>(), -1L);
        foreach (var c in version)
        {
            if (c is >= '0' and <= '9')
            {
                number = Math.Min(long.MaxValue / 100, (Math.Max(0, number) * 10) + (c - '0'));
            }
            else if (number >= 0)
            {
                numbers.Add(number);
                number = -1;
            }

            if (numbers.Count > most)
                break;
        }

        if (number >= 0)
            numbers.Add(number);
        return numbers;
    }
}
