using System.Text.Json.Nodes;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Tests.Support;

/// <summary>Turns trees into JSON and changes JSON at dotted paths.</summary>
internal static class JsonTree
{
    /// <summary>The node as kubectl reads it.</summary>
    public static JsonNode? Of(Node node) => JsonNode.Parse(CanonicalJson.Of(node, asPlatform: true));

    /// <summary>Does what one row of the measured mutations says.</summary>
    public static void Mutate(JsonNode root, string path, string op, JsonNode? to)
    {
        var keys = Split(path);
        var holder = keys.Take(keys.Count - 1).Aggregate(root, (node, key) => key is int index ? node[index]! : node[(string)key]!);
        var last = keys[^1];
        switch (op)
        {
            case "misspell":
                var renamed = holder.AsObject();
                var entries = renamed.ToList();
                renamed.Clear();
                foreach (var (name, value) in entries)
                    renamed.Add(name == (string)last ? to!.GetValue<string>() : name, value);
                break;
            case "remove" when last is string name:
                holder.AsObject().Remove(name);
                break;
            case "remove":
                holder.AsArray().RemoveAt((int)last);
                break;
            case "twice":
                var list = (last is int at ? holder[at] : holder[(string)last])!.AsArray();
                list.Add(list[0]!.DeepClone());
                break;
            default:
                if (last is int i)
                    holder[i] = to?.DeepClone();
                else
                    holder[(string)last] = to?.DeepClone();
                break;
        }
    }

    private static List<object> Split(string path)
    {
        var keys = new List<object>();
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            keys.Add(bracket < 0 ? part : part[..bracket]);
            for (; bracket >= 0; bracket = part.IndexOf('[', bracket + 1))
                keys.Add(int.Parse(part[(bracket + 1)..part.IndexOf(']', bracket)], System.Globalization.CultureInfo.InvariantCulture));
        }

        return keys;
    }
}
