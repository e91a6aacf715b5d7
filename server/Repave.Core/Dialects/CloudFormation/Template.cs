using System.Runtime.CompilerServices;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A template: its sections and what they name. Read once for a document's tree.</summary>
internal sealed class Template
{
    private static readonly ConditionalWeakTable<Node, Template> Known = new();

    private readonly Lazy<IReadOnlyList<TemplateReference>> _references;
    private readonly Lazy<ConditionLogic> _logic;
    private readonly Lazy<HashSet<string>> _repeated;
    private readonly Lazy<string?> _surroundings;
    private readonly Lazy<HashSet<string>> _usedNames;
    private readonly Dictionary<int, string?> _keys = [];

    private Template(MapNode root, Document document, IReadOnlyDictionary<string, string>? given, bool writesOut)
    {
        Root = root;
        Document = document;
        Parameters = SectionOf("Parameters", null);
        Mappings = SectionOf("Mappings", null);
        var loops = writesOut && TemplateLoops.MayBeIn(document.Text) ? LoopsOf(given) : null;
        Conditions = SectionOf("Conditions", loops);
        Resources = SectionOf("Resources", loops);
        Outputs = SectionOf("Outputs", loops);
        Rules = SectionOf("Rules", null);
        Transforms = [.. root["Transform"] switch
        {
            ListNode list => list.ResolvedItems.Select(TransformOf),
            { } one => [TransformOf(one)],
            _ => [],
        }];
        HasLoops = loops is not null;
        HasOpenLoops = loops?.AnyOpen == true;
        _references = new(() => [.. AllReferences()]);
        _usedNames = new(AllUsedNames);
        _logic = new(() => new ConditionLogic(this));
        _repeated = new(FindRepeated);
        _surroundings = new(() => ResourceMemory.SurroundingsOf(this));
    }

    private Template(Template written, IReadOnlyDictionary<string, MapEntry> resources, IReadOnlyDictionary<string, MapEntry> outputs)
    {
        (Root, Document, Parameters, Mappings) = (written.Root, written.Document, written.Parameters, written.Mappings);
        (Conditions, Rules, Transforms) = (written.Conditions, written.Rules, written.Transforms);
        (HasLoops, HasOpenLoops) = (written.HasLoops, written.HasOpenLoops);
        (Resources, Outputs) = (resources, outputs);
        _references = new(() => [.. AllReferences()]);
        _usedNames = new(AllUsedNames);
        _logic = new(() => new ConditionLogic(this));
        _repeated = new(FindRepeated);
        // What a transform made stands nowhere in the text.
        _surroundings = new(() => null);
    }

    /// <summary>The pseudo parameters.</summary>
    public static IReadOnlyList<string> PseudoParameters { get; } =
        ["AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId",
            "AWS::StackName", "AWS::URLSuffix"];

    /// <summary>Its root.</summary>
    public MapNode Root { get; }

    /// <summary>The document that it is.</summary>
    public Document Document { get; }

    public IReadOnlyDictionary<string, MapEntry> Parameters { get; }

    public IReadOnlyDictionary<string, MapEntry> Mappings { get; }

    public IReadOnlyDictionary<string, MapEntry> Conditions { get; }

    public IReadOnlyDictionary<string, MapEntry> Resources { get; }

    public IReadOnlyDictionary<string, MapEntry> Outputs { get; }

    public IReadOnlyDictionary<string, MapEntry> Rules { get; }

    /// <summary>The macros that rewrite it before it is deployed.</summary>
    public IReadOnlyList<string> Transforms { get; }

    /// <summary>Whether anything is made in loops.</summary>
    public bool HasLoops { get; }

    /// <summary>Whether loops could not be written out, so that not all names are known.</summary>
    public bool HasOpenLoops { get; }

    /// <summary>Whether it does not say that it is a whole template: tools put such together, and hand resources to them
    /// as parameters.</summary>
    public bool IsFragment => !Root.Has("AWSTemplateFormatVersion");

    /// <summary>Whether the Serverless Framework puts it into a template of its own: its variables say so, which CloudFormation has not.
    /// What it refers to may stand in another file.</summary>
    public bool IsOfServerlessFramework =>
        IsFragment && FrameworkVariables.Any(v => Document.Text.IndexOf(v, StringComparison.Ordinal) >= 0);

    private static readonly string[] FrameworkVariables = ["${self:", "${opt:", "${sls:", "${file(", "${param:"];

    /// <summary>Whether it is written for the Serverless Application Model.</summary>
    public bool IsServerless => Transforms.Any(t => t.StartsWith("AWS::Serverless", StringComparison.Ordinal));

    /// <summary>The transforms of AWS that rewrite little.</summary>
    public static IReadOnlyList<string> KnownTransforms { get; } =
    [
        "AWS::LanguageExtensions", "AWS::Include", "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16",
        "AWS::CodeDeployBlueGreen", "AWS::ServiceCatalog",
    ];

