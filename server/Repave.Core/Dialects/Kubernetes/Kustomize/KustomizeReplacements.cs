using System.Globalization;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Copies values from one resource to others (<c>replacements</c>).</summary>
internal static class KustomizeReplacements
{
    private const int MaxDepth = 200;

    /// <summary>Applies one.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="file">The file that it stands in.</param>
    /// <param name="entry">The replacement.</param>
    /// <param name="context">The build.</param>
    /// <exception cref="KustomizeException">It cannot be applied.</exception>
    public static void Apply(KustomizeResources resources, KustomizationReader file, MapNode entry, KustomizeContext context)
    {
        var source = file.At(entry, "source") as MapNode;
        var targets = file.At(entry, "targets") as ListNode;
        if (source is null || targets is null)
            throw file.File.Wrong("replacements must specify a source and at least one target", entry);
        if (SourceOf(resources, file, source, context) is not { } value)
            return;
        foreach (var target in targets.ResolvedItems.OfType<MapNode>())
        {
            if (file.At(target, "select") is not MapNode select)
                throw file.File.Wrong("target must specify resources to select", target);
            var chosen = IdOf(file, select);
            context.Work(resources.All.Count);
            var (labels, annotations) = QueriesOf(file, select);
            var rejects = file.At(target, "reject") is ListNode list ? list.ResolvedItems.OfType<MapNode>().ToList() : [];
            foreach (var resource in resources.All)
            {
                if (!labels.Matches(resource.Labels) || !annotations.Matches(resource.Annotations))
                    continue;
                var ids = resource.AllIds.Select(Plain).ToList();
                if (ids.Exists(id => id.IsSelectedBy(chosen)) && !rejects.Exists(reject => Rejects(file, reject, resource, ids)))
                    Copy(resource, value, file, target);
            }
        }

        resources.Changed();
    }

    private static KustomizeId Plain(KustomizeId id) => id with { IsCluster = false };

    private static bool Rejects(KustomizationReader file, MapNode reject, KustomizeResource resource, List<KustomizeId> ids)
    {
        if (file.TextAt(reject, "labelSelector").Length > 0 || file.TextAt(reject, "annotationSelector").Length > 0)
        {
            var (labels, annotations) = QueriesOf(file, reject);
            if (labels.Matches(resource.Labels) && annotations.Matches(resource.Annotations))
                return true;
        }

        var id = IdOf(file, reject);
        return id != default(KustomizeId) with { Type = new("", "", ""), Name = "", Namespace = "" }
            && ids.Exists(one => one.IsSelectedBy(id));
    }

    private static KustomizeNode? SourceOf(KustomizeResources resources, KustomizationReader file, MapNode source, KustomizeContext context)
    {
        var selector = IdOf(file, source);
        var found = resources.All.FindAll(resource => resource.AllIds.Any(id => Plain(id).IsSelectedBy(selector)));
        if (found.Count > 1)
            throw file.File.Wrong($"multiple matches for selector {selector}", source);
        if (found.Count == 0)
        {
            return context.HasUnknown ? null : throw file.File.Wrong($"nothing selected by {selector}", source);
        }

        var path = file.TextAt(source, "fieldPath") is { Length: > 0 } said ? said : "metadata.name";
        KustomizeNode? value;
        try
        {
            value = found[0].Root.Lookup(KustomizePaths.SplitSmart(path, '.'));
        }
        catch (KustomizeException exception)
        {
            throw file.File.Wrong($"error looking up replacement source: {exception.Message}", file.At(source, "fieldPath") ?? source);
        }

        if (value is null || value.IsEmpty)
        {
            throw file.File.Wrong($"fieldPath `{path}` is missing for replacement source {selector}", file.At(source, "fieldPath")
                ?? source);
        }

        var options = file.At(source, "options") as MapNode;
        var delimiter = file.TextAt(options, "delimiter");
        if (delimiter.Length == 0)
            return value;
        if (value.Kind != KustomizeKind.Scalar)
            throw file.File.Wrong("delimiter option can only be used with scalar nodes", source);
        var parts = Split(value.Text, delimiter);
        var index = IndexIn(file, options);
        if (index < 0 || index >= parts.Count)
            throw file.File.Wrong($"options.index {index} is out of bounds for value {value.Value}", options);
        var copy = value.Copy();
        copy.Text = parts[index];
        return copy;
    }

