using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Writes a JSON Schema of in-toto statements from a clone of in-toto/attestation: the fields from its protobuf definitions,
/// which of them are required from its specification. The tests hold what <c>plan --format intoto</c> writes against it.</summary>
internal static partial class StatementSchema
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string file, string clone)
    {
        var protos = Path.Combine(clone, "protos", "in_toto_attestation", "v1");
        var definitions = new JsonObject();
        foreach (var name in (string[])["statement", "resource_descriptor"])
            Read(File.ReadAllText(Path.Combine(protos, name + ".proto")), definitions);
        var statement = definitions["Statement"]!.AsObject();
        statement["required"] = Required(File.ReadAllText(Path.Combine(clone, "spec", "v1", "statement.md")));
        statement["properties"]!["_type"]!["enum"] = new JsonArray(TypeAddress().Match(
            File.ReadAllText(Path.Combine(clone, "spec", "v1", "statement.md"))).Value);
        // The specification says of subjects alone that they have a digest.
        definitions["ResourceDescriptor"]!["required"] = new JsonArray("digest");
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["description"] = "Made by schemas/Generator (Generator statements) from in-toto/attestation; do not edit.",
            ["$ref"] = "#/definitions/Statement",
            ["definitions"] = definitions,
        };
        File.WriteAllText(file, schema.ToJsonString(Indented).Replace("\r", "", StringComparison.Ordinal) + "\n");
    }

    private static void Read(string proto, JsonObject definitions)
    {
        foreach (Match message in Message().Matches(proto))
        {
            var properties = new JsonObject();
            foreach (Match field in Field().Matches(message.Groups["body"].Value))
            {
                var name = field.Groups["json"].Success ? field.Groups["json"].Value : Camel(field.Groups["name"].Value);
                var type = TypeOf(field.Groups["type"].Value);
                properties[name] = field.Groups["repeated"].Success ? new JsonObject { ["type"] = "array", ["items"] = type } : type;
            }

            definitions[message.Groups["name"].Value] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["additionalProperties"] = false,
            };
        }
    }

    private static JsonObject TypeOf(string type) => type switch
    {
        "string" or "bytes" => new JsonObject { ["type"] = "string" },
        "google.protobuf.Struct" => new JsonObject { ["type"] = "object" },
        _ when type.StartsWith("map<string,", StringComparison.Ordinal) => new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = TypeOf(type["map<string,".Length..^1].Trim()),
        },
        _ => new JsonObject { ["$ref"] = $"#/definitions/{type[(type.LastIndexOf('.') + 1)..]}" },
    };

    private static JsonArray Required(string specification) =>
        [.. RequiredField().Matches(specification).Select(match => (JsonNode)match.Groups["name"].Value)];

    private static string Camel(string name)
    {
        var text = new StringBuilder();
        foreach (var part in name.Split('_'))
            text.Append(text.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]);
        return text.ToString();
    }

    [GeneratedRegex(@"^message (?<name>\w+) \{(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("""^\s+(?<repeated>repeated )?(?<type>map<[^>]+>|[\w.]+) (?<name>\w+) = \d+(\s*\[json_name = "(?<json>\w+)"\])?;""",
        RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex(@"^`(?<name>\w+)` _.*required_\s*$", RegexOptions.Multiline)]
    private static partial Regex RequiredField();

    [GeneratedRegex(@"https://in-toto\.io/Statement/v\d+")]
    private static partial Regex TypeAddress();
}
