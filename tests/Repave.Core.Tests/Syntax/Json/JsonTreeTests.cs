using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Tests.Syntax.Json;

public class JsonTreeTests
{
    // A mark "‹…›" stands around what the issue underlines.
    [Theory]
    [InlineData("{\"a\": 1\n ‹\"›b\": 2}", SyntaxIssueKind.Deviation, "A comma is missing before this.", """{"a":1,"b":2}""")]
    [InlineData("[1 ‹2›]", SyntaxIssueKind.Deviation, "A comma is missing before this.", "[1,2]")]
    [InlineData("{\"a\": 1‹,›\n}", SyntaxIssueKind.Deviation, "JSON has no trailing commas: remove this comma.", """{"a":1}""")]
    [InlineData("[1, 2‹,›]", SyntaxIssueKind.Deviation, "JSON has no trailing commas: remove this comma.", "[1,2]")]
    [InlineData("{‹// why›\n\"a\": 1}", SyntaxIssueKind.Deviation, "JSON has no comments.", """{"a":1}""")]
    [InlineData("{\"a\": ‹/* why */› 1}", SyntaxIssueKind.Deviation, "JSON has no comments.", """{"a":1}""")]
    [InlineData("{\"a\": 1 ‹# why›\n}", SyntaxIssueKind.Deviation, "JSON has no comments.", """{"a":1}""")]
    [InlineData("{‹\"a\"› 1, \"b\": 2}", SyntaxIssueKind.Deviation, "A colon is missing behind the key 'a'.", """{"a":1,"b":2}""")]
    [InlineData("{\"a\"‹:› , \"b\": 2}", SyntaxIssueKind.Syntax, "The key 'a' has no value.", """{"a":null,"b":2}""")]
    [InlineData("{‹a›: 1}", SyntaxIssueKind.Deviation, "JSON writes keys in double quotes.", """{"a":1}""")]
    [InlineData("{\"a\": ‹'x'›}", SyntaxIssueKind.Deviation, "JSON writes texts in double quotes.", """{"a":"x"}""")]
    [InlineData("{\"a\": ‹yes›}", SyntaxIssueKind.Syntax, "'yes' is not a JSON value: put a text in double quotes.", """{"a":"yes"}""")]
    [InlineData("{\"a\": ‹01›}", SyntaxIssueKind.Syntax, "'01' is not a JSON value: put a text in double quotes.", """{"a":"01"}""")]
    [InlineData("{\"a\": ‹\"x›\n, \"b\": 2}", SyntaxIssueKind.Syntax, "The closing quote of this text is missing.", """{"a":"x","b":2}""")]
    [InlineData("{\"a\": \"‹\\d›\"}", SyntaxIssueKind.Syntax, @"JSON has no such escape; write \\ for a backslash.", """{"a":"\\d"}""")]
    [InlineData("{\"a\": ‹[›1, 2", SyntaxIssueKind.Syntax, "The bracket that opens here is not closed.", """{"a":[1,2]}""")]
    [InlineData("{\"a\": [1‹}›, \"b\": 2}", SyntaxIssueKind.Syntax, "The bracket that is open here is closed by ']', not by '}'.",
        """{"a":[1],"b":2}""")]
    [InlineData("{\"a\": 1} ‹]›", SyntaxIssueKind.Syntax,
        "The value ends before this: a bracket is closed too early, or this is left over.", """{"a":1}""")]
    [InlineData("{\"a\": 1, ‹\"a\"›: 2}", SyntaxIssueKind.DuplicateKey,
        "The key 'a' is already set in this mapping; readers refuse it or keep only one of the two.", null)]
    public void SaysWhatIsWrongWhereItIs(string marked, SyntaxIssueKind kind, string message, string? read)
    {
        var start = marked.IndexOf('‹', StringComparison.Ordinal);
        var end = marked.IndexOf('›', StringComparison.Ordinal) - 1;
        var document = JsonLanguage.Instance.ParseDocument(
            marked.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal));
        var issue = document.Issues[0];
        Assert.Equal((kind, new TextSpan(start, end), message), (issue.Kind, issue.Span, issue.Message));
        if (read is not null)
            Assert.Equal(read, CanonicalJson.Of(document.Root!, asPlatform: false));
        Assert.Equal(kind is SyntaxIssueKind.Deviation or SyntaxIssueKind.DuplicateKey, document.IsWhole);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(" [ 1 , -2.5e3 , true , false , null , \"\\u00e4\\n\\\"\\\\/\" , {\"a\" : {\"b\" : [ ] } } ]\n")]
    [InlineData("{\"a\":0,\"b\":12345678901234567890123,\"c\":1E-2,\"d\":\"\",\"e\":[[],{}]}")]
    [InlineData("\uFEFF{\r\n  \"a\": [\r\n    1\r\n  ]\r\n}\r\n")]
    public void ReadsWhatYamlReadsAtTheSamePlaces(string text)
    {
        var json = JsonLanguage.Instance.Parse(text);
        var yaml = YamlLanguage.Instance.Parse(text);
        Assert.Empty(json.Documents[0].Document.Issues);
        Assert.Equal(Places(yaml), Places(json));
    }

    [Fact]
    public void SeveralValuesAreSeveralDocuments()
    {
        var file = JsonLanguage.Instance.Parse("{\"a\": \"}{\"}\n{\"b\": 1}[2]");
        Assert.Equal(["{\"a\": \"}{\"}\n", "{\"b\": 1}", "[2]"], file.Documents.Select(d => d.Document.Text));
        Assert.All(file.Documents,
            slot => Assert.Equal(slot.Document.Text, file.Text.Content.Substring(slot.Start, slot.Document.Text.Length)));
        Assert.Empty(JsonLanguage.Instance.Parse(" \r\n").Documents);
    }

    [Theory]
    [InlineData("a.json", "{\"a\": 1}", "json")]
    [InlineData("A.JSON", "", "json")]
    [InlineData("a.json", "// {}", "json")]
    [InlineData("a.json", "apiVersion: v1\nkind: List\n", "yaml")]
    [InlineData("a.yaml", "{\"a\": 1}", "yaml")]
    [InlineData("a.template", "{\"a\": 1}", "yaml")]
    [InlineData("-", "a: 1", "yaml")]
    public void TheNameAndTheFirstCharacterTellTheLanguage(string path, string text, string language) =>
        Assert.Equal(language, Manifest.Parse(path, text).Source.Language.Name);

    [Fact]
    public void NoNestingIsTooDeep()
    {
        foreach (var opening in (string[])["[", "{\"a\":", "[{\"a\":"])
        {
            var document = JsonLanguage.Instance.ParseDocument(string.Concat(Enumerable.Repeat(opening, 100_000)));
            Assert.Contains(document.Issues, issue => issue.Kind == SyntaxIssueKind.Bound);
        }
    }

    [Theory]
    [InlineData("{\"spec\": {\"a\": \"x\"}}", "{\"spec\": {\"a\": \"x\", \"b\": true}}")]
    [InlineData("{\"spec\": {\n    \"a\": 1\n  }}", "{\"spec\": {\n    \"a\": 1,\n    \"b\": true\n  }}")]
    public void EntriesAreAddedAsTheOthersStand(string before, string after)
    {
        var document = JsonLanguage.Instance.ParseDocument(before);
        var edit = document.Edits!.Append(document, (MapNode)document.Root!["spec"]!, "b", "true", isText: false);
        Assert.Equal(after, edit!.Value.Apply(before));
    }

    [Fact]
    public void TemplatesSayWhatAwsRefuses()
    {
        const string Text = """
            {
              // our bucket
              "Resources": {
                "Bucket": {
                  "Type": "AWS::S3::Bucket"
                  "Properties": {"BucketName": "a",}
                }
              }
            }
            """;
        var findings = ManifestAnalysis.Check([Manifest.Parse("stack.json", Text)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(
            [(1, 2, "JSON has no comments."), (5, 6, "A comma is missing before this."),
                (5, 38, "JSON has no trailing commas: remove this comma.")],
            findings.Where(f => f.Rule.Id == "RPV0001").Select(f => (f.Range.Start.Line, f.Range.Start.Character, f.Message)));
        Assert.Empty(ManifestAnalysis.Check([Manifest.Parse("tsconfig.json", "{\n  // ours\n  \"compilerOptions\": {},\n}")],
            new AnalysisOptions(Settings.Default)).Findings);
    }

    private static List<string> Places(SourceFile file) =>
        [.. file.Documents.SelectMany(slot => Nodes(slot.Document.Root!).Select(n => $"{n.GetType().Name} {n.Span.Start + slot.Start}-"
            + $"{n.Span.End + slot.Start} {(n as ScalarNode)?.Kind} {(n as ScalarNode)?.Value}"))];

    private static IEnumerable<Node> Nodes(Node node) => node switch
    {
        MapNode map => [node, .. map.Entries.SelectMany(e => Nodes(e.Key).Concat(Nodes(e.Value)))],
        ListNode list => [node, .. list.Items.SelectMany(Nodes)],
        _ => [node],
    };
}
