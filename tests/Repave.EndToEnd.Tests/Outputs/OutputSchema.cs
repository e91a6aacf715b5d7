using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Repave.Cli;
using Repave.Core.Dialects;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests.Outputs;

/// <summary>JSON Schemas of what commands write with <c>--format json</c>, made from the types that are written, with what the code says of
/// each member.</summary>
internal sealed partial class OutputSchema
{
    private static readonly Dictionary<string, XElement> Comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "repave.xml"))
        .Descendants("member").ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>Members that take one of a few words.</summary>
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["Finding.severity"] = Severities(),
        ["Resource.dialect"] = [.. DialectCatalogue.All.Select(d => d.NameInReports).Order(StringComparer.Ordinal)],
        ["Change.action"] = [.. Enum.GetValues<PlanAction>().Select(PlanNames.Of)],
        ["Change.certainty"] = [.. Enum.GetValues<Certainty>().Select(PlanNames.Of)],
        ["Reason.effect"] = [.. Enum.GetValues<Effect>().Select(PlanNames.Of)],
        ["Reason.certainty"] = [.. Enum.GetValues<Certainty>().Select(PlanNames.Of)],
        ["Back.how"] = [.. Enum.GetValues<BackHow>().Select(WayBack.NameOf)],
        ["SeriesChange.back"] = [.. Enum.GetValues<BackHow>().Select(WayBack.NameOf)],
        ["SeriesAction.action"] = [.. Enum.GetValues<PlanAction>().Select(PlanNames.Of)],
        ["SeriesFinding.severity"] = Severities(),
        ["Difference.severity"] = Severities(),
        ["Difference.kind"] = ["only-first", "only-second", "artifact", "field"],
        ["DriftItem.kind"] = ["foreign", "allowed"],
        ["Verification.verdict"] = ["verified", "failed"],
        ["VerificationProblem.kind"] = ["record", "file", "baseline", "plan"],
    };

    private readonly JsonSerializerContext _context;
    private readonly JsonObject _definitions = [];

    private OutputSchema(JsonSerializerContext context) => _context = context;

    /// <summary>The commands that write JSON, and the schema of what each writes.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal)
    {
        ["build"] = Of(BuildJsonContext.Default, typeof(JsonBuild)),
        ["check"] = Of(JsonReportContext.Default, typeof(JsonCheck)),
        ["compare"] = Of(ParityJsonContext.Default, typeof(JsonParity)),
        ["drift"] = Of(DriftJsonContext.Default, typeof(JsonDrift)),
        ["plan"] = Of(PlanJsonContext.Default, typeof(JsonPlan)),
        ["report"] = Of(SeriesJsonContext.Default, typeof(JsonSeries)),
        ["verify"] = Of(VerifyJsonContext.Default, typeof(JsonVerification)),
    };

    /// <summary>A schema as the file that it is kept in.</summary>
    public static string Text(JsonObject schema) => schema.ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }) + "\n";

    private static JsonObject Of(JsonSerializerContext context, Type type)
    {
        var schema = new OutputSchema(context);
        var root = schema.Object(type);
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root["properties"]!["version"]!["enum"] = new JsonArray(1);
        root["definitions"] = new JsonObject(schema._definitions.OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => KeyValuePair.Create(d.Key, d.Value?.DeepClone())));
        return root;
    }

    private JsonObject Object(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in _context.GetTypeInfo(type)!.Properties)
        {
            var member = type.GetProperties().Single(p => JsonName(p) == property.Name);
            var schema = Member(type, property);
            if (CommentOf(type, member.Name) is { Length: > 0 } comment)
                schema.Insert(0, "description", comment);
            properties[property.Name] = schema;
            if (member.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false).Length == 0)
                required.Add(property.Name);
        }

        var answer = new JsonObject { ["description"] = CommentOf(type, null), ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            answer["required"] = required;
        return answer;
    }

    private JsonObject Member(Type owner, JsonPropertyInfo property)
    {
        // What is left out when it is null never is null.
        var canBeNull = property.IsGetNullable && property.ShouldSerialize is null;
        var schema = Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        if (Words.TryGetValue($"{Name(owner)}.{property.Name}", out var words))
            schema["enum"] = new JsonArray([.. words, .. canBeNull ? (string?[])[null] : []]);
        if (canBeNull && schema["$ref"] is not null)
            return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        if (canBeNull && schema["type"] is { } type)
            schema["type"] = new JsonArray((string)type!, "null");
        return schema;
    }

    private JsonObject Value(Type type)
    {
        if (type == typeof(JsonElement))
            return [];
        if (type.IsArray)
            return new JsonObject { ["type"] = "array", ["items"] = Value(type.GetElementType()!) };
        if (type.Assembly != typeof(JsonPlan).Assembly)
        {
            return new JsonObject
            {
                ["type"] = type == typeof(string) ? "string" : type == typeof(bool) ? "boolean" : type == typeof(int) ? "integer"
                    : type == typeof(double) ? "number" : throw new NotSupportedException(type.Name),
            };
        }

        var name = Name(type);
        if (!_definitions.ContainsKey(name))
        {
            _definitions[name] = new JsonObject();
            _definitions[name] = Object(type);
        }

        return new JsonObject { ["$ref"] = "#/definitions/" + name };
    }

    private static string[] Severities() =>
        [.. Enum.GetValues<Severity>().Where(s => s != Severity.Off).Select(s => s.ToString().ToLowerInvariant())];

    private static string Name(Type type) => type.Name["Json".Length..];

    private static string JsonName(System.Reflection.PropertyInfo property) =>
        property.GetCustomAttributes(typeof(JsonPropertyNameAttribute), inherit: false).Cast<JsonPropertyNameAttribute>().SingleOrDefault()?.Name
            ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>What the code says of a type, or of a member of it.</summary>
    private static string CommentOf(Type type, string? member)
    {
        var own = member is null ? null : Comments.GetValueOrDefault($"P:{type.FullName}.{member}")?.Element("summary");
        var ofType = Comments.GetValueOrDefault($"T:{type.FullName}");
        var element = own ?? (member is null ? ofType?.Element("summary")
            : ofType?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == member));
        foreach (var code in element?.Descendants("c").ToList() ?? [])
            code.ReplaceWith($"`{code.Value}`");
        return element is null ? "" : Spaces().Replace(element.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
