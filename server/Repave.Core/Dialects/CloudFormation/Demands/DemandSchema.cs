using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Demands;

/// <summary>What is demanded of a value together with others: a JSON Schema as the registry and cfn-lint write them, read once.</summary>
internal sealed class DemandSchema
{
    private const int MaxDepth = 40;

    private readonly Func<string, DemandSchema?>? _find;
    private readonly string? _reference;
    private DemandSchema? _target;

    private DemandSchema(MapNode node, string document, Func<string, string, DemandSchema?> find, int depth)
    {
        DemandSchema? Of(Node? at) => at is null ? null : From(at, document, find, depth + 1);
        IReadOnlyList<DemandSchema> All(string key) => [.. node.ItemsAt(key).Select(i => From(i, document, find, depth + 1))];
        _find = reference => find(document, reference);
        _reference = node.TextAt("$ref");
        Types = node["type"] switch
        {
            ListNode list => [.. list.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)],
            ScalarNode one => [one.Value],
            _ => null,
        };
        Allowed = node["const"] is ScalarNode only ? [only.Value]
            : (node["enum"] ?? node["enumCaseInsensitive"]) is ListNode values
                ? [.. values.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)]
            : null;
        AllowedIgnoresCase = node.Find("enumCaseInsensitive") is not null;
        SameAs = node["const"]?.TextAt("$data");
        Pattern = node.TextAt("pattern") is { Length: > 0 } pattern ? BoundedRegex.TryCreate(pattern) : null;
        Format = node.TextAt("format");
        Minimum = NumberAt(node, "minimum");
        Maximum = NumberAt(node, "maximum");
        Above = NumberAt(node, "exclusiveMinimum");
        Step = NumberAt(node, "multipleOf");
        AtLeast = node["minimum"]?.TextAt("$data");
        MoreThan = node["exclusiveMinimum"]?.TextAt("$data");
        MinLength = CountAt(node, "minLength");
        MaxLength = CountAt(node, "maxLength");
        MinItems = CountAt(node, "minItems");
        MaxItems = CountAt(node, "maxItems");
        MinFields = CountAt(node, "minProperties");
        UniqueKeys = TextsAt(node, "uniqueKeys");
        Required = TextsAt(node, "required");
        RequiredOne = TextsAt(node, "requiredXor");
        RequiredSome = TextsAt(node, "requiredOr");
        Needs = TablesAt(node, "dependentRequired");
        Excludes = TablesAt(node, "dependentExcluded");
        Properties = [.. ((node["properties"] as MapNode)?.Entries ?? []).Where(e => e.Name is not null)
            .Select(e => (e.Name!, From(e.Value, document, find, depth + 1)))];
        Patterns = [.. ((node["patternProperties"] as MapNode)?.Entries ?? [])
            .Select(e => (Name: e.Name is null ? null : BoundedRegex.TryCreate(e.Name), Of(e.Value)!)).Where(p => p.Name is not null)!];
        Others = Of(node["additionalProperties"]);
        Names = Of(node["propertyNames"]);
        Items = Of(node["items"]);
        Contains = Of(node["contains"]);
        AllOf = All("allOf");
        AnyOf = All("anyOf");
        OneOf = All("oneOf");
        Not = Of(node["not"]);
        If = Of(node["if"]);
        Then = Of(node["then"]);
        Else = Of(node["else"]);
    }

    private DemandSchema(bool allows) => Always = allows;

    /// <summary>Whether it takes everything (true) or nothing (false), whatever stands there; null for one that looks.</summary>
    public bool? Always { get; }

    /// <summary>The kinds of value, as JSON Schema calls them; null if any.</summary>
    public IReadOnlyList<string>? Types { get; }

    /// <summary>The allowed values as text; null if any.</summary>
    public IReadOnlyList<string>? Allowed { get; }

    /// <summary>Whether upper and lower case are one in <see cref="Allowed"/>.</summary>
    public bool AllowedIgnoresCase { get; }

    /// <summary>Where among what was gathered the same value must stand; null if nowhere.</summary>
    public string? SameAs { get; }

    public BoundedRegex? Pattern { get; }

    public string? Format { get; }

    public double? Minimum { get; }

    public double? Maximum { get; }

    /// <summary>The number must be greater than this.</summary>
    public double? Above { get; }

    public double? Step { get; }

    /// <summary>Where among what was gathered the smallest number stands.</summary>
    public string? AtLeast { get; }

    /// <summary>Where among what was gathered the number stands that it must be greater than.</summary>
    public string? MoreThan { get; }

    public int? MinLength { get; }

    public int? MaxLength { get; }

    public int? MinItems { get; }

    public int? MaxItems { get; }

    public int? MinFields { get; }

    /// <summary>The fields in which no two items of a list may be the same.</summary>
    public IReadOnlyList<string> UniqueKeys { get; } = [];

    public IReadOnlyList<string> Required { get; } = [];

    public IReadOnlyList<string> RequiredOne { get; } = [];

    public IReadOnlyList<string> RequiredSome { get; } = [];

    public IReadOnlyList<(string Field, IReadOnlyList<string> Fields)> Needs { get; } = [];

    public IReadOnlyList<(string Field, IReadOnlyList<string> Fields)> Excludes { get; } = [];

    public IReadOnlyList<(string Name, DemandSchema Schema)> Properties { get; } = [];

    public IReadOnlyList<(BoundedRegex Name, DemandSchema Schema)> Patterns { get; } = [];

    /// <summary>What fields must be that neither <see cref="Properties"/> nor <see cref="Patterns"/> name.</summary>
    public DemandSchema? Others { get; }

    /// <summary>What the names of fields must be.</summary>
    public DemandSchema? Names { get; }

    public DemandSchema? Items { get; }

    public DemandSchema? Contains { get; }

    public IReadOnlyList<DemandSchema> AllOf { get; } = [];

    public IReadOnlyList<DemandSchema> AnyOf { get; } = [];

    public IReadOnlyList<DemandSchema> OneOf { get; } = [];

    public DemandSchema? Not { get; }

    public DemandSchema? If { get; }

    public DemandSchema? Then { get; }

    public DemandSchema? Else { get; }

    /// <summary>The schema that it refers to; null if it refers to none.</summary>
    public DemandSchema? Target => _reference is null ? null : _target ??= _find!(_reference);

    /// <summary>Reads a schema.</summary>
    /// <param name="node">Its JSON.</param>
    /// <param name="document">The name of the document that it stands in; empty for one of its own.</param>
    /// <param name="find">Finds what a reference in a document means.</param>
    public static DemandSchema From(Node node, string document, Func<string, string, DemandSchema?> find) => From(node, document, find, 0);

    private static DemandSchema From(Node node, string document, Func<string, string, DemandSchema?> find, int depth) =>
        node.Resolved switch
        {
            MapNode mapping when depth < MaxDepth => new DemandSchema(mapping, document, find, depth),
            ScalarNode { Value: "false" } => new DemandSchema(false),
            _ => new DemandSchema(true),
        };

    private static double? NumberAt(MapNode node, string key) => node[key] is ScalarNode number ? number.Number : null;

    private static int? CountAt(MapNode node, string key) => node[key] is ScalarNode { Integer: >= 0 and <= int.MaxValue } count
        ? (int)count.Integer : null;

    private static IReadOnlyList<string> TextsAt(MapNode node, string key) =>
        [.. node.ItemsAt(key).OfType<ScalarNode>().Select(s => s.Value)];

    private static IReadOnlyList<(string, IReadOnlyList<string>)> TablesAt(MapNode node, string key) =>
        [.. ((node[key] as MapNode)?.Entries ?? []).Where(e => e.Name is not null && e.Value is ListNode)
            .Select(e => (e.Name!, (IReadOnlyList<string>)[.. ((ListNode)e.Value).ResolvedItems.OfType<ScalarNode>().Select(s =>
                s.Value)]))];
}
