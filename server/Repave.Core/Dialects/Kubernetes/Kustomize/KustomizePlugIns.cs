using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>kustomize's own transformers where files configure them (<c>apiVersion: builtin</c>).</summary>
internal static class KustomizePlugIns
{
    /// <summary>Those that are known here.</summary>
    public static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "ConfigMapGenerator", "SecretGenerator", "AnnotationsTransformer", "ImageTagTransformer", "LabelTransformer",
            "NamespaceTransformer",
        "PatchJson6902Transformer", "PatchStrategicMergeTransformer", "PatchTransformer", "PrefixTransformer", "SuffixTransformer",
        "ReplacementTransformer", "ReplicaCountTransformer",
    };

    /// <summary>Applies one.</summary>
    /// <exception cref="KustomizeException">It cannot be applied.</exception>
    public static void Transform(KustomizeResources resources, KustomizationReader file, MapNode map, string kind, KustomizeContext context,
        Func<ScalarNode, string, KustomizeFile> load)
    {
        IReadOnlyList<KustomizeSpec> specs = [.. (file.At(map, "fieldSpecs") as ListNode)?.ResolvedItems.OfType<MapNode>()
            .Select(KustomizeSpecs.SpecOf) ?? []];
        switch (kind)
        {
            case "PrefixTransformer" or "SuffixTransformer":
                if (file.At(map, "fieldSpecs") is null)
                    throw file.File.Wrong("fieldSpecs is not expected to be nil", map);
                var isPrefix = kind[0] == 'P';
                KustomizeTransformers.Affix(resources, file.GoTextAt(map, isPrefix ? "prefix" : "suffix"), isPrefix, specs);
                break;
            case "LabelTransformer" or "AnnotationsTransformer":
                KustomizeTransformers.SetPairs(resources, file.PairsOf(file.At(map, kind[0] == 'L' ? "labels" : "annotations")), specs);
                break;
            case "NamespaceTransformer":
                SetNamespace(resources, file, map, specs);
                break;
            case "ImageTagTransformer" when file.At(map, "imageTag") is MapNode image:
                KustomizeTransformers.SetImage(resources, file, image, specs);
                break;
            case "ReplicaCountTransformer" when file.At(map, "replica") is MapNode replica:
                var count = file.At(replica, "count") is ScalarNode said ? file.File.TextOf(said) : new GoText("0");
                if (!KustomizeTransformers.SetReplicas(resources, file.TextAt(replica, "name"), count, specs) && !context.HasUnknown)
                    throw file.File.Wrong($"resource with name {file.TextAt(replica, "name")} does not match a config", replica);
                break;
            case "PatchTransformer":
                KustomizePatches.Apply(resources, KustomizePatches.Read(file, map, load), context);
                break;
            case "PatchJson6902Transformer":
                KustomizePatches.Apply(resources, KustomizePatches.ReadJson(file, map, load, "jsonOp"), context);
                break;
            case "PatchStrategicMergeTransformer":
                foreach (var patch in MergesOf(file, map, load))
                    KustomizePatches.ApplyMerge(resources, patch, context);
                break;
            case "ReplacementTransformer":
                foreach (var one in (file.At(map, "replacements") as ListNode)?.ResolvedItems.OfType<MapNode>() ?? [])
                    KustomizeReplacements.Apply(resources, file, one, context);
                break;
        }
    }

    private static void SetNamespace(KustomizeResources resources, KustomizationReader file, MapNode map,
        IReadOnlyList<KustomizeSpec> specs)
    {
        var name = file.GoTextAt(file.At(map, "metadata") as MapNode, "namespace");
        if (name.Text.Length == 0)
            return;
        var subjects = file.TextAt(map, "setRoleBindingSubjects") is { Length: > 0 } said ? said : "defaultOnly";
        if (subjects is not ("defaultOnly" or "allServiceAccounts" or "none"))
        {
            throw file.File.Wrong($"invalid value \"{subjects}\" for setRoleBindingSubjects: must be one of \"defaultOnly\", \"none\" or "
                + "\"allServiceAccounts\"", file.At(map, "setRoleBindingSubjects"));
        }

        KustomizeTransformers.SetNamespace(resources, name, specs, subjects, file.IsTrueAt(map, "unsetOnly"));
    }

    private static IEnumerable<KustomizeResource> MergesOf(
        KustomizationReader file, MapNode map, Func<ScalarNode, string, KustomizeFile> load)
    {
        foreach (var path in file.TextsAt(map, "paths"))
        {
            foreach (var patch in KustomizeReader.Read(load(path, path.Value)))
                yield return patch;
        }

        if (file.GoTextAt(map, "patches") is { Text.Length: > 0 } inline)
        {
            foreach (var patch in KustomizeReader.Read(new KustomizeFile(inline, file.File)))
                yield return patch;
        }
    }
}
