using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Lays patches over resources.</summary>
internal static class KustomizePatches
{
    /// <summary>One that was read.</summary>
    /// <param name="Merges">Strategic merge patches; null where it is a JSON patch.</param>
    /// <param name="Operations">The operations of a JSON patch.</param>
    /// <param name="Target">What is patched; null where a patch says it.</param>
    /// <param name="File">The kustomization.</param>
    /// <param name="Place">The entry there.</param>
    internal sealed record Patch(
        List<KustomizeResource>? Merges, List<JsonPatchOperation> Operations, KustomizeSelector? Target, KustomizeFile File, Node Place)
    {
        /// <summary>Whether resources remember what they were called before a JSON patch.</summary>
        public bool Remembers { get; init; }

        /// <summary>Whether it may find nothing to change.</summary>
        public bool IsOptional { get; init; }
    }

    /// <summary>Reads an entry of <c>patches</c>.</summary>
    /// <exception cref="KustomizeException">kustomize refuses it.</exception>
    public static Patch Read(KustomizationReader file, MapNode entry, Func<ScalarNode, string, KustomizeFile> load)
    {
        var inline = Trim(file.GoTextAt(entry, "patch"));
        var path = file.At(entry, "path") as ScalarNode;
        if (inline.Text.Length == 0 && path is not { Value.Length: > 0 })
            throw file.File.Wrong("must specify one of patch and path", entry);
        if (inline.Text.Length > 0 && path is { Value.Length: > 0 })
            throw file.File.Wrong("patch and path can't be set at the same time", entry);
        var patch = inline.Text.Length > 0 ? new KustomizeFile(inline, file.File) : load(path!, path!.Value);
        var target = file.At(entry, "target") is MapNode map ? new KustomizeSelector(file, map) : null;
        List<KustomizeResource>? merges = null;
        KustomizeException? failure = null;
        try
        {
            merges = KustomizeReader.Read(patch);
        }
        catch (KustomizeException exception)
        {
            failure = exception;
        }

        var operations = OperationsOf(patch);
        var source = inline.Text.Length > 0 ? $"[patch: {GoQuote(inline.Text)}]" : $"[path: \"{path!.Value}\"]";
        if (merges is not null && operations is not null)
        {
            throw file.File.Wrong($"illegally qualifies as both an SM and JSON patch: {source}", entry) is var both
                ? new KustomizeException(both.Message, both.File, both.Span) { Summary = "the patch says nothing" } : both;
        }

        if (merges is null && operations is null)
        {
            var message = $"unable to parse SM or JSON patch from {source}";
            throw failure!.File is null ? file.File.Wrong(message, entry)
                : new KustomizeException(message, failure.File, failure.Span)
                {
                    Summary = $"this is neither a strategic merge patch nor a JSON patch: {failure.Summary}",
                };
        }

        foreach (var merge in merges ?? [])
        {
            merge.MayChangeName = file.IsTrueAt(file.At(entry, "options") as MapNode, "allowNameChange");
            merge.MayChangeKind = file.IsTrueAt(file.At(entry, "options") as MapNode, "allowKindChange");
        }

        return new Patch(merges, operations ?? [], target, file.File, entry) { Remembers = true };
    }

    /// <summary>Reads an entry of <c>patchesJson6902</c>.</summary>
    /// <exception cref="KustomizeException">kustomize refuses it.</exception>
    /// <param name="file">The file that it stands in.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="load">Reads a file that it names.</param>
    /// <param name="inlineField">The field that holds the operations.</param>
    public static Patch ReadJson(
        KustomizationReader file, MapNode entry, Func<ScalarNode, string, KustomizeFile> load, string inlineField = "patch")
    {
        var target = file.At(entry, "target") as MapNode;
        if (file.TextAt(target, "name").Length == 0)
            throw file.File.Wrong("must specify the target name", target ?? (Node)entry);
        var inline = file.GoTextAt(entry, inlineField);
        var path = file.At(entry, "path") as ScalarNode;
        if (inline.Text.Length == 0 && path is null)
            throw file.File.Wrong("empty file path and empty jsonOp", entry);
        if (inline.Text.Length > 0 && path is not null)
            throw file.File.Wrong("must specify a file path or jsonOp, not both", entry);
        var patch = path is null ? new KustomizeFile(inline, file.File) : load(path, path.Value);
        if (OperationsOf(patch) is not { } operations)
            throw file.File.Wrong("this is not a list of JSON patch operations", entry);
        if (operations.Count == 0)
            throw file.File.Wrong("patch appears to be empty", entry);
        return new Patch(null, operations, new KustomizeSelector(file, target!), file.File, entry);
    }

    /// <summary>Lays one over resources.</summary>
    /// <exception cref="KustomizeException">It cannot be.</exception>
    public static void Apply(KustomizeResources resources, Patch patch, KustomizeContext context)
    {
        if (patch.Merges is { Count: > 0 } merges)
        {
            if (patch.Target is null)
            {
                foreach (var merge in merges)
                {
                    context.Work(resources.All.Count);
                    if (TargetOf(resources, merge, context) is { } target)
                        Merge(target, merge, context);
                }

                return;
            }

            if (merges.Count > 1)
            {
                throw patch.File.Wrong("Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set "
                    + "`patches.target` field", patch.Place);
            }

            ApplyTo(resources, SelectedBy(patch, resources, context), merges[0], context);
            return;
        }

        if (patch.Target is null)
            throw patch.File.Wrong("must specify a target for JSON patch", patch.Place);
        foreach (var resource in SelectedBy(patch, resources, context))
        {
            if (patch.Remembers)
                resource.Remember();
            // What kustomize remembers stands in annotations, so that a patch finds a map there.
            if (resource.IsMarked)
                resource.Root.GetOrAdd("metadata", KustomizeKind.Map).GetOrAdd("annotations", KustomizeKind.Map);
            var root = KustomizeValues.Node(KustomizeValues.Of(resource.Root, true));
            var copied = 0;
            foreach (var operation in patch.Operations)
                operation.Apply(root, ref copied);
            resource.Root = KustomizeValues.Node(KustomizeValues.Of(root, true));
            resource.SetMap("annotations", resource.Annotations);
        }

        resources.Changed();
    }

