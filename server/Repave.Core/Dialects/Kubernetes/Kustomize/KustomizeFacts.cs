using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What kustomize knows: <c>schemas/kubernetes/kustomize.facts</c>, whose head explains its form.</summary>
internal sealed class KustomizeFacts
{
    private static readonly Lazy<KustomizeFacts> Lazy = new(() => new KustomizeFacts(
        EmbeddedPacks.Text(KubernetesDialect.DialectName, "kustomize.facts")));

    private readonly HashSet<(string ApiVersion, string Kind)> _cluster = [];
    private readonly Dictionary<(string ApiVersion, string Kind), KustomizeShape> _types = [];
    private readonly Dictionary<string, Dictionary<string, string>> _structures = new(StringComparer.Ordinal);

    private KustomizeFacts(string text)
    {
        var lists = new Dictionary<string, List<KustomizeSpec>>(StringComparer.Ordinal);
        var references = new List<(KustomizeKindName Type, List<KustomizeSpec> Fields)>();
        var shapes = new Dictionary<string, KustomizeShape>(StringComparer.Ordinal);
        var members = new List<(string Structure, string Name, string Type)>();
        Dictionary<string, KustomizeShape.Field> fields = [];
        var structure = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var parts = line.Split(' ');
            switch (parts[0])
            {
                case "spec":
                    var spec = new KustomizeSpec(TypeOf(parts, 2), parts[6], parts[5] == "create");
                    if (parts[1] == "nameReference")
                        references[references.Count - 1].Fields.Add(spec);
                    else if (lists.TryGetValue(parts[1], out var list))
                        list.Add(spec);
                    else
                        lists[parts[1]] = [spec];
                    break;
                case "target":
                    // A kind may stand there twice, which counts as one.
                    references.Add((TypeOf(parts, 1), []));
                    break;
                case "scope" when parts[3] == "cluster":
                    _cluster.Add((parts[1], parts[2]));
                    break;
                case "type":
                    _types[(parts[1], parts[2])] = Shape(parts[3]);
                    break;
                case "shape":
                    Shape(parts[1]).Fields = fields = new(StringComparer.Ordinal);
                    break;
                case "field":
                    fields[parts[1]] = new(parts[2] == "-" ? null : Shape(parts[2]), parts[3] != "-", parts[3] == "merge",
                        parts[4] == "-" ? [] : parts[4].Split(','));
                    break;
                case "struct":
                    structure = parts[1];
                    break;
                case "member":
                    members.Add((structure, parts[1], parts[2]));
                    break;
            }
        }

        Specs = KustomizeSpecs.Of(lists, references);
        foreach (var group in members.GroupBy(m => m.Structure, StringComparer.Ordinal))
        {
            var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            Collect(group.Key, all, 0);
            _structures[group.Key] = all;
        }

        KustomizeShape Shape(string name)
        {
            if (name == "-")
                return KustomizeShape.Plain;
            if (!shapes.TryGetValue(name, out var shape))
                shapes[name] = shape = new KustomizeShape();
            return shape;
        }

        void Collect(string name, Dictionary<string, string> into, int depth)
        {
            foreach (var member in members.Where(m => m.Structure == name))
            {
                if (member.Name != "+")
                    into[member.Name] = member.Type;
                else if (depth < 8)
                    Collect(member.Type, into, depth + 1);
            }
        }
    }

    public static KustomizeFacts Instance => Lazy.Value;

    /// <summary>The fields that transformers write unless something else is configured.</summary>
    public KustomizeSpecs Specs { get; }

    /// <summary>Whether a kind is known to have no namespace.</summary>
    public bool IsCluster(KustomizeKindName type) => _cluster.Contains((type.ApiVersion, type.Kind));

    /// <summary>How patches merge a kind; null where it is not known.</summary>
    public KustomizeShape? ShapeOf(string apiVersion, string kind) => _types.TryGetValue((apiVersion, kind), out var shape) ? shape : null;

    /// <summary>The fields of a structure in kustomizations with their types in Go; null where there is no such structure.</summary>
    public IReadOnlyDictionary<string, string>? Members(string structure) =>
        _structures.TryGetValue(structure, out var members) ? members : null;

    /// <summary>The structure that a type holds, in whatever lists and pointers.</summary>
    public static string Named(string type)
    {
        while (type.StartsWith("[]", StringComparison.Ordinal) || type.StartsWith('*'))
            type = type.Substring(type[0] == '*' ? 1 : 2);
        return type;
    }

    private static KustomizeKindName TypeOf(string[] parts, int at) => new(Or(parts[at]), Or(parts[at + 1]), Or(parts[at + 2]));

    private static string Or(string part) => part == "-" ? "" : part;
}
