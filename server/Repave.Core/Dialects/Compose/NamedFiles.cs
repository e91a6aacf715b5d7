using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>The files that a Compose file takes in: variables, labels, what it includes and extends. Files of secrets are not among
/// them.</summary>
internal static class NamedFiles
{
    private const int MaxFiles = 500;

    /// <summary>The files, as they are named.</summary>
    public static IReadOnlyList<string> In(string path, string text)
    {
        var found = new List<string> { ".env" };
        foreach (var root in Manifest.Parse(path, text).Source.Documents.Select(slot => slot.Document.Root).OfType<MapNode>())
        {
            foreach (var include in root.ItemsAt("include"))
            {
                Add(include is MapNode ? include["path"] : include);
                Add(include["env_file"]);
            }

            foreach (var service in (root["services"] as MapNode)?.AllEntries.Select(e => e.Value) ?? [])
            {
                Add(service["env_file"]);
                Add(service["label_file"]);
                Add((service["extends"] as MapNode)?["file"]);
            }
        }

        return [.. found.Where(name => name.Length > 0 && name.IndexOf('$') < 0 && name[0] is not ('/' or '~')
            && name.IndexOf("://", StringComparison.Ordinal) < 0).Distinct().Take(MaxFiles)];

        void Add(Node? node)
        {
            if (node is ScalarNode { IsNull: false } one)
                found.Add(one.Value);
            foreach (var item in (node as ListNode)?.ResolvedItems ?? [])
            {
                if (item is MapNode)
                    Add(item["path"]);
                else if (item is ScalarNode { IsNull: false } scalar)
                    found.Add(scalar.Value);
            }
        }
    }
}
