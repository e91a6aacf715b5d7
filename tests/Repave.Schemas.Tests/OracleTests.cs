using System.Text.Json.Nodes;
using NJsonSchema;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Tests.Support;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Xunit.Abstractions;

namespace Repave.Schemas.Tests;

/// <summary>Our validator against NJsonSchema: the same verdict on every pair of a document and a schema.</summary>
public class OracleTests(ITestOutputHelper output)
{
    private static readonly JsonNode?[] Replacements = [null, true, 5, -5, 1.5, "x", "", new JsonArray("x"), new JsonArray(), new JsonObject { ["a"] = "b" }, new JsonObject()];

    // Every keyword, in schemas of our own making; the instances are random.
    private static readonly string[] KeywordSchemas =
    [
        """{"type":"object","required":["a"],"properties":{"a":{"type":"integer","minimum":0,"maximum":10},"b":{"type":["string","null"],"minLength":1,"maxLength":3}},"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"integer"}]}},"patternProperties":{"^x-":{"type":"boolean"}},"additionalProperties":{"type":"array"}}""",
        """{"type":"object","properties":{"a":{"oneOf":[{"type":"integer"},{"type":"number","minimum":3}]},"b":{"not":{"type":"string"}}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":2,"uniqueItems":true}},"minProperties":1,"maxProperties":2}""",
        """{"type":"object","properties":{"a":{"enum":["x",5,null,true]},"b":{"type":"string","pattern":"^[a-z]+$"}}}""",
        """{"type":"object","properties":{"a":{"allOf":[{"type":"number"},{"multipleOf":2}]},"b":{"type":"number","minimum":0,"exclusiveMinimum":true}}}""",
        """{"definitions":{"n":{"type":"object","properties":{"a":{"$ref":"#/definitions/n"},"b":{"type":"integer"}},"additionalProperties":false}},"type":"object","properties":{"a":{"$ref":"#/definitions/n"},"b":{"type":"array","items":{"$ref":"#/definitions/n"}}}}""",
        """{"type":"object","properties":{"a":{"type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false}}}""",
    ];

    [Fact]
    public async Task JudgesManifestsAsTheOracleDoes()
    {
        var pack = new SchemaPack(EmbeddedPacks.Text("kubernetes", "1.36.pack"));
        var pairs = 0;
        var refused = 0;
        var different = new List<string>();
        foreach (var (kind, manifest) in Manifests(pack))
        {
            var schema = PackJsonSchema.Of(pack.Type(kind.Type));
            var oracle = await JsonSchema.FromJsonAsync(schema);
            var ours = JsonSchemaShapes.Read(schema, null);
            foreach (var mutated in Mutations(manifest, pairs))
            {
                pairs++;
                refused += Compare(mutated.ToJsonString(), oracle, ours, different) ? 0 : 1;
            }
        }

        output.WriteLine($"{pairs} pairs, {refused} refused, {different.Count} judged differently");
        Assert.True(different.Count == 0, string.Join("\n", different.Take(20)));
        Assert.True(pairs >= 2000, $"{pairs} pairs");
        Assert.InRange(refused, pairs / 4, pairs * 19 / 20);
    }

    [Fact]
    public async Task JudgesEveryKeywordAsTheOracleDoes()
    {
        var random = new Random(1);
        var pairs = 0;
        var different = new List<string>();
        foreach (var schema in KeywordSchemas)
        {
            var oracle = await JsonSchema.FromJsonAsync(schema);
            var ours = JsonSchemaShapes.Read(schema, null);
            for (var i = 0; i < 400; i++, pairs++)
                Compare(Instance(random, 0)!.ToJsonString(), oracle, ours, different);
        }

        output.WriteLine($"{pairs} pairs, {different.Count} judged differently");
        Assert.True(different.Count == 0, string.Join("\n", different.Take(20)));
    }

    private static bool Compare(string json, JsonSchema oracle, Shape ours, List<string> different)
    {
        var theirs = oracle.Validate(json);
        var issues = ShapeValidator.Validate(YamlLanguage.Instance.ParseDocument(json).Root!, ours, ShapeReading.JsonSchema);
        if (theirs.Count == 0 != (issues.Count == 0))
            different.Add($"{json}\n   oracle: {string.Join("; ", theirs.Select(e => $"{e.Path} {e.Kind}"))}\n   ours: {string.Join("; ", issues.Select(i => $"{i.Path} {i.Kind}: {i.Message}"))}");
        return theirs.Count == 0;
    }

    private static IEnumerable<(PackKind Kind, JsonNode Manifest)> Manifests(SchemaPack pack)
    {
        foreach (var text in RuleCatalogue.All.SelectMany(rule => new[] { rule.Good, rule.Bad }).Concat(SampleFiles()).Distinct())
        {
            foreach (var slot in YamlLanguage.Instance.Parse(text).Documents)
            {
                if (slot.Document.Root is { } root && slot.Document.Issues.Count == 0 && pack.Kind(root.TextAt("apiVersion") ?? "", root.TextAt("kind") ?? "") is { } kind)
                    yield return (kind, JsonTree.Of(root)!);
            }
        }
    }

    private static IEnumerable<string> SampleFiles() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static IEnumerable<JsonNode> Mutations(JsonNode manifest, int seed)
    {
        yield return manifest;
        var random = new Random(seed);
        var places = Places(manifest, []).ToList();
        foreach (var place in places)
        {
            yield return Changed(manifest, place, (holder, key) => Set(holder, key, Replacements[random.Next(Replacements.Length)]?.DeepClone()));
            if (random.Next(2) == 0)
                yield return Changed(manifest, place, Remove);
            if (place[^1] is string name)
                yield return Changed(manifest, place, (holder, key) => { var value = holder[(string)key]?.DeepClone(); holder.AsObject().Remove((string)key); holder[name + "x"] = value; });
        }
    }

    private static JsonNode Changed(JsonNode manifest, IReadOnlyList<object> place, Action<JsonNode, object> change)
    {
        var copy = manifest.DeepClone();
        var holder = place.Take(place.Count - 1).Aggregate(copy, (node, key) => key is int index ? node[index]! : node[(string)key]!);
        change(holder, place[^1]);
        return copy;
    }

    private static void Set(JsonNode holder, object key, JsonNode? value)
    {
        if (key is int index)
            holder[index] = value;
        else
            holder[(string)key] = value;
    }

    private static void Remove(JsonNode holder, object key)
    {
        if (key is int index)
            holder.AsArray().RemoveAt(index);
        else
            holder.AsObject().Remove((string)key);
    }

    private static IEnumerable<IReadOnlyList<object>> Places(JsonNode? node, IReadOnlyList<object> path)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonObject map => map.Select(e => ((object)e.Key, e.Value)),
            JsonArray list => list.Select((v, i) => ((object)i, v)),
            _ => [],
        };
        foreach (var (key, value) in children)
        {
            IReadOnlyList<object> place = [.. path, key];
            yield return place;
            foreach (var below in Places(value, place))
                yield return below;
        }
    }

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
