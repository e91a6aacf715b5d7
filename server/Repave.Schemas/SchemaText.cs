using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Repave.Schemas;

/// <summary>Writes schemas as the library that reads them understands them.</summary>
internal static partial class SchemaText
{
    // What holds values or names of the author's, not keywords.
    private static readonly HashSet<string> Holders = new(StringComparer.Ordinal)
    {
        "properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas", "enum", "const", "default",
        "example", "examples",
    };

    /// <summary>The same schema in the library's words.</summary>
    /// <exception cref="InvalidDataException">The text is no object.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static string Of(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        if (JToken.ReadFrom(reader) is not JObject root)
            throw new InvalidDataException("a JSON Schema is an object");
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
                throw new InvalidDataException("something follows the schema");
        }

        var isChanged = RenameDefinitions(root);
        if (root.Property("$ref", StringComparison.Ordinal) is { } reference)
        {
            // One that is nothing but a reference into itself, as generators write it, is more than the library resolves.
            reference.Remove();
            root["allOf"] = new JArray([.. root["allOf"] as JArray ?? [], new JObject { ["$ref"] = reference.Value }]);
            isChanged = true;
        }

        return isChanged ? root.ToString() : json;
    }

    // $defs is the newer word for definitions. The library finds what is in it and not what that refers to in turn.
    private static bool RenameDefinitions(JObject root)
    {
        var isChanged = false;
        foreach (var property in root.Descendants().OfType<JProperty>().ToList())
        {
            if (property is { Name: "$ref", Value: JValue { Value: string path } value } && Definitions().IsMatch(path))
            {
                value.Value = Definitions().Replace(path, "/definitions");
                isChanged = true;
            }
            else if (property is { Name: "$defs", Value: JObject definitions, Parent: var schemaOrNames } && !HoldsNames(schemaOrNames))
            {
                var schema = (JObject)schemaOrNames!;
                // What has a holder would be copied instead of moved.
                property.Value = JValue.CreateNull();
                property.Remove();
                if (schema["definitions"] is JObject older)
                    older.Merge(definitions);
                else
                    schema["definitions"] = definitions;
                isChanged = true;
            }
        }

        return isChanged;
    }

    private static bool HoldsNames(JContainer? map) => map?.Parent is JProperty holder && Holders.Contains(holder.Name);

    [GeneratedRegex(@"(?<!/properties)/\$defs(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex Definitions();
}
