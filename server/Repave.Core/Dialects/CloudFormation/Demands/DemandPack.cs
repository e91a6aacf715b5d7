using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Demands;

/// <summary>A demand on a place of a resource type.</summary>
/// <param name="Path">Where, from the resource: names of fields, <c>*</c> for each item of a list.</param>
/// <param name="Schema">What is demanded there.</param>
internal sealed record Demand(string[] Path, DemandSchema Schema);

/// <summary>A demand on several resources together: what is gathered of each, and what is demanded of that.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Parts">What is gathered.</param>
/// <param name="Schema">What is demanded of it.</param>
internal sealed record GatheredDemand(string Key, IReadOnlyList<GatheredPart> Parts, DemandSchema Schema);

/// <summary>What is gathered of one resource.</summary>
/// <param name="Name">Its name in the demand.</param>
/// <param name="Type">The type of the resource that is referred to; null if any.</param>
/// <param name="Reference">Where the resource is referred to; null for the resource itself.</param>
/// <param name="Fields">The name of each property in the demand, its path, and the text that stands for an absent one (null if none
/// does).</param>
internal sealed record GatheredPart(string Name, string? Type, string[]? Reference,
    IReadOnlyList<(string Name, string[] Path, string? Default)> Fields);

/// <summary>What the registry and cfn-lint's data demand of fields together, by resource type (<c>schemas/cloudformation/demands.pack</c>).
/// What
/// is said of a type is read when it is first asked for.</summary>
internal sealed class DemandPack
{
    // No line but a demand's is longer.
    private const int ShortLine = 400;

    private static readonly Lazy<DemandPack> Only = new(() => new DemandPack(EmbeddedPacks.Text(CloudFormationDialect.DialectName,
        "demands.pack")));

