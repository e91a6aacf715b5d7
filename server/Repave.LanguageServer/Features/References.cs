using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using Repave.LanguageServer.Rpc;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>Where resources are defined and named, and giving one another name everywhere.</summary>
internal static class References
{
    public static Location[] Definition(
        OpenDocument document, Position position, ManifestAnalysis analysis, Workspace workspace, Positions positions) =>
        StagesAt(document, position, analysis, positions) is { Count: > 0 } stages
            ? [.. stages.Select(s => LocationOf(s, s.NameSpan, workspace, positions))]
            : LocalNames(document, position, analysis, positions) is { Count: > 0 } local
            ? [.. local.Where(n => n.IsDefinition).Select(n => new Location(document.Uri, n.Range))]
            : LinkedNames.At(document, position, positions) is [var anchor, ..] ? [new Location(document.Uri, anchor)]
            : TargetsAt(document, position, analysis, positions) is { Count: > 0 } targets
            ? [.. targets.Where(t => !workspace.IsFromEnvironment(t.Manifest.Path))
                .Select(t => LocationOf(t, NameOf(t), workspace, positions))]
            :
        [.. analysis.MachineImages.BuildsAt(document.Manifest.Path, positions.OffsetOf(document.Text, position))
            .Select(build => LocationOf(MachineImageLinks.PlaceOf(build), workspace, positions))];

    public static Location[] All(OpenDocument document, Position position, bool includesDefinition, ManifestAnalysis analysis,
        Workspace workspace, Positions positions)
    {
        var stages = StagesAt(document, position, analysis, positions);
        var isUse = stages.Count > 0;
        if (!isUse && StageHere(document, position, analysis, positions) is { } here)
            stages = [here];
        Location[] images = [.. stages.SelectMany(analysis.Images.PlacesOf).Distinct().Select(p => LocationOf(p, workspace, positions))];
        if (isUse)
            return [.. (includesDefinition ? stages.Select(s => LocationOf(s, s.NameSpan, workspace, positions)) : []), .. images];
        if (LocalNames(document, position, analysis, positions) is { Count: > 0 } local)
            return [.. local.Where(n => includesDefinition || !n.IsDefinition).Select(n => new Location(document.Uri, n.Range)), .. images];
        if (images.Length > 0)
            return images;
        var targets = TargetsAt(document, position, analysis, positions);
        if (targets.Count == 0)
            return MachineImages(document, position, includesDefinition, analysis, workspace, positions);
        return [.. (includesDefinition ? targets.Select(t => LocationOf(t, NameOf(t), workspace, positions)) : []),
            .. Users(targets, analysis).Select(r => LocationOf(r.From, SpanOf(r.Node), workspace, positions))];
    }

    // Who builds and who uses the machine image that is named under the cursor.
    private static Location[] MachineImages(OpenDocument document, Position position, bool includesDefinition, ManifestAnalysis analysis,
        Workspace workspace, Positions positions)
    {
        var (links, path, offset) = (analysis.MachineImages, document.Manifest.Path, positions.OffsetOf(document.Text, position));
        // The uses of an image that is named here are those of the builds that make it.
        var builds = links.BuildsAt(path, offset).Select(MachineImageLinks.PlaceOf).ToList();
        var uses = builds.SelectMany(place => links.UsesAt(place.File.Path, place.FileSpan.Start)).Concat(links.UsesAt(path, offset))
            .Select(MachineImageLinks.PlaceOf);
        return [.. (includesDefinition ? builds : []).Concat(uses).Distinct().Select(place => LocationOf(place, workspace, positions))];
    }

    /// <summary>The places in the document of the name under the cursor.</summary>
    public static DocumentHighlight[] Highlights(
        OpenDocument document, Position position, ManifestAnalysis analysis, Workspace workspace, Positions positions) =>
        [.. All(document, position, includesDefinition: true, analysis, workspace, positions).Where(l => l.Uri == document.Uri)
            .Select(l => l.Range).Concat(LinkedNames.At(document, position, positions)).Distinct()
            .Select(range => new DocumentHighlight(range))];

