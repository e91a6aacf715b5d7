using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The environments that Argo CD's and Flux's objects name: what they deploy from folders of the repository.</summary>
internal static class DeployedSources
{
    /// <summary>The environments that a manifest names.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="folders">The folders that hold something to build.</param>
    public static IEnumerable<ManifestEnvironment> Of(Manifest manifest, IReadOnlyCollection<string> folders)
    {
        foreach (var slot in manifest.Source.Documents)
        {
            if (slot.Document.Root is not MapNode root || root.TextAt("apiVersion") is not { } version)
                continue;
            var found = root.TextAt("kind") switch
            {
                "Application" when version.StartsWith("argoproj.io/", StringComparison.Ordinal) =>
                    Applications(root["metadata"]?.TextAt("name"), root["spec"], folders),
                "ApplicationSet" when version.StartsWith("argoproj.io/", StringComparison.Ordinal) =>
                    root.At("spec", "generators") is null ? [] : Set(root, folders),
                "Kustomization" when version.StartsWith("kustomize.toolkit.fluxcd.io/", StringComparison.Ordinal) =>
                    Flux(root, root["spec"]?.TextAt("path"), root["spec"]?.TextAt("targetNamespace"), folders),
                "HelmRelease" when version.StartsWith("helm.toolkit.fluxcd.io/", StringComparison.Ordinal) =>
                    Release(root, folders),
                _ => [],
            };
            foreach (var environment in found)
                yield return environment;
        }
    }

    private static IEnumerable<ManifestEnvironment> Applications(string? name, Node? spec, IReadOnlyCollection<string> folders)
    {
        if (name is null || spec is null)
            yield break;
        var sources = spec["source"] is { } only ? [only] : spec.ItemsAt("sources").ToList();
        foreach (var source in sources)
        {
            if (FolderOf(source.TextAt("path"), folders) is not { } folder)
                continue;
            var helm = source["helm"];
            // Values that stand in the object itself, or come from another repository, are not a file that could be read.
            if (helm?["values"] is not null || helm?["valuesObject"] is not null)
                continue;
            yield return new ManifestEnvironment(name, folder)
            {
                Values = [.. (helm?.ItemsAt("valueFiles") ?? []).OfType<ScalarNode>().Select(file => file.Value)
                    .Where(file => file.IndexOf('$') < 0 && file.IndexOf(':') < 0)],
                Set = [.. (helm?.ItemsAt("parameters") ?? []).Where(one => one.TextAt("name") is not null)
                    .Select(one => $"{one.TextAt("name")}={one.TextAt("value")}")],
                Release = helm?.TextAt("releaseName") ?? name,
                Namespace = spec["destination"]?.TextAt("namespace"),
            };
        }
    }

    // Of generators the lists and folders are known without asking anybody; only those whose path is written out are followed.
    private static IEnumerable<ManifestEnvironment> Set(MapNode root, IReadOnlyCollection<string> folders)
    {
        var template = root.At("spec", "template");
        foreach (var elements in (root["spec"]?.ItemsAt("generators") ?? []).Select(generator => generator["list"]).OfType<MapNode>())
        {
            foreach (var element in elements.ItemsAt("elements").OfType<MapNode>())
            {
                string? Fill(string? text)
                {
                    foreach (var entry in text is null ? [] : element.AllEntries)
                    {
                        if (entry.Name is { } key && entry.Value.Resolved is ScalarNode value)
                            text = text!.Replace("{{" + key + "}}", value.Value).Replace("{{ " + key + " }}", value.Value)
                                .Replace("{{." + key + "}}", value.Value).Replace("{{ ." + key + " }}", value.Value);
                    }

                    return text is null || text.Contains("{{", StringComparison.Ordinal) ? null : text;
                }

                var source = template?.At("spec", "source");
                if (Fill(template?["metadata"]?.TextAt("name")) is not { } name || FolderOf(Fill(source?.TextAt("path")), folders)
                    is not { } folder
                    || source?["helm"]?["values"] is not null || source?["helm"]?["valuesObject"] is not null)
                    continue;
                yield return new ManifestEnvironment(name, folder)
                {
                    Values = [.. (source?["helm"]?.ItemsAt("valueFiles") ?? []).OfType<ScalarNode>().Select(file => Fill(file.Value))
                        .OfType<string>()],
                    Release = Fill(source?["helm"]?.TextAt("releaseName")) ?? name,
                    Namespace = Fill(template?.At("spec", "destination")?.TextAt("namespace")),
                };
            }
        }
    }

    private static IEnumerable<ManifestEnvironment> Flux(MapNode root, string? path, string? space, IReadOnlyCollection<string> folders)
    {
        if (root["metadata"]?.TextAt("name") is { } name && FolderOf(path, folders) is { } folder)
            yield return new ManifestEnvironment(name, folder) { Namespace = space };
    }

    private static IEnumerable<ManifestEnvironment> Release(MapNode root, IReadOnlyCollection<string> folders)
    {
        var spec = root["spec"];
        var chart = spec?.At("chart", "spec");
        // A chart of a registry is not here, and values that stand in the object itself are no file.
        if (root["metadata"]?.TextAt("name") is not { } name || spec?["values"] is not null || spec?["valuesFrom"] is not null
            || chart?["sourceRef"]?.TextAt("kind") is not ("GitRepository" or "Bucket") || FolderOf(chart.TextAt("chart"), folders)
                is not { } folder)
            yield break;
        yield return new ManifestEnvironment(name, folder)
        {
            Values = [.. chart.ItemsAt("valuesFiles").OfType<ScalarNode>().Select(file => file.Value)],
            Release = spec?.TextAt("releaseName") ?? name,
            Namespace = spec?.TextAt("targetNamespace") ?? root["metadata"]?.TextAt("namespace"),
        };
    }

    // Only what is here; a path of another repository is most likely not.
    private static string? FolderOf(string? path, IReadOnlyCollection<string> folders) =>
        path is not null && BuildPaths.Clean(path.TrimStart('/')) is var clean && folders.Contains(clean) ? clean : null;
}
