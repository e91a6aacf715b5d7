using System.Runtime.CompilerServices;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What kustomizations (and skaffold files) among the checked files say of the others: which of them are patches, and which image
/// names are filled in later.</summary>
internal sealed class Kustomizations
{
    private static readonly ConditionalWeakTable<Document, object> Mentioned = new();

    private readonly HashSet<string> _patches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);

    private Kustomizations()
    {
    }

    /// <summary>Whether a document is a kustomization.</summary>
    public static bool Is(Manifest manifest, string? apiVersion) =>
        apiVersion?.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) == true
        || IsNamed(manifest.Path);

    /// <summary>Whether a path has the name of a kustomization.</summary>
    public static bool IsNamed(string path) =>
        path.EndsWith("kustomization.yaml", StringComparison.Ordinal) || path.EndsWith("kustomization.yml", StringComparison.Ordinal)
            || path.EndsWith("Kustomization", StringComparison.Ordinal);

    /// <summary>Reads the kustomizations among files.</summary>
    public static Kustomizations Read(IReadOnlyList<Manifest> manifests)
    {
        var found = new Kustomizations();
        foreach (var manifest in manifests)
        {
            foreach (var slot in manifest.Source.Documents)
            {
                // Most files are none, and their trees may have been forgotten.
                if (!IsNamed(manifest.Path) && !slot.Document.Text.Contains("kustomize.config.k8s.io/", StringComparison.Ordinal)
                    && !slot.Document.Text.Contains("skaffold/", StringComparison.Ordinal))
                    continue;
                if (slot.Document.Root is not MapNode root)
                    continue;
                var apiVersion = root.TextAt("apiVersion");
                if (Is(manifest, apiVersion))
                    found.ReadKustomization(manifest, root);
                else if (apiVersion?.StartsWith("skaffold/", StringComparison.Ordinal) == true)
                    found.ReadImages(root["build"]?.ItemsAt("artifacts"), "image");
            }
        }

        return found;
    }

    /// <summary>Whether a file holds patches: parts of resources that a kustomization lays over whole ones.</summary>
    public bool IsPatch(Manifest manifest) =>
        _patches.Contains(Normal(manifest.Path))
        // The kustomization may stand outside the checked files.
        || manifest.FileName.IndexOf("patch", StringComparison.OrdinalIgnoreCase) >= 0
        || manifest.Path.Split('/').Reverse().Skip(1).Take(2).Any(folder => folder is "patches" or "patch");

    /// <summary>Whether a resource is a patch: its file holds patches, or it says how it is laid over another.</summary>
    public bool IsPatch(KubernetesResource resource) =>
        IsPatch(resource.Manifest) || (Mentions(resource.Slot.Document) && resource.Root.Find("$patch") is not null);

    // Looked for once in a document: a list's items are many.
    private static bool Mentions(Document document) =>
        (bool)Mentioned.GetValue(document, static one => one.Text.Contains("$patch", StringComparison.Ordinal));

    /// <summary>Whether the same images' names are placeholders.</summary>
    public bool HasImagesOf(Kustomizations other) => _images.SetEquals(other._images);

    /// <summary>Whether an image's name is a placeholder that a tool replaces.</summary>
    public bool IsPlaceholder(string repository) => _images.Contains(repository);

    private void ReadKustomization(Manifest manifest, MapNode root)
    {
        var folder = manifest.Path.Substring(0, manifest.Path.Length - manifest.FileName.Length);
        foreach (var list in (string[])["patches", "patchesJson6902"])
        {
            foreach (var patch in root.ItemsAt(list))
                AddPatch(folder, patch.TextAt("path"));
        }

        foreach (var patch in root.ItemsAt("patchesStrategicMerge").OfType<ScalarNode>())
            AddPatch(folder, patch.Value);
        ReadImages(root.ItemsAt("images"), "name");
    }

    private void ReadImages(IEnumerable<Node>? items, string field)
    {
        foreach (var image in items ?? [])
        {
            if (image.TextAt(field) is { } name)
                _images.Add(name);
        }
    }

    private void AddPatch(string folder, string? path)
    {
        if (path is not null && !path.Contains('\n'))
            _patches.Add(Normal(folder + path));
    }

    private static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "." or "")
                continue;
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join("/", parts);
    }
}