    private readonly string _text;
    private readonly Dictionary<string, List<int>> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _identifiers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _runtimes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BoundedRegex?> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), DemandSchema?> _references = [];
    private readonly Dictionary<string, (IReadOnlyList<Demand> Demands,
        IReadOnlyList<GatheredDemand> Gathered)> _known = new(StringComparer.Ordinal);

    // One at a time reads; what a schema refers to is read while somebody checks.
    private readonly object _lock = new();

    private DemandPack(string text)
    {
        _text = text;
        for (int line = 0, end; line < text.Length; line = end + 1)
        {
            end = text.IndexOf('\n', line);
            if (end < 0)
                end = text.Length;
            var tab = text.IndexOf('\t', line, end - line);
            if (tab < 0)
                continue;
            if (text[line] is '~' or '!' or '=')
            {
                (text[line] == '~' ? _formats : text[line] == '!' ? _identifiers : _runtimes)[text.Substring(line + 1, tab - line - 1)] =
                    text.Substring(tab + 1, Math.Min(end - tab - 1, ShortLine));
                continue;
            }

            var slash = text.IndexOf('/', line, tab - line);
            var head = text.Substring(line, (slash < 0 ? tab : slash) - line);
            if (!_lines.TryGetValue(head, out var lines))
                _lines[head] = lines = [];
            lines.Add(line);
        }
    }

    public static DemandPack Instance => Only.Value;

    /// <summary>What is demanded of a resource type, or of every one (<c>*</c>).</summary>
    public IReadOnlyList<Demand> Of(string type) => Known(type).Demands;

    /// <summary>What is demanded of a resource type and those that it refers to.</summary>
    public IReadOnlyList<GatheredDemand> GatheredOf(string type) => Known(type).Gathered;

    /// <summary>The properties by which AWS knows a resource of a type and which its author chooses; none if it chooses any
    /// itself.</summary>
    public IReadOnlyList<string> IdentifiersOf(string type) => _identifiers.TryGetValue(type, out var names) ? names.Split(',') : [];

    /// <summary>When Lambda refuses a runtime, and what comes after it; null if nothing is said of it.</summary>
    public (string Creations, string Updates, string Successor)? RuntimeOf(string runtime) =>
        _runtimes.TryGetValue(runtime, out var life) && life.Split(' ') is [var creations, var updates, var successor]
            ? (creations, updates, successor) : null;

    /// <summary>The grammar of a format of AWS's (<c>AWS::EC2::VPC.Id</c>); null if it has none.</summary>
    public BoundedRegex? PatternOf(string format)
    {
        lock (_lock)
        {
            if (!_patterns.TryGetValue(format, out var pattern))
                _patterns[format] = pattern = _formats.TryGetValue(format, out var text) ? BoundedRegex.TryCreate(text) : null;
            return pattern;
        }
    }

    private (IReadOnlyList<Demand> Demands, IReadOnlyList<GatheredDemand> Gathered) Known(string type)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(type, out var known))
                return known;
            var demands = new List<Demand>();
            var gathered = new List<GatheredDemand>();
            foreach (var line in _lines.TryGetValue(type, out var lines) ? lines : [])
            {
                var (place, json) = Split(line);
                if (JsonLanguage.Instance.ParseDocument(json).Root is not { } root)
                    continue;
                if (root["cfnGather"] is MapNode gather)
                {
                    if (GatheredOf(gather, $"{type} {gathered.Count}") is { } one)
                        gathered.Add(one);
                    continue;
                }

                // Names of metadata have colons, and no name has a slash.
                demands.Add(new Demand([.. place.Split('/').Skip(1)], DemandSchema.From(root, "", Find)));
            }

            return _known[type] = (demands, gathered);
        }
    }

    private GatheredDemand? GatheredOf(MapNode gather, string key)
    {
        if (gather["gather"] is not MapNode parts || gather["schema"] is not { } schema)
            return null;
        return new GatheredDemand(key, [.. parts.Entries.Select(p => new GatheredPart(p.Name!, p.Value["filter"]?.TextAt("type"),
            p.Value.TextAt("reference") is { } reference ? PathOf(reference) : null,
            [.. ((p.Value["properties"] as MapNode)?.Entries ?? []).Select(f => f.Value is ScalarNode path
                ? (f.Name!, PathOf(path.Value), (string?)null)
                : (f.Name!, PathOf(f.Value.TextAt("path") ?? ""), f.Value["default"] is ScalarNode { Value: var text } ? text : null))]))],
            DemandSchema.From(schema["cfnContext"]?["schema"] ?? schema, "", Find));
    }

    private static string[] PathOf(string path) => path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    private (string Place, string Json) Split(int line)
    {
        var end = _text.IndexOf('\n', line);
        if (end < 0)
            end = _text.Length;
        var tab = _text.IndexOf('\t', line);
        return (_text.Substring(line, tab - line), _text.Substring(tab + 1, end - tab - 1));
    }

    // "#/definitions/X" of the same document, "name#/definitions/X" of another.
    private DemandSchema? Find(string document, string reference)
    {
        lock (_lock)
        {
            var hash = reference.IndexOf('#');
            var name = hash > 0 ? reference.Substring(0, hash) : hash < 0 ? reference : document;
            var pointer = hash < 0 ? "" : reference.Substring(hash + 1);
            if (_references.TryGetValue((name, pointer), out var known))
                return known;
            if (!_documents.TryGetValue(name, out var root))
            {
                if (!_lines.TryGetValue("#" + name, out var lines)
                    || JsonLanguage.Instance.ParseDocument(Split(lines[0]).Json).Root is not { } read)
                    return null;
                _documents[name] = root = read;
            }

            Node? at = root;
            foreach (var part in pointer.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
                at = at is ListNode list && int.TryParse(part, out var place) ? list.ResolvedItems.ElementAtOrDefault(place) : at?[part];
            return _references[(name, pointer)] = at is null ? null : DemandSchema.From(at, name, Find);
        }
    }
}
