using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.LanguageServer.Features;

/// <summary>Finds resources and paths around nodes.</summary>
internal static class Resources
{
    /// <summary>The resource that a node belongs to; null if it belongs to none.</summary>
    public static TreeResource? At(ManifestAnalysis analysis, string path, DocumentSlot slot, Node node) =>
        analysis.ResourcesOf(path).Where(r => r.Slot.Document == slot.Document).OfType<TreeResource>()
            .FirstOrDefault(r => r.Root.Span.Contains(node.Span));

    /// <summary>The dialect that says itself what stands where in a document; null where a tree says it.</summary>
    public static IPlaces? PlacesOf(ManifestAnalysis analysis, Document document)
    {
        if (document.Root is not null)
            return null;
        var owners = DialectCatalogue.All.Select(d => analysis.Of(d.Name)).OfType<IPlaces>().Where(d => d.Owns(document)).ToList();
        // Several dialects may be of one language: whose resources stand there comes before who takes what says nothing yet.
        return owners.Count < 2 ? owners.FirstOrDefault() : analysis.Resources.FirstOrDefault(r => r.Slot.Document == document)
            is { } own && analysis.Of(own.Id.Dialect) is IPlaces places ? places : owners[0];
    }

    /// <summary>The topmost scalar fields of a resource.</summary>
    public static Dictionary<string, string> HeadOf(MapNode root)
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in root.AllEntries)
        {
            if (entry.Name is { } name && entry.Value.Resolved is ScalarNode { IsNull: false } scalar)
                head[name] = scalar.Value;
        }

        return head;
    }

    /// <summary>The fields that lead to a node, or to the value of a key; <c>[]</c> for an item of a list.</summary>
    public static IReadOnlyList<string> StepsOf(Node node, Node root)
    {
        var steps = new List<string>();
        for (var at = node; at != root && at.Parent is { } parent; at = parent)
        {
            if (parent is ListNode)
                steps.Add("[]");
            else if (parent is MapNode mapping)
                steps.Add(mapping.Entries.First(e => e.Key == at || e.Value == at).Name ?? "?");
        }

        steps.Reverse();
        return steps;
    }
}