    /// <summary>Lays a patch of <c>patchesStrategicMerge</c> over the resource that it names.</summary>
    /// <exception cref="KustomizeException">It cannot be.</exception>
    public static void ApplyMerge(KustomizeResources resources, KustomizeResource patch, KustomizeContext context)
    {
        if (TargetOf(resources, patch, context) is { } target)
            ApplyTo(resources, [target], patch, context);
    }

    /// <summary>A text without white space around it.</summary>
    public static GoText Trim(GoText text)
    {
        var end = text.Text.TrimEnd().Length;
        var start = text.Text.Length - text.Text.TrimStart().Length;
        return start >= end ? GoText.Empty : text.Slice(start, end - start);
    }

    // A component is made for many bases, and need not find all that it could change.
    private static List<KustomizeResource> SelectedBy(Patch patch, KustomizeResources resources, KustomizeContext context)
    {
        var selected = resources.All.FindAll(patch.Target!.Selects);
        if (selected.Count == 0 && !context.HasUnknown && !patch.IsOptional)
        {
            var here = patch.File.Wrong("", patch.Place is MapNode entry && entry["target"] is { } target ? target : patch.Place);
            context.Say($"patch:{here.File!.Path}:{here.Span.Start}", PatchWithoutTarget.Instance,
                "This patch changes nothing: its target selects no resource that is built here.", here.File, here.Span);
        }

        return selected;
    }

    private static string GoQuote(string text) => Syntax.GoTemplate.GoQuoting.Quote(text);

    private static List<JsonPatchOperation>? OperationsOf(KustomizeFile file)
    {
        if (file.Text.Length == 0)
            return null;
        try
        {
            return JsonPatchOperation.ListOf(file.Documents().FirstOrDefault());
        }
        catch (KustomizeException)
        {
            return null;
        }
    }

    private static KustomizeResource? TargetOf(KustomizeResources resources, KustomizeResource patch, KustomizeContext context)
    {
        var id = patch.FirstId;
        var place = patch.Place;
        try
        {
            if (resources.One(id) is { } target)
                return target;
        }
        catch (KustomizeException exception)
        {
            throw exception.At(place?.File, place?.Span ?? default);
        }

        if (context.HasUnknown)
            return null;
        throw new KustomizeException(
            $"no resource matches strategic merge patch \"{id}\": no matches for Id {id}; failed to find unique target for patch {id}",
            place?.File, place?.Span ?? default)
        {
            Summary = $"no resource matches this patch: there is no {id.Type.Kind} '{id.Name}'"
                + (id.Namespace.Length > 0 ? $" in namespace '{id.Namespace}'" : ""),
        };
    }

    private static void ApplyTo(KustomizeResources resources, List<KustomizeResource> selected, KustomizeResource patch,
        KustomizeContext context)
    {
        var wanted = new HashSet<KustomizeId>(selected.Select(resource => resource.Id));
        var left = new List<KustomizeResource>();
        foreach (var resource in resources.All)
        {
            if (wanted.Contains(resource.Id))
            {
                var copy = patch.Copy();
                copy.SetMap("labels", copy.Labels);
                copy.SetMap("annotations", copy.Annotations);
                copy.SetName(patch.Name);
                copy.SetNamespace(patch.Namespace);
                copy.Root.Set("kind", KustomizeNode.Scalar(patch.Kind));
                copy.Root.Set("apiVersion", KustomizeNode.Scalar(resource.ApiVersion));
                Merge(resource, copy, context);
            }

            if (!resource.Root.IsEmpty)
                left.Add(resource);
        }

        resources.Replace([]);
        resources.Add(left);
    }

    private static void Merge(KustomizeResource resource, KustomizeResource patch, KustomizeContext context)
    {
        var (kind, name, space) = (resource.Root.Find("kind"), resource.Root.Find("metadata")?.Find("name"), resource.Namespace);
        var (kindText, nameText) = (kind?.Text ?? GoText.Empty, name?.Text ?? GoText.Empty);
        var spaceText = resource.Root.Find("metadata")?.Find("namespace")?.Text;
        if (patch.MayChangeName || patch.MayChangeKind)
            resource.Remember();
        KustomizeNode? merged;
        try
        {
            merged = KustomizeMerge.Apply(resource.Root, patch.Root, context.Schemas.ShapeOf);
        }
        catch (KustomizeException exception)
        {
            var place = patch.Place;
            throw exception.At(place?.File, place?.Span ?? default);
        }

        if (merged is null || merged.IsEmpty)
        {
            resource.Root = new KustomizeNode { Tag = KustomizeNode.NullTag };
            return;
        }

        resource.Root = merged;
        if (!patch.MayChangeKind)
            resource.Root.Set("kind", KustomizeNode.Scalar(kindText));
        if (!patch.MayChangeName)
            resource.SetName(nameText);
        resource.SetNamespace(space);
        if (spaceText is not null && resource.Root.Find("metadata")?.Find("namespace") is { } written && written.Value == spaceText.Text)
            written.Text = spaceText;
    }
}
