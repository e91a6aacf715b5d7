using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>Where resources are defined and named, and giving one another name everywhere.</summary>
internal static class References
{
    public static Location[] Definition(
        OpenDocument document, Position position, ManifestAnalysis analysis, Workspace workspace, Positions positions) =>
        LocalNames(document, position, analysis, positions) is { Count: > 0 } local
            ? [.. local.Where(n => n.IsDefinition).Select(n => new Location(document.Uri, n.Range))]
            :
        [.. TargetsAt(document, position, analysis, positions).Where(t => !workspace.IsFromEnvironment(t.Manifest.Path))
            .Select(t => LocationOf(t, t.NameNode, workspace, positions))];

    public static Location[] All(OpenDocument document, Position position, bool includesDefinition, ManifestAnalysis analysis,
        Workspace workspace, Positions positions)
    {
        if (LocalNames(document, position, analysis, positions) is { Count: > 0 } local)
            return [.. local.Where(n => includesDefinition || !n.IsDefinition).Select(n => new Location(document.Uri, n.Range))];
        var targets = TargetsAt(document, position, analysis, positions);
        return [.. (includesDefinition ? targets.Select(t => LocationOf(t, t.NameNode, workspace, positions)) : []),
            .. Users(targets, analysis).Select(r => LocationOf(r.From, r.Node, workspace, positions))];
    }

    public static PrepareRenameResult? Prepare(OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions) =>
        LocalNames(document, position, analysis, positions) is { Count: > 0 } local
            && local.FirstOrDefault(n => n.Span.Touches(positions.OffsetOf(document.Text, position))) is { Span.Length: > 0 } here
            ? new PrepareRenameResult(here.Range, document.Text.TextOf(here.Span))
            :
        TargetsAt(document, position, analysis, positions) is [var target, ..]
            && ScalarAt(document, position, positions) is var (slot, scalar)
            ? new PrepareRenameResult(positions.RangeOf(document.Text, Inner(scalar).Shift(slot.Start)), target.Id.Name)
            : null;

    public static WorkspaceEdit? Rename(
        OpenDocument document, Position position, string newName, ManifestAnalysis analysis, Workspace workspace, Positions positions)
    {
        if (LocalNames(document, position, analysis, positions) is { Count: > 0 } local)
            return new WorkspaceEdit(
                new Dictionary<string, TextEdit[]> { [document.Uri] = [.. local.Select(n => new TextEdit(n.Range, newName))] });
        var targets = TargetsAt(document, position, analysis, positions);
        if (targets.Count == 0)
            return null;
        var places = targets.Select(t => (Resource: (Resource)t, Node: t.NameNode))
            .Concat(Users(targets, analysis).Select(r => (Resource: r.From, r.Node)));
        var edits = new Dictionary<string, List<TextEdit>>(StringComparer.Ordinal);
        foreach (var (resource, node) in places)
        {
            if (node is not ScalarNode scalar)
                continue;
            var uri = workspace.UriOf(resource.Manifest.Path);
            if (!edits.TryGetValue(uri, out var list))
                edits[uri] = list = [];
            var edit = new TextEdit(positions.RangeOf(resource.Manifest.Source.Text, Inner(scalar).Shift(resource.Slot.Start)), newName);
            if (!list.Contains(edit))
                list.Add(edit);
        }

        return new WorkspaceEdit(edits.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal));
    }

    // The places of a name that means something in its document only.
    private static List<(TextSpan Span, Protocol.Range Range, bool IsDefinition)> LocalNames(
        OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions)
    {
        if (document.At(positions.OffsetOf(document.Text, position)) is not var (slot, offset)
            || analysis.ResourcesOf(document.Manifest.Path).FirstOrDefault(r => r.Slot.Document == slot.Document) is not { } resource)
            return [];
        return [.. ((analysis.Of(resource.Id.Dialect) as INames)?.LocalNamesAt(slot.Document, offset) ?? [])
            .Select(n => (n.Span.Shift(slot.Start), positions.RangeOf(document.Text, n.Span.Shift(slot.Start)), n.IsDefinition))];
    }

    // What the name under the cursor means: the resource that it names, or whose own name it is.
    private static List<TreeResource> TargetsAt(OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions)
    {
        if (ScalarAt(document, position, positions) is not var (slot, scalar)
            || Resources.At(analysis, document.Manifest.Path, slot, scalar) is not { } resource)
            return [];
        if (resource.NameNode == scalar && resource.Id.Name.Length > 0)
            return [resource];
        return analysis.Of(resource.Id.Dialect) is INames names
            && names.ReferencesOf(resource).FirstOrDefault(r => r.Node == scalar) is { } reference
            ? [.. analysis.Resources.OfType<TreeResource>().Where(r => names.Means(reference, r))]
            : [];
    }

    private static IEnumerable<Reference> Users(List<TreeResource> targets, ManifestAnalysis analysis)
    {
        foreach (var resource in analysis.Resources)
        {
            if (analysis.Of(resource.Id.Dialect) is not INames names)
                continue;
            foreach (var reference in names.ReferencesOf(resource))
            {
                if (targets.Exists(t => names.Means(reference, t)))
                    yield return reference;
            }
        }
    }

    private static (DocumentSlot Slot, ScalarNode Scalar)? ScalarAt(OpenDocument document, Position position, Positions positions) =>
        document.At(positions.OffsetOf(document.Text, position)) is var (slot, offset) && slot.Document.NodeAt(offset) is ScalarNode scalar
            ? (slot, scalar)
            : null;

    // Quotes stay.
    private static TextSpan Inner(ScalarNode scalar) =>
        scalar.Style is NodeStyle.SingleQuoted or NodeStyle.DoubleQuoted ? new TextSpan(scalar.Span.Start + 1, scalar.Span.End - 1)
            : scalar.Span;

    private static Location LocationOf(Resource resource, Node node, Workspace workspace, Positions positions) =>
        new(workspace.UriOf(resource.Manifest.Path), positions.RangeOf(resource.Manifest.Source.Text,
            (node is ScalarNode scalar ? Inner(scalar) : node.Span).Shift(resource.Slot.Start)));
}
