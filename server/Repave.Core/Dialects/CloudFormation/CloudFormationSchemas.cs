using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>The resource types that AWS publishes.</summary>
internal sealed class CloudFormationSchemas
{
    private const string CustomResource = "AWS::CloudFormation::CustomResource";
    private const string Stateful = "*stateful";

    // A nested stack has no data of its own, and nothing that is changed in it replaces it: its own template says what it keeps.
    private const string NestedStack = "AWS::CloudFormation::Stack";

    private static readonly Lazy<CloudFormationSchemas> Only = new(() => new CloudFormationSchemas());

    private readonly SchemaPack _pack = new(EmbeddedPacks.Text(CloudFormationDialect.DialectName, "types.pack"));
    private readonly HashSet<string> _types;
    private readonly HashSet<string> _stateful;

    private CloudFormationSchemas()
    {
        _types = [.. _pack.TypeNames.Where(n => n.IndexOf('#') < 0 && n.IndexOf('.') < 0 && n.Contains("::"))];
        _stateful = [.. _pack.Type(Stateful).Fields!.All.Select(f => f.Name)];
    }

    public static CloudFormationSchemas Instance => Only.Value;

    /// <summary>All resource types.</summary>
    public IReadOnlyCollection<string> Types => _types;

    /// <summary>Whether there is a resource type.</summary>
    public bool Has(string type) => _types.Contains(type);

    /// <summary>Whether a resource of the type holds data.</summary>
    public bool IsStateful(string type) => type != NestedStack && _stateful.Contains(type);

    /// <summary>The properties of a resource type; null if there is no such type.</summary>
    public Shape? PropertiesOf(string type) => _types.Contains(type) ? _pack.Type(type) : null;

    /// <summary>The attributes that <c>Fn::GetAtt</c> gives of a resource type; null if there is no such type.</summary>
    public Shape? AttributesOf(string type) => _types.Contains(type) ? _pack.Type(type + "#") : null;

    /// <summary>The shape of a whole resource of a type; of a type that is not known, of everything but its properties.</summary>
    public Shape ResourceOf(string type)
    {
        var shape = new Shape { Name = type, Types = ShapeTypes.Object, Fields = new ShapeFields() };
        var text = new Shape { Types = ShapeTypes.String };
        var isOurs = type.StartsWith("AWS::", StringComparison.Ordinal) && type != CustomResource;
        shape.Fields.Add(new ShapeField("Type", text, Presence.Required));
        var properties = isOurs ? PropertiesOf(type) : null;
        shape.Fields.Add(new ShapeField("Properties", properties ?? Shape.Anything,
            properties?.Fields?.All.Any(f => f.Presence == Presence.Required) == true ? Presence.Required : Presence.Optional));
        shape.Fields.Add(new ShapeField("DependsOn", Shape.Anything));
        shape.Fields.Add(new ShapeField("Condition", text));
        shape.Fields.Add(new ShapeField("Metadata", new Shape { Types = ShapeTypes.Object, AllowsUnknown = true }));
        // Not in AWS's reference, and taken.
        shape.Fields.Add(new ShapeField("Description", text));
        shape.Fields.Add(new ShapeField("Version", Shape.Anything));
        if (isOurs)
            shape.Fields.Add(new ShapeField("CreationPolicy", TemplateShapes.CreationPolicy));
        if ((isOurs && _types.Contains(type) ? TemplateShapes.UpdatePolicyOf(type) : Shape.Anything) is { } update)
            shape.Fields.Add(new ShapeField("UpdatePolicy", update));
        var takesSnapshots = !isOurs || !_types.Contains(type) || TemplateShapes.TakesSnapshots(type);
        shape.Fields.Add(new ShapeField("DeletionPolicy", PolicyOf(["Delete", "Retain", "RetainExceptOnCreate"], takesSnapshots)));
        shape.Fields.Add(new ShapeField("UpdateReplacePolicy", PolicyOf(["Delete", "Retain"], takesSnapshots)));
        // What the Serverless Application Model and versions of custom types take besides is not published whole.
        shape.AllowsUnknown = !isOurs || type.StartsWith("AWS::Serverless", StringComparison.Ordinal);
        return shape;
    }

    private static Shape PolicyOf(IEnumerable<string> policies, bool takesSnapshots) => new()
    {
        Types = ShapeTypes.String,
        Enum = [.. policies.Concat(takesSnapshots ? ["Snapshot"] : []).Select(CanonicalJson.Quote)],
    };

    /// <summary>How values in templates are read: functions stand for something else, and scalars become what is wanted.</summary>
    public static ShapeReading ReadingOf(Document document) => new()
    {
        AsPlatform = true,
        CoercesScalars = true,
        CheckFormat = Demands.AwsFormats.Check,
        Alternatives = AlternativesOf,
        CheckGivenFormat = (node, format) => document.Root is MapNode && Intrinsic.Of(node) is { Name: "Ref", Text: { } name }
            ? FunctionResults.WhyNotOf(Template.Of(document), name, format) : null,
        Gives = node => document.Root is MapNode && Intrinsic.Of(node) is { } function
            && FunctionResults.Of(Template.Of(document), function) is { } kinds
            ? (kinds, function.Text is { Length: > 0 and < 80 } text && !text.Contains('\n') ? $"{function.Name} {text}" : function.Name)
                : null,
        IsThere = IsThere,
        Hides = node => Model.Secrets.Of(document).Touches(node.Span),
    };

    // What is set to AWS::NoValue is not there; what a condition may leave out may be.
    private static bool? IsThere(Node node)
    {
        if (Intrinsic.Of(node) is not { } function)
            return true;
        if (function is { Name: "Ref", Text: "AWS::NoValue" })
            return false;
        if (function is not { Name: "Fn::If", Items: [_, var then, var otherwise] })
            return true;
        var (first, second) = (IsThere(then), IsThere(otherwise));
        return first == second ? first : null;
    }

    private static IReadOnlyList<Node>? AlternativesOf(Node node)
    {
        if (Intrinsic.Of(node) is { } function)
            return function is { Name: "Fn::If", Items: [_, var then, var otherwise] } ? [then, otherwise] : [];
        if (FilledInLater.Is(node))
            return [];
        return node is ScalarNode { Value: var text } && text.Contains("{{resolve:") ? [] : null;
    }
}
