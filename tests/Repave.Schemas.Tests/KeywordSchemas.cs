using System.Text.Json.Nodes;

namespace Repave.Schemas.Tests;

/// <summary>Every keyword that judges, in schemas of our own making, and random instances for them.</summary>
internal static class KeywordSchemas
{
    /// <summary>The schemas.</summary>
    public static readonly string[] All =
    [
        """{"type":"object","required":["a"],"properties":{"a":{"type":"integer","minimum":0,"maximum":10},"b":{"type":["string","null"]"""
            + ""","minLength":1,"maxLength":3}},"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"integer"}]}},"patternProperties":{"^x-":"""
            + """{"type":"boolean"}},"additionalProperties":{"type":"array"}}""",
        """{"type":"object","properties":{"a":{"oneOf":[{"type":"integer"},{"type":"number","minimum":3}]},"b":{"not":"""
            + """{"type":"string"}}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":2,"uniqueItems":true}}"""
            + ""","minProperties":1,"maxProperties":2}""",
        """{"type":"object","properties":{"a":{"enum":["x",5,null,true]},"b":{"type":"string","pattern":"^[a-z]+$"}}}""",
        """{"type":"object","properties":{"a":{"allOf":[{"type":"number"},{"multipleOf":2}]},"b":{"type":"number","minimum":"""
            + """0,"exclusiveMinimum":true}}}""",
        """{"definitions":{"n":{"type":"object","properties":{"a":{"$ref":"#/definitions/n"},"b":{"type":"integer"}}"""
            + ""","additionalProperties":false}},"type":"object","properties":{"a":{"$ref":"#/definitions/n"},"b":"""
            + """{"type":"array","items":{"$ref":"#/definitions/n"}}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false}}}""",
    ];

    /// <summary>A random object whose names are those of the schemas.</summary>
    public static JsonObject Instance(Random random) => Instance(random, 0)!.AsObject();

    private static JsonNode? Instance(Random random, int depth)
    {
        if (depth == 0)
        {
            var root = new JsonObject();
            foreach (var name in (string[])["a", "b", "x-c", "d"])
            {
                if (random.Next(2) == 0)
                    root[name] = Instance(random, 1);
            }

            return root;
        }

        return random.Next(depth > 2 ? 7 : 10) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.Next(-3, 13),
            3 => random.Next(-3, 13) + 0.5,
            4 => "x",
            5 => "",
            6 => "abcde",
            7 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Instance(random, depth + 1))]),
            8 => new JsonObject { ["a"] = Instance(random, depth + 1) },
            _ => new JsonArray(1, 1),
        };
    }
}
