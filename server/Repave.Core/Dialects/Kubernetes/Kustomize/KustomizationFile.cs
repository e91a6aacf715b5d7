using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A kustomization, whose fields are known to be what kustomize expects.</summary>
internal sealed class KustomizationFile : KustomizationReader
{
    private readonly Dictionary<string, Node> _members = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">The folder that it stands in.</param>
    /// <exception cref="KustomizeException">kustomize refuses it.</exception>
    public KustomizationFile(KustomizeFile file, string folder)
        : base(file)
    {
        Folder = folder;
        var slot = file.Manifest.Source.Documents.FirstOrDefault();
        if (slot.Document?.Issues.FirstOrDefault(i => i.Kind is SyntaxIssueKind.Syntax or SyntaxIssueKind.Bound) is { } issue)
        {
            var line = (file.Manifest.Source.Text.PositionOf(issue.Span.Start + slot.Start).Line + 1).ToString(
                System.Globalization.CultureInfo.InvariantCulture);
            throw new KustomizeException($"invalid Kustomization: error converting YAML to JSON: yaml: line {line}: {issue.Message}",
                file.Manifest, issue.Span.Shift(slot.Start))
            { Summary = issue.Message };
        }

        if (file.Root is MapNode root)
        {
            KustomizationStructure.Check(file, root, "Kustomization");
            foreach (var entry in root.AllEntries)
            {
                if (entry.Name is { } name && entry.Value.Resolved is { } value && value is not ScalarNode { IsNull: true })
                    _members[name] = value;
            }
        }
        else if (file.Root is { } other and not ScalarNode { IsNull: true })
        {
            throw file.Wrong("invalid Kustomization: json: cannot unmarshal into Go value of type types.Kustomization", other);
        }

        if (!_members.Any(m => !m.Key.Equals("kind", StringComparison.OrdinalIgnoreCase)
            && !m.Key.Equals("apiVersion", StringComparison.OrdinalIgnoreCase) && m.Value is not ScalarNode { Value.Length: 0 }))
            throw new KustomizeException("kustomization.yaml is empty", file.Manifest, default);
        Enforce();
    }

    public string Folder { get; }

    /// <summary>What it is called in its folder.</summary>
    public string FileName => File.Path.Substring(File.Path.LastIndexOf('/') + 1);

    public bool IsComponent => Text("kind") == "Component";

    public Node? this[string member] => _members.TryGetValue(member, out var node) ? node : null;

    public string Text(string member) => this[member] is ScalarNode scalar ? scalar.Value : "";

    public MapNode? Map(string member) => this[member] as MapNode;

    public IEnumerable<ScalarNode> Texts(string member) => TextsIn(this[member]);

    public IEnumerable<MapNode> Items(string member) => this[member] is ListNode list ? list.ResolvedItems.OfType<MapNode>() : [];

    private void Enforce()
    {
        var kind = Text("kind") is { Length: > 0 } said ? said : "Kustomization";
        var wrong = new List<string>();
        if (kind is not ("Kustomization" or "Component"))
            wrong.Add("kind should be Kustomization or Component");
        var wanted = kind == "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
        if (Text("apiVersion") is { Length: > 0 } version && version != wanted)
            wrong.Add($"apiVersion for {kind} should be {wanted}");
        if (wrong.Count > 0)
        {
            throw File.Wrong($"Failed to read kustomization file under {Folder}:\n" + string.Join("\n", wrong),
                wrong[0].StartsWith("kind", StringComparison.Ordinal) ? this["kind"] : this["apiVersion"]);
        }
    }
}
