using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What one kustomization says of the files that it names.</summary>
internal sealed class Kustomization
{
    private static readonly string[] Generators = ["configMapGenerator", "secretGenerator"];

    private readonly HashSet<(string Kind, string Name)> _generated = [];
    private readonly List<(PatchName? Kind, PatchName? Name)> _patched = [];

    private Kustomization(string folder) => Folder = folder;

    /// <summary>The folder that it stands in, normalised.</summary>
    public string Folder { get; }

    /// <summary>The files and folders that it takes resources and components from, normalised.</summary>
    public IReadOnlyList<string> Takes { get; private set; } = [];

    /// <summary>The files that it lays over resources, normalised.</summary>
    public IReadOnlyList<string> Patches { get; private set; } = [];

    /// <summary>The names of images that it writes.</summary>
    public IReadOnlyList<string> Images { get; private set; } = [];

    /// <summary>Whether it writes labels into selectors and templates.</summary>
    public bool WritesSelectors { get; private set; }

    /// <summary>Whether it writes namespaces, and so names of Namespaces.</summary>
    public bool WritesNamespace { get; private set; }

    /// <summary>Whether it is a part that others put in, so that what they say counts too.</summary>
    public bool IsComponent { get; private set; }

    /// <summary>Whether a generator of it makes a ConfigMap or Secret of a name.</summary>
    public bool Generates(string kind, string name) => _generated.Contains((kind, name));

    /// <summary>Whether it lays a patch over a resource.</summary>
    public bool Changes(KubernetesResource resource) =>
        _patched.Any(p => (p.Kind is null || p.Kind.Value.Means(resource.Kind)) && (p.Name is null || p.Name.Value.Means(resource.Id.Name)));

    /// <summary>Reads one.</summary>
    /// <param name="manifest">Its file.</param>
    /// <param name="root">Its root.</param>
    /// <param name="find">Finds a checked file by its normalised path.</param>
    public static Kustomization Read(Manifest manifest, MapNode root, Func<string, Manifest?> find)
    {
        var at = manifest.Path.Substring(0, manifest.Path.Length - manifest.FileName.Length);
        var read = new Kustomization(Normal(at));
        string Place(string path) => Normal(at + path);
        read.Takes = [.. Texts(root, "resources").Concat(Texts(root, "bases")).Concat(Texts(root, "components")).Select(Place)];
        read.Images = [.. root.ItemsAt("images").Select(i => i.TextAt("name")).OfType<string>()];
        read.IsComponent = root.TextAt("kind") == "Component";
        read.WritesNamespace = root.TextAt("namespace") is not null;
        read.WritesSelectors = root["commonLabels"] is MapNode { AllEntries.Count: > 0 }
            || root.ItemsAt("labels").Any(l => l.TextAt("includeSelectors") == "true" || l.TextAt("includeTemplates") == "true");
        foreach (var generator in Generators)
        {
            foreach (var name in root.ItemsAt(generator).Select(g => g.TextAt("name")).OfType<string>())
                read._generated.Add((generator == "configMapGenerator" ? "ConfigMap" : "Secret", name));
        }

        read.ReadPatches(root, Place, find);
        return read;
    }

    /// <summary>A path without dots and empty parts.</summary>
    public static string Normal(string path)
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

    private void ReadPatches(MapNode root, Func<string, string> place, Func<string, Manifest?> find)
    {
        var files = new List<string>();
        foreach (var patch in root.ItemsAt("patches").Concat(root.ItemsAt("patchesJson6902")))
        {
            var file = patch.TextAt("path") is { } path && !path.Contains('\n') ? place(path) : null;
            if (file is not null)
                files.Add(file);
            if (patch["target"] is MapNode target)
                _patched.Add((PatchName.Of(target.TextAt("kind")), PatchName.Of(target.TextAt("name"))));
            else if (patch.TextAt("patch") is { } text)
                ReadTargets(Manifest.Parse("patch.yaml", text));
            else if (file is not null)
                ReadTargets(find(file));
        }

        foreach (var patch in Texts(root, "patchesStrategicMerge"))
        {
            var file = patch.Contains('\n') ? null : place(patch);
            if (file is not null)
                files.Add(file);
            ReadTargets(file is null ? Manifest.Parse("patch.yaml", patch) : find(file));
        }

        Patches = files;
    }

    // A patch without a target names what it changes in its own head. What a patch that is not there changes could be anything.
    private void ReadTargets(Manifest? manifest)
    {
        if (manifest is null)
            _patched.Add((null, null));
        foreach (var slot in manifest?.Source.Documents ?? [])
        {
            if (slot.Document.Root is MapNode root && root.TextAt("kind") is { } kind)
                _patched.Add((new PatchName(kind, null), root["metadata"]?.TextAt("name") is { } name ? new PatchName(name, null) : null));
        }
    }

    private static IEnumerable<string> Texts(MapNode root, string list) => root.ItemsAt(list).OfType<ScalarNode>().Select(s => s.Value);

    /// <summary>A name as a patch's target says it: a text, or a pattern that must fit the whole name.</summary>
    private readonly record struct PatchName(string Text, Text.BoundedRegex? Pattern)
    {
        public static PatchName? Of(string? text) => text is null ? null
            : new PatchName(text, Core.Text.BoundedRegex.TryCreate($"^(?:{text})$"));

        public bool Means(string name) => name == Text || Pattern?.Matches(name) == true;
    }
}
