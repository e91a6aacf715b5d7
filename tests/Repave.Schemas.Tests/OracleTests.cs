using System.Text.Json.Nodes;
using NJsonSchema;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Support;

namespace Repave.Schemas.Tests;

/// <summary>Our validator against NJsonSchema: the same verdict on every pair of a document and a schema.</summary>
public class OracleTests(ITestOutputHelper output)
{
    private static readonly JsonNode?[] Replacements = [null, true, 5, -5, 1.5, "x", "", new JsonArray("x"), new JsonArray(), new JsonObject
    {
        ["a"] = "b",
    }, new JsonObject()];

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
        foreach (var schema in KeywordSchemas.All)
        {
            var oracle = await JsonSchema.FromJsonAsync(schema);
            var ours = JsonSchemaShapes.Read(schema, null);
            for (var i = 0; i < 400; i++, pairs++)
                Compare(KeywordSchemas.Instance(random)!.ToJsonString(), oracle, ours, different);
        }

        output.WriteLine($"{pairs} pairs, {different.Count} judged differently");
        Assert.True(different.Count == 0, string.Join("\n", different.Take(20)));
    }

    private static bool Compare(string json, JsonSchema oracle, Shape ours, List<string> different)
    {
        var theirs = oracle.Validate(json);
        var issues = ShapeValidator.Validate(YamlLanguage.Instance.ParseDocument(json).Root!, ours, ShapeReading.JsonSchema);
        if (theirs.Count == 0 != (issues.Count == 0))
            different.Add($"{json}\n   oracle: {string.Join("; ", theirs.Select(e => $"{e.Path} {e.Kind}"))}\n   "
                + $"ours: {string.Join("; ", issues.Select(i => $"{i.Path} {i.Kind}: {i.Message}"))}");
        return theirs.Count == 0;
    }

    private static IEnumerable<(PackKind Kind, JsonNode Manifest)> Manifests(SchemaPack pack)
    {
        foreach (var text in RuleCatalogue.All.SelectMany(rule => new[] { rule.Good, rule.Bad }).Concat(SampleFiles()).Distinct())
        {
            foreach (var slot in YamlLanguage.Instance.Parse(text).Documents)
            {
                if (slot.Document.Root is { } root && slot.Document.Issues.Count == 0
                    && pack.Kind(root.TextAt("apiVersion") ?? "", root.TextAt("kind") ?? "") is { } kind)
                    yield return (kind, JsonTree.Of(root)!);
            }
        }
    }

    private static IEnumerable<string> SampleFiles() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static IEnumerable<JsonNode> Mutations(JsonNode manifest, int seed)
    {
        yield return manifest;
        var random = new Random(seed);
        var places = Places(manifest, []).ToList();
        foreach (var place in places)
        {
            yield return Changed(manifest, place,
                (holder, key) => Set(holder, key, Replacements[random.Next(Replacements.Length)]?.DeepClone()));
            if (random.Next(2) == 0)
                yield return Changed(manifest, place, Remove);
            if (place[^1] is string name)
                yield return Changed(manifest, place, (holder, key) =>
                {
                    var value = holder[(string)key]?.DeepClone(); holder.AsObject()
                    .Remove((string)key); holder[name + "x"] = value;
                });
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
}
