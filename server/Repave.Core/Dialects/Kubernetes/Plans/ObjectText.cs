using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>A live object before and after a manifest is applied, as YAML with sorted keys, for people to read side by side: without
/// secrets, and without the server's bookkeeping of writers.</summary>
internal static class ObjectText
{
    private static readonly string[] SecretFields = ["data", "stringData"];

    /// <summary>The texts of a change's object; empty where there is none.</summary>
    /// <param name="change">A planned change of a Kubernetes object.</param>
    public static (string Before, string After) Of(ResourceChange change)
    {
        var (before, desired) = (change.Baseline as TreeResource, change.Desired as TreeResource);
        // What the server stores holds nodes of both.
        var hidden = new HashSet<string>(SecretsOf(before).Concat(SecretsOf(desired)), StringComparer.Ordinal);
        return (TextOf(before?.Root, hidden), TextOf(desired is null ? null : change.After ?? desired.Root, hidden));
    }

    private static IEnumerable<string> SecretsOf(TreeResource? resource)
    {
        if (resource is null)
            return [];
        var secrets = Secrets.Of(resource.Slot.Document);
        return Scalars(resource.Root).Where(s => !s.IsNull && secrets.Touches(s.Span)).Select(s => s.Value);
    }

    private static IEnumerable<ScalarNode> Scalars(Node node) => node switch
    {
        ScalarNode scalar => [scalar],
        MapNode map => map.Entries.SelectMany(e => Scalars(e.Value)),
        ListNode list => list.Items.SelectMany(Scalars),
        _ => [],
    };

    private static string TextOf(MapNode? root, HashSet<string> hidden)
    {
        if (root is null)
            return "";
        var value = (GoMap)ValueOf(root, hidden)!;
        // What was given as text is stored in base64: no text of a manifest tells it.
        if (root.TextAt("kind") == "Secret")
        {
            foreach (var name in SecretFields)
            {
                if (value.Entries.TryGetValue(name, out var all) && all is GoMap map)
                    map.Entries.Keys.ToList().ForEach(key => map.Entries[key] = new GoText(Secrets.Hidden));
            }
        }

        if (value.Entries.TryGetValue("metadata", out var found) && found is GoMap metadata)
        {
            metadata.Entries.Remove("managedFields");
            // It repeats the manifest, with whatever is secret in it.
            if (metadata.Entries.TryGetValue("annotations", out found) && found is GoMap annotations
                && annotations.Entries.Remove(AppliedFields.Annotation) && annotations.Entries.Count == 0)
                metadata.Entries.Remove("annotations");
        }

        return GoYamlWriter.Write(value).Text;
    }

    private static GoValue? ValueOf(Node node, HashSet<string> hidden)
    {
        switch (node.Resolved)
        {
            case ScalarNode scalar:
                var kind = YamlScalarReading.Instance.KindOf(scalar, true);
                return hidden.Contains(scalar.Value) ? new GoText(Secrets.Hidden) : kind switch
                {
                    ScalarKind.Null => null,
                    ScalarKind.Boolean => new GoBool(YamlScalars.BooleanOf(scalar.Value)),
                    ScalarKind.Integer or ScalarKind.Float when YamlScalars.NumberOf(scalar.Value) is { } number => new GoFloat(number),
                    _ => new GoText(scalar.Value),
                };
            case ListNode list:
                return new GoList([.. list.Items.Select(item => ValueOf(item, hidden))]);
            case MapNode map:
                var made = new GoMap();
                foreach (var entry in map.AllEntries)
                {
                    if (entry.Name is { } name)
                        made.Entries[name] = ValueOf(entry.Value, hidden);
                }

                return made;
            default:
                return null;
        }
    }
}
