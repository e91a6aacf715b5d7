using System.Text.Json;
using System.Text.Json.Nodes;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Support;
using Repave.Schemas.Tests;

namespace Repave.EndToEnd.Tests.Native;

/// <summary>JSON Schemas are read by a library that looks at types while it runs, which is what may fail natively: every keyword,
/// recursion, references over files, and schemas that are none have the same findings as on .NET, to the byte.</summary>
public sealed class NativeSchemaTests(ITestOutputHelper output) : IDisposable
{
    // The keywords of drafts 4 to 2020-12 and those that OpenAPI adds. What judges nothing here must still be read, or left alone, alike.
    private const string Keywords = """
        $anchor $comment $defs $dynamicAnchor $dynamicRef $id $recursiveAnchor $recursiveRef $ref $schema $vocabulary id
        additionalItems additionalProperties allOf anyOf const contains contentEncoding contentMediaType contentSchema default
        definitions dependencies dependentRequired dependentSchemas deprecated description discriminator else enum example
        examples exclusiveMaximum exclusiveMinimum externalDocs format if items maxContains maxItems maxLength maxProperties
        maximum minContains minItems minLength minProperties minimum multipleOf not nullable oneOf pattern patternProperties
        prefixItems properties propertyNames readOnly required then title type unevaluatedItems unevaluatedProperties
        uniqueItems writeOnly xml x-custom
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-native-schemas-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryKeywordHasTheSameFindings()
    {
        NativeProgram.Require();
        var random = new Random(1);
        var used = new HashSet<string>(StringComparer.Ordinal);
        // Those that the tests of schemas hold against another validator, and those that it judges in another way or not at all.
        foreach (var (number, schema) in KeywordSchemas.All.Concat(Fixture("keyword-schemas.jsonl")).Index())
        {
            Collect(JsonNode.Parse(schema), used);
            Write($"schemas/{number}.json", schema);
            for (var i = 0; i < 60; i++)
                WriteText($"{number}-{i}", $"schemas/{number}.json", KeywordSchemas.Instance(random).ToJsonString());
        }

        Assert.Empty(Keywords.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Except(used));
        Assert.True(SameFindings("RPV0010", "RPV0011", "RPV0012", "RPV0013", "RPV0014").Count > 1000);
    }

    [Fact]
    public void SchemasOverSeveralFilesHaveTheSameFindings()
    {
        var fixture = Path.Combine(Repository.Root, "tests", "Fixtures", "schemas-over-files");
        foreach (var file in Directory.EnumerateFiles(fixture, "*", SearchOption.AllDirectories))
            Write(Path.GetRelativePath(fixture, file), File.ReadAllText(file));
        Assert.True(SameFindings("RPV0010", "RPV0011", "RPV0012").Count >= 12);
    }

    [Fact]
    public void SchemasThatAreNoneAreSaidInTheSameWords()
    {
        // One of the lines is empty.
        var broken = Fixture("broken-schemas.txt");
        foreach (var (number, schema) in broken.Index())
        {
            Write($"broken-{number}.json", schema);
            WriteText($"{number}", $"broken-{number}.json", "a: 1\n---\n[1]\n---\ntext");
        }

        WriteText("folder", ".", "a: 1");
        WriteText("missing", "nowhere.json", "a: 1");
        WriteText("address", "https://127.0.0.1:1/never.json", "a: 1");
        Assert.True(SameFindings("RPV0032", "RPV0033").Count > broken.Length / 2);
    }

    // Large schemas that call themselves: those of Kubernetes' own kinds, with every rule's examples inside a text of another kind.
    [Fact]
    public void LargeSchemasHaveTheSameFindings()
    {
        NativeProgram.Require();
        var pack = new SchemaPack(EmbeddedPacks.Text("kubernetes", "1.36.pack"));
        var files = 0;
        foreach (var text in RuleCatalogue.All.SelectMany(rule => new[] { rule.Good, rule.Bad }).Distinct(StringComparer.Ordinal))
        {
            foreach (var slot in YamlLanguage.Instance.Parse(text).Documents)
            {
                if (slot.Document.Root is not { } root || slot.Document.Issues.Count > 0)
                    continue;
                if (pack.Kind(root.TextAt("apiVersion") ?? "", root.TextAt("kind") ?? "") is not { } kind)
                    continue;
                var name = kind.Type.ToString();
                Write($"schemas/{name}.json", PackJsonSchema.Of(pack.Type(kind.Type)));
                WriteText($"{files++}", $"schemas/{name}.json", Mistaken(JsonTree.Of(root)!, files).ToJsonString());
            }
        }

        Assert.True(files > 100, $"{files} files");
        Assert.NotEmpty(SameFindings("RPV0010", "RPV0011"));
    }

    // Without what would make it a manifest of Kubernetes, and with mistakes.
    private static JsonObject Mistaken(JsonNode manifest, int seed)
    {
        var random = new Random(seed);
        var text = manifest.AsObject();
        text.Remove("apiVersion");
        var holder = text;
        for (var depth = random.Next(5); depth > 0; depth--)
        {
            if (holder.Select(e => e.Value).OfType<JsonObject>().ToList() is { Count: > 0 } below)
                holder = below[random.Next(below.Count)];
        }

        var key = holder.Count > 0 ? holder.ElementAt(random.Next(holder.Count)).Key : "a";
        holder[key] = random.Next(3) switch { 0 => JsonValue.Create(7), 1 => new JsonArray(1, "x"), _ => new JsonObject { ["a"] = true } };
        holder["mistaken"] = 1;
        return text;
    }

    private List<string> SameFindings(params string[] expected)
    {
        var answer = NativeProgram.Same(_folder, ["check", ".", "--format", "json", "--fail-on", "never"]);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        var ids = json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("id").GetString()!).ToList();
        output.WriteLine(string.Join(", ", ids.CountBy(id => id).Select(id => $"{id.Key} {id.Value}").Order(StringComparer.Ordinal)));
        Assert.Empty(expected.Except(ids));
        return ids;
    }

    private static void Collect(JsonNode? node, HashSet<string> names)
    {
        if (node is JsonObject map)
            names.UnionWith(map.Select(e => e.Key));
        foreach (var below in node switch { JsonObject held => held.Select(e => e.Value), JsonArray list => list, _ => [] })
            Collect(below, names);
    }

    private static string[] Fixture(string name) => File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Fixtures", name));

    private void WriteText(string name, string schema, string text) =>
        Write(name + ".yaml", $"# yaml-language-server: $schema={schema}\n{text}\n");

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
