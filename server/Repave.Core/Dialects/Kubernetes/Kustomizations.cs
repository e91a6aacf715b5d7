using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What kustomizations (and skaffold files) among the checked files say of the others: which of them are patches, what is written
/// into them when they are built, which are built together, and which image names are filled in later.</summary>
internal sealed class Kustomizations
{
    private static readonly ConditionalWeakTable<Document, object> Mentioned = new();

    // What kubebuilder's scaffold calls the image that its Makefile sets.
    private const string ScaffoldedImage = "controller";

    private readonly HashSet<string> _patches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);

    // Folders of Chainsaw's tests, whose steps apply parts of objects.
    private readonly HashSet<string> _steps = new(StringComparer.Ordinal);
    private readonly List<Kustomization> _all = [];
    private readonly List<string> _said = [];
    private readonly Dictionary<string, List<Kustomization>> _takers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HashSet<Kustomization>> _builders = new(StringComparer.Ordinal);

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
        Dictionary<string, Manifest>? byPath = null;
        Manifest? Find(string path)
        {
            if (byPath is null)
            {
                byPath = new(StringComparer.Ordinal);
                foreach (var manifest in manifests)
                    byPath[Kustomization.Normal(manifest.Path)] = manifest;
            }

            return byPath.TryGetValue(path, out var one) ? one : null;
        }

        foreach (var manifest in manifests)
        {
            if (manifest.FileName is "chainsaw-test.yaml" or "chainsaw-test.yml")
                found._steps.Add(FolderOf(Kustomization.Normal(manifest.Path)));
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
                    found.Add(manifest, slot.Document.Text, Kustomization.Read(manifest, root, Find), Find);
                else if (apiVersion?.StartsWith("skaffold/", StringComparison.Ordinal) == true)
                    found.ReadSkaffold(manifest, slot.Document.Text, root);
            }
        }

        return found;
    }

    /// <summary>What the builds of a resource still write into it.</summary>
    public BuildRole RoleOf(KubernetesResource resource)
    {
        var role = BuildRole.Whole;
        if (IsPatch(resource))
            role |= IsIdle(resource.Manifest) ? BuildRole.Patch | BuildRole.Idle : BuildRole.Patch;
        foreach (var builder in BuildersOf(resource.Manifest.Path))
        {
            if (builder.WritesSelectors)
                role |= BuildRole.Selectors;
            if ((builder.WritesNamespace || builder.IsComponent) && resource.Is("Namespace", ""))
                role |= BuildRole.Name;
            if (builder.Changes(resource))
                role |= BuildRole.Fields;
        }

        return role;
    }

    // Looked for once in a document: a list's items are many.
    private static bool Mentions(Document document) =>
        (bool)Mentioned.GetValue(document, static one => one.Text.Contains("$patch", StringComparison.Ordinal));

    /// <summary>Whether two sets of kustomizations say the same.</summary>
    public bool SaysTheSame(Kustomizations other) => ReferenceEquals(this, other) || _said.SequenceEqual(other._said);

    /// <summary>Whether an image's name is a placeholder that a tool replaces.</summary>
    public bool IsPlaceholder(string repository) => repository == ScaffoldedImage || _images.Contains(repository);

    /// <summary>Whether a generator in a build that a file goes into makes a ConfigMap or Secret.</summary>
    public bool Generates(string path, string kind, string name)
    {
        if (_all.Count == 0)
            return false;
        var builders = BuildersOf(path);
        // A generator may stand in a part that is built beside the file.
        return _all.Any(k => k.Generates(kind, name) && (builders.Contains(k) || BuildersOf(k.Folder).Overlaps(builders)));
    }

    /// <summary>Whether files go into one build: yes, no, or null where one goes into none.</summary>
    public bool? AreTogether(string path, string other)
    {
        if (_all.Count == 0)
            return null;
        var builders = BuildersOf(path);
        var others = BuildersOf(other);
        return builders.Count == 0 || others.Count == 0 ? null : builders.Overlaps(others);
    }

    /// <summary>Whether a resource is a patch: its file is laid over others, or it says how it is laid over another.</summary>
    public bool IsPatch(KubernetesResource resource) =>
        IsPatch(resource.Manifest)
            || (Mentions(resource.Slot.Document) && resource.Root.Find("$patch") is not null);

    private bool IsPatch(Manifest manifest)
    {
        var path = Kustomization.Normal(manifest.Path);
        return _patches.Contains(path) || _steps.Contains(FolderOf(path)) || IsCalledPatch(manifest);
    }

    // Scaffolds keep patches in a folder and leave it to people to take them in; a kustomization that was read and takes none of them in
    // says that they are not used.
    private bool IsIdle(Manifest manifest)
    {
        var path = Kustomization.Normal(manifest.Path);
        if (_patches.Contains(path) || !IsCalledPatch(manifest))
            return false;
        var folder = FolderOf(path);
        var above = FolderOf(folder);
        return _all.Exists(one => one.Folder == folder || one.Folder == above);
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash && slash > 0 ? path.Substring(0, slash) : "";

    // The kustomization may stand outside the checked files.
    private bool IsCalledPatch(Manifest manifest) =>
        (manifest.FileName.IndexOf("patch", StringComparison.OrdinalIgnoreCase) >= 0
            || manifest.Path.Split('/').Reverse().Skip(1).Take(2).Any(folder => folder is "patches" or "patch"))
            && !_takers.ContainsKey(Kustomization.Normal(manifest.Path));

    // The kustomizations that take a file or folder, and those that take these, and so on.
    private HashSet<Kustomization> BuildersOf(string path) => _builders.GetOrAdd(Kustomization.Normal(path), one =>
    {
        var found = new HashSet<Kustomization>();
        var open = new Stack<string>([one]);
        while (open.Count > 0)
        {
            if (!_takers.TryGetValue(open.Pop(), out var takers))
                continue;
            foreach (var taker in takers)
            {
                if (found.Add(taker))
                    open.Push(taker.Folder);
            }
        }

        return found;
    });

    private void Add(Manifest manifest, string text, Kustomization one, Func<string, Manifest?> find)
    {
        _all.Add(one);
        _said.Add(manifest.Path);
        _said.Add(text);
        _images.UnionWith(one.Images);
        _patches.UnionWith(one.Patches);
        // What a patch without a target changes stands in the patch.
        _said.AddRange(one.Patches.Select(p => find(p)?.Source.Text.Content ?? ""));
        foreach (var taken in one.Takes)
        {
            if (!_takers.TryGetValue(taken, out var takers))
                _takers[taken] = takers = [];
            takers.Add(one);
        }
    }

    private void ReadSkaffold(Manifest manifest, string text, MapNode root)
    {
        _said.Add(manifest.Path);
        _said.Add(text);
        foreach (var part in root.ItemsAt("profiles").OfType<MapNode>().Prepend(root))
        {
            foreach (var image in part["build"]?.ItemsAt("artifacts") ?? [])
            {
                if (image.TextAt("image") is { } name)
                    _images.Add(name);
            }
        }
    }
}
