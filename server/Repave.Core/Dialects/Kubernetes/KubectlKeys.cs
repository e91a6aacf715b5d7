using System.Globalization;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Keys as kubectl reads them: as YAML 1.1 reads values, and then made into texts. <c>on</c> and <c>y</c> become <c>true</c>,
/// <c>0777</c> becomes <c>511</c>, and of two keys that become one the later value stays.</summary>
internal static class KubectlKeys
{
    private const int MaxDepth = 100;

    /// <summary>The name that kubectl gives a key; null if it refuses it.</summary>
    public static string? NameOf(Node key)
    {
        if (key.Resolved is not ScalarNode scalar)
            return null;
        return scalar.Reading is not YamlScalarReading ? scalar.Value : scalar.Kind switch
        {
            ScalarKind.Boolean => scalar.IsTrue ? "true" : "false",
            ScalarKind.Integer => scalar.Integer?.ToString(CultureInfo.InvariantCulture),
            ScalarKind.Float => scalar.Number is { } number ? FloatOf((float)number) : null,
            ScalarKind.Null => null,
            _ => scalar.Value,
        };
    }

    /// <summary>Reports the keys that become others, that are lost, or that are refused.</summary>
    public static void Check(KubernetesResource resource, FindingSink sink)
    {
        if (resource.Slot.Document.Language is YamlLanguage)
            Check(resource, resource.Root, sink, 0);
    }

    /// <summary>The tree with the keys as kubectl reads them; the same tree where nothing is different.</summary>
    public static MapNode Normal(MapNode root) => IsNormal(root, 0) ? root : (MapNode)Normal(root, 0);

    private static void Check(KubernetesResource resource, Node node, FindingSink sink, int depth)
    {
        if (depth > MaxDepth)
            return;
        if (node is ListNode list)
        {
            // What an alias stands for is looked at where it stands.
            foreach (var item in list.Items)
                Check(resource, item, sink, depth + 1);
        }

        if (node is not MapNode map)
            return;
        HashSet<string>? odd = null;
        foreach (var entry in map.Entries)
        {
            if (entry.Key is ScalarNode key && YamlMergeKeys.Is(key))
            {
                Check(resource, entry.Value, sink, depth + 1);
                continue;
            }

            var name = NameOf(entry.Key);
            if (name is null)
                sink.Add(WrongType.Instance, resource, entry.Key, entry.Key.Resolved is ScalarNode { IsNull: true }
                    ? "kubectl refuses a key that is null."
                    : "kubectl refuses a key that is not plain text, number or truth value.");
            else if (entry.Key is ScalarNode written && name != written.Value)
                Report(resource, map, written, name, odd ??= new HashSet<string>(StringComparer.Ordinal), sink);
            Check(resource, entry.Value, sink, depth + 1);
        }
    }

    private static void Report(
        KubernetesResource resource, MapNode map, ScalarNode written, string name, HashSet<string> odd, FindingSink sink)
    {
        // Written both ways, or oddly twice.
        if (!odd.Add(name)
            || map.Entries.Any(e => e.Key is ScalarNode other && other != written && other.Value == name && NameOf(other) == name))
        {
            sink.Add(DuplicateKey.Instance, resource, written,
                $"kubectl reads the key '{written.Value}' as '{name}', which is set in this mapping too: only one of the values stays.");
            return;
        }

        var document = resource.Slot.Document;
        var read = written.Kind == ScalarKind.Boolean ? $"the boolean {name}" : $"the number {name}";
        sink.Add(
            WrongType.Instance,
            resource,
            written,
            $"kubectl reads the key '{written.Value}' as {read}, so it is stored as '{name}'. Put it in quotes.",
            sink.FixHere("Put in quotes", document.Edits?.AddQuotes(document, written)));
    }

    private static bool IsNormal(Node node, int depth) => depth > MaxDepth || node switch
    {
        MapNode map => map.Entries
            .All(e => (e.Name is not { } name || NameOf(e.Key) == name || NameOf(e.Key) is null) && IsNormal(e.Value, depth + 1)),
        ListNode list => list.Items.All(i => IsNormal(i, depth + 1)),
        _ => true,
    };

    private static Node Normal(Node node, int depth)
    {
        if (depth > MaxDepth)
            return node;
        switch (node.Resolved)
        {
            case MapNode map:
                var normal = new MapNode(map.Span, map.Style) { Parent = map.Parent };
                var kept = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
                foreach (var entry in map.AllEntries)
                {
                    if (NameOf(entry.Key) is { } name)
                        kept[name] = new MapEntry(name == entry.Name ? entry.Key
                            : new ScalarNode(entry.Key.Span, name, NodeStyle.DoubleQuoted, YamlScalarReading.Instance),
                            Normal(entry.Value, depth + 1));
                }

                foreach (var entry in kept.Values)
                    normal.Share(entry);
                return normal;
            case ListNode list:
                var items = new ListNode(list.Span, list.Style) { Parent = list.Parent };
                foreach (var item in list.Items)
                    items.Share(Normal(item, depth + 1));
                return items;
            default:
                return node;
        }
    }

    // As Go writes the shortest 32-bit number: an exponent below -4 and from the seventh digit on, of two digits at least.
    private static string FloatOf(float number)
    {
        if (float.IsNaN(number))
            return ".nan";
        if (float.IsInfinity(number))
            return number > 0 ? ".inf" : "-.inf";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var sign = text.StartsWith('-') ? "-" : "";
        var exponentAt = text.IndexOf('E');
        var exponent = exponentAt < 0 ? 0
            : int.Parse(text.Substring(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = (exponentAt < 0 ? text : text.Substring(0, exponentAt)).TrimStart('-');
        var point = mantissa.IndexOf('.') is var dot && dot < 0 ? mantissa.Length : dot;
        var digits = mantissa.Replace(".", "");
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits.TrimStart('0').TrimEnd('0');
        if (digits.Length == 0)
            return sign + "0";
        // The number is 0.digits times ten to this power.
        var power = point - leading + exponent;
        if (power - 1 < -4 || power - 1 >= 6)
        {
            var size = Math.Abs(power - 1).ToString("00", CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits.Substring(1) : "")}e{(power - 1 < 0 ? "-" : "+")}{size}";
        }

        if (power <= 0)
            return sign + "0." + new string('0', -power) + digits;
        return digits.Length <= power ? sign + digits + new string('0', power - digits.Length)
            : sign + digits.Substring(0, power) + "." + digits.Substring(power);
    }
}