    private static void Copy(KustomizeResource resource, KustomizeNode value, KustomizationReader file, MapNode target)
    {
        var options = file.At(target, "options") as MapNode;
        var create = file.IsTrueAt(options, "create") ? value.Kind : KustomizeKind.None;
        var paths = file.At(target, "fieldPaths") is ListNode { Items.Count: > 0 } list
            ? list.ResolvedItems.OfType<ScalarNode>().Select(p => (p.Value, (Node)p)) : [("metadata.name", target)];
        foreach (var (path, place) in paths)
        {
            var found = new List<KustomizeNode>();
            try
            {
                Match(resource.Root, KustomizePaths.SplitSmart(path, '.'), 0, create, found, 0);
                if (found.Count == 0)
                    throw new KustomizeException("nothing is there");
                foreach (var field in found)
                    Write(field, value, file, options);
            }
            catch (KustomizeException exception)
            {
                var what = create == KustomizeKind.None ? "unable to find field" : "unable to find or create field";
                var message = $"{what} \"{path}\" in replacement target";
                throw file.File.Wrong(exception.Message == "nothing is there" ? message : $"{message}: {exception.Message}", place)
                    .At(resource.Place?.File, resource.Place?.Span ?? default);
            }
        }
    }

    private static void Write(KustomizeNode field, KustomizeNode value, KustomizationReader file, MapNode? options)
    {
        var copy = value.Copy();
        var delimiter = file.TextAt(options, "delimiter");
        if (delimiter.Length > 0)
        {
            if (field.Kind != KustomizeKind.Scalar)
                throw new KustomizeException("delimiter option can only be used with scalar nodes");
            var parts = Split(field.Text, delimiter);
            var index = IndexIn(file, options);
            if (index < 0)
                parts.Insert(0, copy.Text);
            else if (index >= parts.Count)
                parts.Add(copy.Text);
            else
                parts[index] = copy.Text;
            var joined = new GoTextBuilder();
            for (var i = 0; i < parts.Count; i++)
            {
                if (i > 0)
                    joined.Append(delimiter, field.Text.Trace?.AsWhole());
                joined.Append(parts[i]);
            }

            copy.Text = joined.ToText();
        }

        if (field.Kind == KustomizeKind.Scalar)
            field.Text = copy.Text;
        else
            field.Become(copy);
    }

    private static List<GoText> Split(GoText text, string delimiter)
    {
        var parts = new List<GoText>();
        var start = 0;
        for (var at = text.Text.IndexOf(delimiter, StringComparison.Ordinal); at >= 0;
            at = text.Text.IndexOf(delimiter, start, StringComparison.Ordinal))
        {
            parts.Add(text.Slice(start, at - start));
            start = at + delimiter.Length;
        }

        parts.Add(text.Slice(start, text.Text.Length - start));
        return parts;
    }

