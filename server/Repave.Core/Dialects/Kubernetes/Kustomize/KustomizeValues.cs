using Repave.Core.Dialects.Kubernetes.Helm;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Nodes as values that are written, and back: kustomize goes by way of JSON at both ends.</summary>
internal static class KustomizeValues
{
    /// <summary>What a node is once it is written.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isRoot">Whether it is a resource itself, whose keys need not be texts.</param>
    /// <exception cref="KustomizeException">JSON has nothing for it.</exception>
    public static GoValue? Of(KustomizeNode node, bool isRoot = false)
    {
        switch (node.Kind)
        {
            case KustomizeKind.Scalar:
                return KustomizeScalars.ValueOf(node) is GoText { IsBytes: false } text && node.IsFolded ? KustomizeFolding.Again(text)
                    : KustomizeScalars.ValueOf(node);
            case KustomizeKind.List when !node.IsNull:
                var items = new List<GoValue?>(node.Content.Count);
                foreach (var item in node.Content)
                    items.Add(Of(item));
                return new GoList(items) { Trace = node.Trace };
            case KustomizeKind.Map when !node.IsNull:
                var map = new GoMap { Trace = node.Trace };
                for (var i = 0; i + 1 < node.Content.Count; i += 2)
                {
                    var key = node.Content[i];
                    if (!isRoot && KustomizeScalars.WrittenTag(key) is not (KustomizeNode.TextTag or "!!merge"))
                        throw Wrong("json: unsupported type: map[interface {}]interface {}", key);
                    if (map.Entries.ContainsKey(key.Value))
                        throw Wrong($"yaml: unmarshal errors: mapping key \"{key.Value}\" already defined", key);
                    var value = Of(node.Content[i + 1]);
                    map.Entries[key.Value] = value;
                }

                return map;
            default:
                return null;
        }
    }

    /// <summary>A value as a node.</summary>
    public static KustomizeNode Node(GoValue? value)
    {
        switch (value)
        {
            case GoMap map:
                var made = KustomizeNode.Map(map.Trace);
                foreach (var entry in map.Sorted)
                {
                    made.Content.Add(KustomizeNode.Scalar(entry.Key, KustomizeNode.TextTag));
                    made.Content.Add(Node(entry.Value));
                }

                return made;
            case GoList list:
                var items = KustomizeNode.List(list.Trace);
                items.Content.AddRange(list.Items.Select(Node));
                return items;
            case GoBool boolean:
                return KustomizeNode.Scalar(new GoText(boolean.Value ? "true" : "false", boolean.Trace), "!!bool");
            case GoInteger integer:
                return KustomizeNode.Scalar(new GoText(integer.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    integer.Trace), KustomizeNode.NumberTag);
            case GoFloat real:
                var number = Syntax.GoTemplate.GoNumbers.Format(real.Value, 'g');
                return KustomizeNode.Scalar(new GoText(number, real.Trace), KustomizeScalars.TagOf(number));
            case GoText words:
                return KustomizeNode.Scalar(words, KustomizeNode.TextTag);
            default:
                return KustomizeNode.Scalar("null", KustomizeNode.NullTag);
        }
    }

    private static KustomizeException Wrong(string message, KustomizeNode at) =>
        new(message, at.Text.Trace?.File, at.Text.Trace?.At ?? default);
}