    /// <summary>Whether somebody's own macro rewrites it, so that little of it means what it seems to.</summary>
    public bool HasMacros =>
        Transforms.Any(t => t.Length > 0 && !t.StartsWith("AWS::Serverless", StringComparison.Ordinal)
            && !KnownTransforms.Contains(t));

    /// <summary>Everything that it names, in the order of its sections.</summary>
    public IReadOnlyList<TemplateReference> References => _references.Value;

    /// <summary>The template that a document is.</summary>
    public static Template Of(Document document)
    {
        var root = (MapNode)document.Root!;
        return Known.GetValue(root, _ => new Template(root, document, null, writesOut: true));
    }

    /// <summary>The template that a document is, with what its loops make of the parameters that a stack was given.</summary>
    public static Template Of(Document document, IReadOnlyDictionary<string, string> given) =>
        given.Count == 0 || !TemplateLoops.MayBeIn(document.Text) ? Of(document)
            : new Template((MapNode)document.Root!, document, given, writesOut: true);

    /// <summary>The template with other resources and outputs, which transforms made of its own.</summary>
    public Template With(IReadOnlyDictionary<string, MapEntry> resources, IReadOnlyDictionary<string, MapEntry> outputs) =>
        new(this, resources, outputs);

    /// <summary>Whether a resource is another one of a loop that made one before it, of the same text.</summary>
    public bool IsRepeated(string logicalId) =>
        HasLoops && _repeated.Value.Contains(logicalId);

    /// <summary>What identifies what is true of a resource by itself: its text, and what else of the template has a say
    /// (<see cref="ResourceMemory"/>). Null where more has.</summary>
    public string? KeyOf(MapEntry resource)
    {
        if (_surroundings.Value is not { } surroundings)
            return null;
        lock (_keys)
        {
            if (!_keys.TryGetValue(resource.Key.Span.Start, out var key))
            {
                var (start, end) = (resource.Span.Start, resource.Span.End);
                key = start < 0 || end > Document.Text.Length || end <= start ? null
                    : ResourceMemory.HashOf(surroundings + Document.Text.Substring(start, end - start));
                _keys[resource.Key.Span.Start] = key;
            }

            return key;
        }
    }

    /// <summary>What it names, where a check of each reference by itself may find something: resources in which it found nothing
    /// before are left out.</summary>
    public IEnumerable<TemplateReference> ReferencesToCheck(string what, Repave.Core.Rules.FindingSink sink) =>
        ReferencesOutsideResources().Concat(ResourceMemory.ToCheck(this, Resources.Values, what, sink).SelectMany(r =>
            r.Value.Resolved is MapNode mapping ? ReferencesOf(mapping) : []));

    /// <summary>The names of everything that it names.</summary>
    public IReadOnlyCollection<string> UsedNames => _usedNames.Value;

    /// <summary>The names of resources that a resource waits for.</summary>
    public IReadOnlyList<string> WaitsFor(MapEntry resource) =>
        ResourceMemory.Of(this, resource, "waits for", e => (IReadOnlyList<string>)(e.Value.Resolved is MapNode mapping
            ? [.. ReferencesOf(mapping).Where(u => u.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt or ReferenceKind.DependsOn
                && Resources.ContainsKey(u.Name)).Select(u => u.Name).Distinct()]
            : []));

    /// <summary>What its conditions allow together.</summary>
    public ConditionLogic Logic => _logic.Value;

    /// <summary>The resource and the attribute that <c>Fn::GetAtt</c> names, where both are written out.</summary>
    public (string Resource, string Attribute)? GetAttOf(Intrinsic function)
    {
        if (function is { Text: { } text } && text.IndexOf('.') is var dot and > 0)
            return (text.Substring(0, dot), text.Substring(dot + 1));
        return function.Items is [ScalarNode { Tag: null } name, ..] items && items.Count > 1
            && items.All(i => i is ScalarNode { Tag: null })
            ? (name.Value, string.Join(".", items.Skip(1).Cast<ScalarNode>().Select(i => i.Value))) : null;
    }

    /// <summary>The conditions that a condition is made of.</summary>
    public List<string> ConditionsIn(Node condition) =>
        [.. ConditionReferences(condition).Where(r => r.Kind == ReferenceKind.Condition).Select(r => r.Name)];

    /// <summary>A resource's type; empty if it has none.</summary>
    public string TypeOf(string logicalId) =>
        Resources.TryGetValue(logicalId, out var entry) ? entry.Value.Resolved?.TextAt("Type") ?? "" : "";

