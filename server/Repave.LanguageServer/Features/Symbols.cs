using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>Resources and their fields as an outline, and resources by name.</summary>
internal static class Symbols
{
    private const int Class = 5;
    private const int Field = 8;
    private const int List = 18;
    private const int Structure = 19;
    private const int MaxFound = 200;
    private const int NoMatch = 3;

    /// <summary>A document's resources with their fields, and what stands beside them, each made when it is asked for.</summary>
    public static IEnumerable<DocumentSymbol> Of(OpenDocument document, ManifestAnalysis analysis, Positions positions)
    {
        var resources = analysis.ResourcesOf(document.Manifest.Path);
        foreach (var resource in resources)
        {
            var describes = analysis.Of(resource.Id.Dialect) as IDescribes;
            var (start, text) = (resource.Slot.Start, document.Text);
            var name = resource.Id.Name.Length == 0 ? "(no name)" : resource.Id.Name;
            yield return new DocumentSymbol(
                $"{DialectCatalogue.KindOf(resource.Id)}/{name}",
                resource.Id.Namespace,
                Class,
                positions.RangeOf(text, resource.Span.Shift(start)),
                positions.RangeOf(text, resource.NameSpan.Shift(start)),
                resource is TreeResource tree
                    ? Children(node => describes?.IsSecret(tree, node) == true, tree.Root, tree.Slot, document, positions, 0)
                    : Parts(resource, analysis.Of(resource.Id.Dialect) as IPlaces, start, document, positions));
        }

        foreach (var section in document.File.Documents.SelectMany(slot => Sections(slot, resources, document, positions)))
            yield return section;
    }

    public static SymbolInformation[] Named(string query, ManifestAnalysis analysis, Workspace workspace, Positions positions) =>
        [.. analysis.Resources
            .Where(r => !workspace.IsFromEnvironment(r.Manifest.Path))
            .Select(r => (Resource: r, Rank: RankOf($"{DialectCatalogue.KindOf(r.Id)}/{r.Id.Name}", r.Id.Name, query)))
            .Where(found => found.Rank < NoMatch)
            .OrderBy(found => found.Rank).ThenBy(found => found.Resource.Id.Name, StringComparer.Ordinal).Take(MaxFound)
            .Select(found => found.Resource)
            .Select(r => new SymbolInformation($"{DialectCatalogue.KindOf(r.Id)}/{r.Id.Name}", Class,
                new Location(workspace.UriOf(r.Manifest.Path), positions.RangeOf(r.Manifest.Source.Text, r.NameSpan.Shift(r.Slot.Start))),
                r.Id.Namespace))];

    // What a name begins with counts before what stands in it, and that before letters that only follow one another, as in "dpweb".
    private static int RankOf(string whole, string name, string query)
    {
        if (query.Length == 0 || name.StartsWith(query, StringComparison.OrdinalIgnoreCase))
            return 0;
        if (whole.Contains(query, StringComparison.OrdinalIgnoreCase))
            return 1;
        var at = 0;
        foreach (var c in query)
        {
            if (c == ' ')
                continue;
            at = whole.IndexOf(c.ToString(), at, StringComparison.OrdinalIgnoreCase) + 1;
            if (at == 0)
                return NoMatch;
        }

        return 2;
    }

    private static DocumentSymbol[] Parts(Resource resource, IPlaces? places, int start, OpenDocument document, Positions positions) =>
        [.. (places?.PartsOf(resource) ?? []).Select(part => new DocumentSymbol(part.Name, part.Detail, Field,
            positions.RangeOf(document.Text, part.Span.Shift(start)), positions.RangeOf(document.Text, part.NameSpan.Shift(start)), []))];

    // What a document of several resources holds besides: parameters, conditions, outputs.
    private static IEnumerable<DocumentSymbol> Sections(
        DocumentSlot slot, IReadOnlyList<Resource> resources, OpenDocument document, Positions positions)
    {
        var own = resources.Where(r => r.Slot.Document == slot.Document).OfType<TreeResource>().ToList();
        if (slot.Document.Root is not MapNode root || own.Count == 0 || own.Exists(r => r.Root == root))
            yield break;
        var secrets = Secrets.Of(slot.Document);
        foreach (var entry in root.Entries)
        {
            if (entry.Name is not { Length: > 0 } name || entry.Value is not MapNode || own.Exists(r => entry.Span.Contains(r.Span)))
                continue;
            yield return new DocumentSymbol(name, null, Structure, positions.RangeOf(document.Text, entry.Span.Shift(slot.Start)),
                positions.RangeOf(document.Text, entry.Key.Span.Shift(slot.Start)),
                Children(node => secrets.Touches(node.Span), entry.Value, slot, document, positions, 0));
        }
    }

    private static DocumentSymbol[] Children(
        Func<Node, bool> isSecret, Node node, DocumentSlot slot, OpenDocument document, Positions positions, int depth)
    {
        if (depth > 4 || node is not MapNode mapping)
            return [];
        var children = new List<DocumentSymbol>(mapping.Entries.Count);
        foreach (var entry in mapping.Entries)
        {
            if (entry.Name is not { Length: > 0 } name)
                continue;
            var (kind, detail) = entry.Value switch
            {
                MapNode => (Structure, null),
                ListNode list => (List, list.Items.Count == 1 ? "1 item" : $"{list.Items.Count} items"),
                ScalarNode { Value.Length: <= 40 } scalar => (Field, scalar.Value.Replace('\n', ' ')),
                _ => (Field, (string?)null),
            };
            // A secret's value is in no outline.
            if (isSecret(entry.Value))
                detail = null;
            else if (detail is not null)
                detail = Secrets.Of(slot.Document).Hide(detail);
            children.Add(new DocumentSymbol(name, detail, kind, positions.RangeOf(document.Text, entry.Span.Shift(slot.Start)),
                positions.RangeOf(document.Text, entry.Key.Span.Shift(slot.Start)),
                Children(isSecret, entry.Value, slot, document, positions, depth + 1)));
        }

        return [.. children];
    }
}