    private static int IndexIn(KustomizationReader file, MapNode? options) =>
        file.At(options, "index") is ScalarNode { Integer: { } index } ? (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, index)) : 0;

    // Finds the places that a path means, as kyaml's PathMatcher does; makes what is missing where it may.
    private static void Match(KustomizeNode node, List<string> path, int at, KustomizeKind create, List<KustomizeNode> found, int depth)
    {
        if (depth > MaxDepth)
            throw new KustomizeException("the path is too long");
        if (at == path.Count)
        {
            found.Add(node);
            return;
        }

        var part = path[at];
        var next = at + 1 < path.Count ? path[at + 1] : null;
        if (KustomizePaths.IsIndex(part))
        {
            var index = int.Parse(part, CultureInfo.InvariantCulture);
            node.Expect(KustomizeKind.List);
            if (index == node.Content.Count && create != KustomizeKind.None)
                node.Content.Add(new KustomizeNode { Kind = KindOf(next, create) });
            if (index >= node.Content.Count)
                throw new KustomizeException($"index {index} specified but only {node.Content.Count} elements found");
            Match(node.Content[index], path, at + 1, create, found, depth + 1);
        }
        else if (KustomizePaths.IsListIndex(part))
        {
            MatchItems(node, path, at, create, found, depth);
        }
        else if (part == "*")
        {
            node.Expect(KustomizeKind.List);
            foreach (var item in node.Content.ToArray())
                Match(item, path, at + 1, create, found, depth + 1);
        }
        else
        {
            var field = node.Get(part);
            if (field is null)
            {
                if (create == KustomizeKind.None || node.IsNull)
                    return;
                field = new KustomizeNode { Kind = KindOf(next, create) };
                node.Set(part, field);
            }

            Match(field, path, at + 1, create, found, depth + 1);
        }
    }

    private static void MatchItems(KustomizeNode node, List<string> path, int at, KustomizeKind create, List<KustomizeNode> found,
        int depth)
    {
        var (name, pattern) = KustomizePaths.NameValue(path[at]);
        node.Expect(KustomizeKind.List);
        var regex = GoRegex.TryCreate(pattern) ?? throw new KustomizeException($"error parsing regexp: cannot read the pattern: "
            + $"`{pattern}`");
        var before = found.Count;
        foreach (var item in node.Content.ToArray())
        {
            if (name.Length == 0)
            {
                if (item.Kind == KustomizeKind.Scalar && regex.Matches(Printed(item)))
                    found.Add(item);
            }
            else if (item.Find(name) is { } field && regex.Matches(Printed(field)))
            {
                Match(item, path, at + 1, create, found, depth + 1);
            }
        }

        if (found.Count > before || create == KustomizeKind.None)
            return;
        var made = KustomizeNode.Scalar(pattern);
        if (name.Length > 0)
        {
            var map = new KustomizeNode { Kind = KustomizeKind.Map };
            map.Content.Add(KustomizeNode.Scalar(name));
            map.Content.Add(made);
            made = map;
        }

        node.Content.Add(made);
        if (name.Length == 0)
            found.Add(made);
        else
            Match(made, path, at + 1, create, found, depth + 1);
    }

    // Quotes that stand in the file are a part of what patterns are tried on.
    private static string Printed(KustomizeNode node)
    {
        if (node.Kind != KustomizeKind.Scalar)
            return "";
        var isForced = node.Tag == KustomizeNode.TextTag && KustomizeScalars.TagOf(node.Value) != KustomizeNode.TextTag;
        return node.Quote is { } quote ? quote + node.Value + quote : isForced ? '"' + node.Value + '"' : node.Value.Trim();
    }

    private static KustomizeKind KindOf(string? next, KustomizeKind last) => next is null || next.Length == 0 ? last
        : KustomizePaths.IsListIndex(next) || KustomizePaths.IsIndex(next) ? KustomizeKind.List : KustomizeKind.Map;

    private static KustomizeId IdOf(KustomizationReader file, MapNode map) => new(new(file.TextAt(map, "group"), file.TextAt(map,
        "version"),
        file.TextAt(map, "kind")), file.TextAt(map, "name"), file.TextAt(map, "namespace"));

    private static (KustomizeLabels Labels, KustomizeLabels Annotations) QueriesOf(KustomizationReader file, MapNode map) =>
        (Query(file, map, "labelSelector"), Query(file, map, "annotationSelector"));

    private static KustomizeLabels Query(KustomizationReader file, MapNode map, string field) =>
        KustomizeLabels.Parse(file.TextAt(map, field))
            ?? throw file.File.Wrong($"unable to parse requirement: {file.TextAt(map, field)}", file.At(map, field));
}