    /// <summary>What a resource names.</summary>
    public IEnumerable<TemplateReference> ReferencesOf(MapNode resource)
    {
        foreach (var entry in resource.AllEntries)
        {
            switch (entry.Name)
            {
                case "DependsOn":
                    var names = entry.Value.Resolved is ListNode list ? list.ResolvedItems : entry.Value.Resolved is { } one ? [one] : [];
                    foreach (var name in names.OfType<ScalarNode>())
                        yield return new TemplateReference(ReferenceKind.DependsOn, name.Value, null, name,
                            Shapes.ShapeValidator.Underline(name));
                    break;
                case "Condition" when entry.Value.Resolved is ScalarNode condition:
                    yield return new TemplateReference(ReferenceKind.Condition, condition.Value, null, condition,
                        Shapes.ShapeValidator.Underline(condition));
                    break;
                case "Type":
                    break;
                default:
                    foreach (var reference in TemplateReference.In(entry.Value, Document.Text))
                        yield return reference;
                    break;
            }
        }
    }

    /// <summary>What it names elsewhere than in its resources.</summary>
    public IEnumerable<TemplateReference> ReferencesOutsideResources()
    {
        foreach (var condition in Conditions.Values)
        {
            foreach (var reference in ConditionReferences(condition.Value))
                yield return reference;
        }

        foreach (var rule in Rules.Values)
        {
            foreach (var reference in TemplateReference.In(rule.Value, Document.Text))
                yield return reference;
        }

        if (HasLoops)
        {
            var (collections, variables) = (new List<Node>(), new HashSet<string>(StringComparer.Ordinal));
            TemplateLoops.Find(Root, collections, variables);
            foreach (var reference in collections.SelectMany(c => TemplateReference.In(c, Document.Text)))
            {
                if (!variables.Contains(reference.Name))
                    yield return reference;
            }
        }

        foreach (var output in Outputs.Values)
        {
            if (output.Value.Resolved is not MapNode mapping)
                continue;
            foreach (var reference in ReferencesOf(mapping))
                yield return reference;
        }
    }

    private IEnumerable<TemplateReference> AllReferences() =>
        ReferencesOutsideResources().Concat(Resources.Values.SelectMany(r =>
            r.Value.Resolved is MapNode mapping ? ReferencesOf(mapping) : []));

    private HashSet<string> AllUsedNames()
    {
        var names = new HashSet<string>(ReferencesOutsideResources().Select(r => r.Name), StringComparer.Ordinal);
        foreach (var resource in Resources.Values)
        {
            names.UnionWith(ResourceMemory.Of(this, resource, "names", e => (string[])(e.Value.Resolved is MapNode mapping
                ? [.. ReferencesOf(mapping).Select(r => r.Name).Distinct()] : [])));
        }

        return names;
    }

    // In conditions { "Condition": "Name" } is a function too.
    private IEnumerable<TemplateReference> ConditionReferences(Node node)
    {
        foreach (var reference in TemplateReference.In(node, Document.Text))
            yield return reference;
        foreach (var name in LongConditions(node, 0))
            yield return new TemplateReference(ReferenceKind.Condition, name.Value, null, name, Shapes.ShapeValidator.Underline(name));
    }

    private static IEnumerable<ScalarNode> LongConditions(Node? node, int depth)
    {
        if (depth > 50)
            return [];
        return node?.Resolved switch
        {
            MapNode { Entries.Count: 1 } mapping when mapping.Entries[0] is { Name: "Condition", Value: ScalarNode name } => [name],
            MapNode mapping => mapping.AllEntries.SelectMany(e => LongConditions(e.Value, depth + 1)),
            ListNode sequence => sequence.ResolvedItems.SelectMany(i => LongConditions(i, depth + 1)),
            _ => [],
        };
    }

    private HashSet<string> FindRepeated()
    {
        var seen = new HashSet<Text.TextSpan>();
        return [.. Resources.Where(r => !seen.Add(r.Value.Key.Span)).Select(r => r.Key)];
    }

    private Dictionary<string, MapEntry> SectionOf(string name, TemplateLoops? loops)
    {
        var section = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        if (Root[name] is not MapNode map)
            return section;
        foreach (var entry in loops is null ? map.AllEntries : loops.EntriesOf(map))
        {
            if (entry.Name is { Length: > 0 } key && !key.StartsWith("Fn::", StringComparison.Ordinal))
                section[key] = entry;
        }

        return section;
    }

    // Collections are looked up in the template as it is written.
    private TemplateLoops LoopsOf(IReadOnlyDictionary<string, string>? given)
    {
        var values = new Plans.TemplateValues(new Template(Root, Document, null, writesOut: false),
            given ?? new Dictionary<string, string>());
        return new TemplateLoops(values.Items);
    }

    private static string TransformOf(Node node) => node is ScalarNode scalar ? scalar.Value : node.TextAt("Name") ?? "";
}
