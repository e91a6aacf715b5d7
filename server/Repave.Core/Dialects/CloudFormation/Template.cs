using System.Runtime.CompilerServices;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A template: its sections and what they name. Read once for a document's tree.</summary>
internal sealed class Template
{
    private const string ForEach = "Fn::ForEach::";

    private static readonly ConditionalWeakTable<Node, Template> Known = new();

    private readonly Lazy<IReadOnlyList<TemplateReference>> _references;
    private readonly Lazy<ConditionLogic> _logic;

    private Template(MapNode root, Document document)
    {
        Root = root;
        Document = document;
        Parameters = SectionOf("Parameters");
        Mappings = SectionOf("Mappings");
        Conditions = SectionOf("Conditions");
        Resources = SectionOf("Resources");
        Outputs = SectionOf("Outputs");
        Rules = SectionOf("Rules");
        Transforms = [.. root["Transform"] switch
        {
            ListNode list => list.ResolvedItems.Select(TransformOf),
            { } one => [TransformOf(one)],
            _ => [],
        }];
        HasLoops = root["Resources"] is MapNode resources
            && resources.AllEntries.Any(e => e.Name?.StartsWith(ForEach, StringComparison.Ordinal) == true);
        _references = new(() => [.. AllReferences()]);
        _logic = new(() => new ConditionLogic(this));
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

    /// <summary>Whether resources are made in loops, so that not all of their names are known.</summary>
    public bool HasLoops { get; }

    /// <summary>Whether it does not say that it is a whole template: tools put such together, and hand resources to them
    /// as parameters.</summary>
    public bool IsFragment => !Root.Has("AWSTemplateFormatVersion");

    /// <summary>Whether it is written for the Serverless Application Model.</summary>
    public bool IsServerless => Transforms.Any(t => t.StartsWith("AWS::Serverless", StringComparison.Ordinal));

    /// <summary>Whether somebody's own macro rewrites it, so that little of it means what it seems to.</summary>
    public bool HasMacros =>
        Transforms.Any(t => t.Length > 0 && !t.StartsWith("AWS::Serverless", StringComparison.Ordinal)
            && t is not ("AWS::LanguageExtensions" or "AWS::Include" or "AWS::SecretsManager-2020-07-23" or "AWS::SecretsManager-2024-09-16"
                or "AWS::CodeDeployBlueGreen" or "AWS::ServiceCatalog"));

    /// <summary>Everything that it names, in the order of its sections.</summary>
    public IReadOnlyList<TemplateReference> References => _references.Value;

    /// <summary>The template that a document is.</summary>
    public static Template Of(Document document)
    {
        var root = (MapNode)document.Root!;
        return Known.GetValue(root, _ => new Template(root, document));
    }

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

    private IEnumerable<TemplateReference> AllReferences()
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

        foreach (var resource in Resources.Values)
        {
            if (resource.Value.Resolved is not MapNode mapping)
                continue;
            foreach (var reference in ReferencesOf(mapping))
                yield return reference;
        }

        foreach (var section in (string[])["Conditions", "Resources", "Outputs"])
        {
            foreach (var loop in (Root[section] as MapNode)?.AllEntries ?? [])
            {
                if (loop.Name?.StartsWith(ForEach, StringComparison.Ordinal) != true)
                    continue;
                foreach (var reference in TemplateReference.In(loop.Value, Document.Text))
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

    private Dictionary<string, MapEntry> SectionOf(string name)
    {
        var section = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        foreach (var entry in (Root[name] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { Length: > 0 } key && !key.StartsWith("Fn::", StringComparison.Ordinal))
                section[key] = entry;
        }

        return section;
    }

    private static string TransformOf(Node node) => node is ScalarNode scalar ? scalar.Value : node.TextAt("Name") ?? "";
}
