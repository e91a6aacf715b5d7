using Repave.Core.Dialects.CloudFormation.Demands;
using Repave.Core.Dialects.CloudFormation.Plans;
using Repave.Core.Dialects.CloudFormation.Rules;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Checks the CloudFormation resources of one set.</summary>
internal sealed class CloudFormationCheck(ResourceSet set, IReadOnlyList<Manifest> manifests) : DialectSet, INames, ICompletes, IDescribes,
    IMachineImages
{
    private const string Properties = "Properties.";

    private readonly Dictionary<string, Document?> _nested = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (IReadOnlyList<CloudFormationRule> Rules, string What)> _rulesOn = new(StringComparer.Ordinal);

    private readonly CloudFormationRule[] _rules = RuleCatalogue.Of<CloudFormationRule>();

    // Where `aws cloudformation package` takes a path of the author's machine and puts what it uploads in its place.
    private static readonly HashSet<(string Type, string Path)> Packaged =
    [
        ("AWS::ApiGateway::RestApi", "Properties.BodyS3Location"),
        ("AWS::CodeCommit::Repository", "Properties.Code.S3"),
        ("AWS::ElasticBeanstalk::ApplicationVersion", "Properties.SourceBundle"),
        ("AWS::Lambda::Function", "Properties.Code"),
        ("AWS::Lambda::LayerVersion", "Properties.Content"),
        ("AWS::Serverless::Api", "Properties.DefinitionUri"),
        ("AWS::Serverless::Function", "Properties.CodeUri"),
        ("AWS::Serverless::HttpApi", "Properties.DefinitionUri"),
        ("AWS::Serverless::LayerVersion", "Properties.ContentUri"),
        ("AWS::Serverless::StateMachine", "Properties.DefinitionUri"),
        ("AWS::StepFunctions::StateMachine", "Properties.DefinitionS3Location"),
    ];

    private static readonly Dictionary<string, Shape> ResourceShapes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        if (resource is not CloudFormationResource one)
            return null;
        if (one.IsFirst)
        {
            new TemplateSections(one.Template, sink).Check();
            new NetworkChecks(one.Template, sink).Check();
        }

        // What was said of the first is said of the text.
        if (!one.IsFirst && one.Template.IsRepeated(one.Id.Name))
            return null;
        var key = KeyOf(one);
        CheckShape(one, key, sink);
        new ResourceChecks(one, sink).Check();
        var (rules, what) = RulesOn(sink);
        var isKnown = key is not null && ResourceMemory.Has(what, key);
        var said = 0;
        foreach (var rule in rules)
        {
            if (one.IsFirst)
                sink.Run(rule, resource, (rule, one), static (on, sink) => on.rule.CheckTemplate(on.one.Template, sink));
            if (isKnown && !rule.LooksBeyond)
                continue;
            var before = sink.Reports;
            sink.Run(rule, resource, (rule, one), static (on, sink) => on.rule.Check(on.one, sink));
            if (!rule.LooksBeyond)
                said += sink.Reports - before;
        }

        if (key is not null && said == 0)
            ResourceMemory.AddClean(what, key);
        return CheckNested(one, sink);
    }

    // The rules that are on for a file, and a text that says which.
    private (IReadOnlyList<CloudFormationRule> Rules, string What) RulesOn(FindingSink sink)
    {
        lock (_rulesOn)
        {
            if (!_rulesOn.TryGetValue(sink.Manifest.Path, out var on))
            {
                var rules = _rules.Where(r => sink.Settings.IsOn(r, sink.Manifest.Path)).ToArray();
                _rulesOn[sink.Manifest.Path] = on = (rules, string.Join(" ", rules.Select(r => r.Id)));
            }

            return on;
        }
    }

    private static string? KeyOf(CloudFormationResource resource) =>
        resource.Template.Resources.TryGetValue(resource.Id.Name, out var entry) && entry.Value.Resolved == resource.Root
            ? resource.Template.KeyOf(entry) : null;

    // What a nested stack was compared with; null if it is none, or its template is no file.
    private NestedTemplate? CheckNested(CloudFormationResource resource, FindingSink sink)
    {
        if (NestedStackMismatch.PathOf(resource.Manifest.Path, resource) is not { } path)
            return null;
        var document = TemplateAt(path);
        var rule = (NestedStackMismatch)RuleCatalogue.Find("RPV0054")!;
        if (document is not null && sink.Settings.IsOn(rule, resource.Manifest.Path))
            sink.Run(rule, resource, (rule, resource, document), static (on, sink) =>
                on.rule.Check(on.resource, Template.Of(on.document), sink));
        return new NestedTemplate(path, document);
    }

    private Document? TemplateAt(string path)
    {
        lock (_nested)
        {
            if (!_nested.TryGetValue(path, out var document))
            {
                document = manifests.FirstOrDefault(m => m.Path.Replace('\\', '/') == path)?.Source.Documents.Select(d =>
                    d.Document).FirstOrDefault();
                _nested[path] = document = document?.Root is MapNode ? document : null;
            }

            return document;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<MachineImageBuild> MachineImagesBuiltBy(Resource resource) =>
        resource is CloudFormationResource one ? TemplateMachineImages.BuiltBy(one) : [];

    /// <inheritdoc/>
    public IEnumerable<MachineImageUse> MachineImagesOf(Resource resource) =>
        resource is CloudFormationResource one ? TemplateMachineImages.UsedBy(one) : [];

    private sealed record NestedTemplate(string Path, Document? Document);

    /// <inheritdoc/>
    public Shape? ShapeOf(IReadOnlyDictionary<string, string> head) => head.TryGetValue("Type", out var type) ? ShapeOf(type) : null;

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) => CloudFormationCompletions.Owns(cursor);

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text) => new CloudFormationCompletions(cursor, text).Locate();

    /// <inheritdoc/>
    public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) =>
        document.Root is MapNode ? TemplateNames.At(Template.Of(document), offset) : [];

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => [];

    /// <inheritdoc/>
    public IEnumerable<Reference> ReferencesOf(Resource resource)
    {
        if (resource is not CloudFormationResource one)
            yield break;
        foreach (var reference in one.Template.ReferencesOf(one.Root))
        {
            if (reference.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt or ReferenceKind.DependsOn
                && one.Template.Resources.ContainsKey(reference.Name))
                yield return new Reference(resource, reference.Node, new ResourceId(CloudFormationDialect.DialectName,
                    one.Template.TypeOf(reference.Name), resource.Id.Namespace, reference.Name), false);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Resource> Find(ResourceId id) => set[id];

    /// <inheritdoc/>
    public Explanation? EffectOf(IReadOnlyDictionary<string, string> head, IReadOnlyList<string> path)
    {
        if (!head.TryGetValue("Type", out var type) || path.Count < 2 || path[0] != "Properties")
            return null;
        var fields = UpdateBehaviour.FieldsAt(CloudFormationSchemas.Instance.PropertiesOf(type), path.Skip(1));
        return fields.Count == 0 ? null : UpdateBehaviour.Explain(type, string.Join(".", path.Skip(1)), UpdateBehaviour.Of(type, fields));
    }

    /// <inheritdoc/>
    public bool Means(Reference reference, Resource resource) => reference.To == resource.Id;

    /// <inheritdoc/>
    public bool IsSecret(Resource resource, Node value) => Secrets.Of(resource.Slot.Document).Touches(value.Span);

    /// <summary>Templates see of one another only those of nested stacks.</summary>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) =>
        before is CloudFormationCheck && (looked is not NestedTemplate nested || ReferenceEquals(TemplateAt(nested.Path), nested.Document));

    internal static Shape ShapeOf(string type)
    {
        lock (ResourceShapes)
        {
            if (!ResourceShapes.TryGetValue(type, out var shape))
                ResourceShapes[type] = shape = CloudFormationSchemas.Instance.ResourceOf(type);
            return shape;
        }
    }

    private static void CheckShape(CloudFormationResource resource, string? key, FindingSink sink)
    {
        var document = resource.Slot.Document;
        var template = resource.Template;
        if (resource.Root.TextAt("Type") is not { } type)
        {
            // What packs templates together (Rain) puts a type in here.
            if (document.IsWhole && !template.HasMacros && !resource.Root.Has("Type"))
                sink.Add(MissingField.Instance, resource, resource.NameNode, $"The resource '{resource.Id.Name}' has no Type.");
            return;
        }

        if (!CloudFormationSchemas.Instance.Has(type) && type.StartsWith("AWS::", StringComparison.Ordinal)
            && !type.EndsWith("::MODULE", StringComparison.Ordinal))
        {
            var nearest = NearestName.Of(type, CloudFormationSchemas.Instance.Types);
            sink.Add(UnknownKind.Instance, resource, resource.Root.Find("Type")!.Value, nearest is null
                ? $"No schema is known for {type}, so this resource was not validated."
                : $"There is no resource type {type} that is known here; did you mean {nearest}?",
                severity: nearest is null ? null : Severity.Warning);
        }

        // What a macro may still put right.
        if (template.HasMacros)
            return;
        // Of the Serverless Application Model less is published than there is.
        var isServerless = type.StartsWith("AWS::Serverless::", StringComparison.Ordinal);
        var said = new HashSet<(Text.TextSpan, ShapeIssueKind)>();
        var own = key is not null && ResourceMemory.Has("shape", key) ? []
            : ShapeValidator.Validate(resource.Root, ShapeOf(type), CloudFormationSchemas.ReadingOf(document))
                .Concat(DemandsOn(resource, type)).ToList();
        if (key is not null && own.Count == 0)
            ResourceMemory.AddClean("shape", key);
        // What several resources make together depends on all of them.
        foreach (var issue in own.Concat(DemandPack.Instance.GatheredOf(type).SelectMany(d => GatheredCheck.Check(resource, d))))
        {
            // What the end of a broken document may still put right.
            if (issue.Kind is ShapeIssueKind.MissingField or ShapeIssueKind.UnknownField && !document.IsWhole)
                continue;
            if (isServerless && issue.Kind == ShapeIssueKind.MissingField)
                continue;
            if (isServerless && issue is { Kind: ShapeIssueKind.UnknownField, Suggestion: null })
                continue;
            // SAM's connectors stand at any resource.
            if (template.IsServerless && issue is { Kind: ShapeIssueKind.UnknownField, Path: "Connectors" })
                continue;
            if (issue is { Kind: ShapeIssueKind.WrongType, Node: ScalarNode } && Packaged.Contains((type, issue.Path)))
                continue;
            // Said of the template as a whole.
            if (issue is { Kind: ShapeIssueKind.WrongType, Node: ScalarNode { IsNull: true, Tag: null } })
                continue;
            // Several demands say the same of a place.
            if (!said.Add((issue.Span, issue.Kind)) && issue.Kind is not (ShapeIssueKind.MissingField or ShapeIssueKind.DuplicateItem))
                continue;
            var given = issue.Kind == ShapeIssueKind.UnknownField && issue.Path.StartsWith(Properties, StringComparison.Ordinal)
                ? CloudFormationSchemas.Instance.AttributesOf(type)?.Fields?[issue.Path.Substring(Properties.Length)] : null;
            Severity? severity = isServerless || issue.IsUnsure || given is not null ? Severity.Warning : null;
            var message = given is null ? issue.Message : $"AWS sets '{given.Name}' of {type} itself: remove it.";
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, message, resource, issue.Path, FixOf(issue, sink), severity);
        }
    }

    private static IEnumerable<ShapeIssue> DemandsOn(CloudFormationResource resource, string type)
    {
        var check = new DemandCheck(resource.Slot.Document);
        foreach (var demand in DemandPack.Instance.Of(type).Concat(DemandPack.Instance.Of("*")))
            check.Check(resource.Root, demand);
        return check.Issues;
    }

    private static Fix? FixOf(ShapeIssue issue, FindingSink sink) =>
        issue is { Node: ScalarNode scalar, Suggestion: { } suggestion, IsSuggestionSure: true, Kind: ShapeIssueKind.UnknownField }
            ? sink.FixHere($"Change to '{suggestion}'", sink.Slot.Document.Edits?.Replace(scalar, suggestion))
            : null;
}