    public static PrepareRenameResult? Prepare(OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions) =>
        LocalNames(document, position, analysis, positions) is { Count: > 0 } local
            && local.FirstOrDefault(n => n.Span.Touches(positions.OffsetOf(document.Text, position))) is { Span.Length: > 0 } here
            ? new PrepareRenameResult(here.Range, document.Text.TextOf(here.Span))
            :
        TargetsAt(document, position, analysis, positions) is [var target, ..]
            && NameAt(document, position, analysis, positions) is var (slot, span, _, _)
            ? new PrepareRenameResult(positions.RangeOf(document.Text, span.Shift(slot.Start)), target.Id.Name)
            : null;

    public static WorkspaceEdit? Rename(
        OpenDocument document, Position position, string newName, ManifestAnalysis analysis, Workspace workspace, Positions positions)
    {
        if (newName.Trim().Length == 0 || newName.Any(char.IsControl))
            throw new RpcError(RpcError.RequestFailed, "A name cannot be empty, and has one line.");
        if (LocalNames(document, position, analysis, positions) is { Count: > 0 } local)
            return new WorkspaceEdit(
                new Dictionary<string, TextEdit[]> { [document.Uri] = [.. local.Select(n => new TextEdit(n.Range, newName))] });
        var targets = TargetsAt(document, position, analysis, positions);
        if (targets.Count == 0)
            return null;
        foreach (var target in targets)
            Refuse(target, newName, analysis);
        var places = targets.Where(t => t is not TreeResource { NameNode: not ScalarNode }).Select(t => (Resource: t, Span: NameOf(t)))
            .Concat(Users(targets, analysis).Where(r => r.Node is ScalarNode or ExpressionNode)
                .Select(r => (Resource: r.From, Span: SpanOf(r.Node))));
        var edits = new Dictionary<string, List<TextEdit>>(StringComparer.Ordinal);
        foreach (var (resource, span) in places)
        {
            var uri = workspace.UriOf(resource.Manifest.Path);
            if (!edits.TryGetValue(uri, out var list))
                edits[uri] = list = [];
            var edit = new TextEdit(positions.RangeOf(resource.Manifest.Source.Text, span.Shift(resource.Slot.Start)), newName);
            if (!list.Contains(edit))
                list.Add(edit);
        }

        return new WorkspaceEdit(edits.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal));
    }

    // What the check would call an error at the new name, and what has that name already.
    private static void Refuse(Resource target, string newName, ManifestAnalysis analysis)
    {
        if (analysis.Of(target.Id.Dialect) is INames names && target.Id.Name != newName
            && names.Find(target.Id with { Name = newName }).Any())
            throw new RpcError(RpcError.RequestFailed, $"There is a {DialectCatalogue.KindOf(target.Id)} '{newName}' already.");
        if (target is TreeResource { NameNode: not ScalarNode })
            return;
        var span = NameOf(target).Shift(target.Slot.Start);
        var renamed = target.Manifest with { Source = target.Manifest.Source.With(new Core.Text.TextEdit(span, newName)) };
        var place = new TextSpan(span.Start, span.Start + newName.Length);
        var before = analysis.Findings(target.Manifest.Path).Where(f => f.FileSpan.Touches(span.Start)).Select(f => f.Rule).ToList();
        if (analysis.With(renamed).Findings(target.Manifest.Path).FirstOrDefault(f => f.Severity == Severity.Error
            && f.FileSpan.Start <= place.End && f.FileSpan.End >= place.Start && !before.Contains(f.Rule)) is { } error)
            throw new RpcError(RpcError.RequestFailed, error.Message);
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

    // What the image that is named under the cursor is built of.
    private static IReadOnlyList<Resource> StagesAt(OpenDocument document, Position position, ManifestAnalysis analysis,
        Positions positions) =>
        analysis.Images.StagesAt(document.Manifest.Path, positions.OffsetOf(document.Text, position));

    // The stage whose first line the cursor stands in, behind its first word.
    private static Resource? StageHere(OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions) =>
        document.At(positions.OffsetOf(document.Text, position)) is var (slot, offset)
            ? analysis.ResourcesOf(document.Manifest.Path)
                .FirstOrDefault(r => r is IImageStage && r.Slot.Document == slot.Document && r.NameSpan.Touches(offset))
            : null;

    // What the name under the cursor means: the resource that it names, or whose own name it is.
    private static List<Resource> TargetsAt(OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions)
    {
        if (NameAt(document, position, analysis, positions) is not var (_, _, resource, reference))
            return [];
        if (reference is null)
            return [resource];
        return analysis.Of(resource.Id.Dialect) is INames names ? [.. analysis.Resources.Where(r => names.Means(reference, r))] : [];
    }

    // The name under the cursor: a resource's own, or a reference in it.
    private static (DocumentSlot Slot, TextSpan Span, Resource Resource, Reference? Reference)? NameAt(
        OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions)
    {
        if (document.At(positions.OffsetOf(document.Text, position)) is not var (slot, offset))
            return null;
        if (slot.Document.Root is null)
        {
            // Without a tree the spans say it.
            foreach (var one in analysis.ResourcesOf(document.Manifest.Path).Where(r => r.Slot.Document == slot.Document))
            {
                if (one.Id.Name.Length > 0 && NameOf(one) is var own && own.Touches(offset))
                    return (slot, own, one, null);
                if ((analysis.Of(one.Id.Dialect) as INames)?.ReferencesOf(one).FirstOrDefault(r =>
                    r.Node.Span.Touches(offset)) is { } named)
                    return (slot, SpanOf(named.Node), one, named);
            }

            return null;
        }

        if (slot.Document.NodeAt(offset) is not ScalarNode scalar
            || Resources.At(analysis, document.Manifest.Path, slot, scalar) is not { } resource)
            return null;
        if (resource.NameNode == scalar && resource.Id.Name.Length > 0)
            return (slot, Inner(scalar), resource, null);
        return (analysis.Of(resource.Id.Dialect) as INames)?.ReferencesOf(resource).FirstOrDefault(r => r.Node == scalar) is { } reference
            ? (slot, Inner(scalar), resource, reference) : null;
    }

    private static TextSpan NameOf(Resource resource)
    {
        if (resource is TreeResource tree)
            return SpanOf(tree.NameNode);
        var (span, text) = (resource.NameSpan, resource.Slot.Document.Text);
        return span.Length >= 2 && text[span.Start] == '"' && text[span.End - 1] == '"' ? new TextSpan(span.Start + 1, span.End - 1) : span;
    }

    private static TextSpan SpanOf(Node node) => node is ScalarNode scalar ? Inner(scalar) : node.Span;

    private static IEnumerable<Reference> Users(List<Resource> targets, ManifestAnalysis analysis)
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

    // Quotes stay.
    private static TextSpan Inner(ScalarNode scalar) =>
        scalar.Style is NodeStyle.SingleQuoted or NodeStyle.DoubleQuoted ? new TextSpan(scalar.Span.Start + 1, scalar.Span.End - 1)
            : scalar.Span;

    private static Location LocationOf(Resource resource, TextSpan span, Workspace workspace, Positions positions) =>
        new(workspace.UriOf(resource.Manifest.Path), positions.RangeOf(resource.Manifest.Source.Text, span.Shift(resource.Slot.Start)));

    private static Location LocationOf(Place place, Workspace workspace, Positions positions) =>
        new(workspace.UriOf(place.File.Path), positions.RangeOf(place.File.Source.Text, place.FileSpan));
}
