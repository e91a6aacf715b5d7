using System.Text;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Tests.Syntax.Yaml;

/// <summary>Trees and their ranges. A case is a text and the tree as lines: the node's kind, its path and its exact text.</summary>
public class YamlTreeTests
{
    [Theory]
    [InlineData("a: 1", "map : a: 1|int a: 1")]
    [InlineData("a: 1 # one\nb: two # zwei\n", "map : a: 1 # one\\nb: two|int a: 1|str b: two")]
    [InlineData("- x\n- - w\n  - z\n", "seq : - x\\n- - w\\n  - z|str [0]: x|seq [1]: - w\\n  - z|str [1][0]: w|str [1][1]: z")]
    [InlineData("a:\n- 1\n- b: 2\n  c: 3\n\nd:\n", "map : a:\\n- 1\\n- b: 2\\n  c: 3\\n\\nd:|seq a: - 1\\n- b: 2\\n  c: 3|int a[0]: 1|map "
        + "a[1]: b: 2\\n  c: 3|int a[1].b: 2|int a[1].c: 3|null d: ")]
    [InlineData("a: {b: [1, 'q''q'], c: }",
        "map : a: {b: [1, 'q''q'], c: }|map a: {b: [1, 'q''q'], c: }|seq a.b: [1, 'q''q']|int a.b[0]: 1|str a.b[1]: 'q''q'|null a.c: ")]
    [InlineData("a: |\n  x # no comment\n  y\n\nb: >-\n  z\n",
        "map : a: |\\n  x # no comment\\n  y\\n\\nb: >-\\n  z|str a: |\\n  x # no comment\\n  y|str b: >-\\n  z")]
    [InlineData("a: one\n  two # c\nb: \"x\\ty\"\n", "map : a: one\\n  two # c\\nb: \"x\\ty\"|str a: one\\n  two|str b: \"x\\ty\"")]
    [InlineData("a: &x !!str 5\nb: *x\nc: &y\n  d: 1\n",
        "map : a: &x !!str 5\\nb: *x\\nc: &y\\n  d: 1|str a: 5|alias b: *x|map c: d: 1|int c.d: 1")]
    [InlineData("{\r\n\t\"a\": [true,\r\n\t\tnull],\r\n\t\"b\": \"\\ud83d\\ude00\\/\"\r\n}",
        "map : {\\r\\n\\t\"a\": [true,\\r\\n\\t\\tnull],\\r\\n\\t\"b\": \"\\ud83d\\ude00\\/\"\\r\\n}|seq a: [true,\\r\\n\\t\\tnull]|bool "
            + "a[0]: true|null a[1]: null|str b: \"\\ud83d\\ude00\\/\"")]
    [InlineData("\uFEFFa: \"😀\"\r\nb: 𝒳 y\r\n", "map : a: \"😀\"\\r\\nb: 𝒳 y|str a: \"😀\"|str b: 𝒳 y")]
    [InlineData("a: |\n    \n  x\nb: y1 # c\n", "map : a: |\\n    \\n  x\\nb: y1|str a: |\\n    \\n  x|str b: y1")]
    [InlineData("? a\n: b\n", "map : ? a\\n: b|str a: b")]
    [InlineData("%YAML 1.1\n---\na: b\n...\n", "map : a: b|str a: b")]
    public void HasExactRanges(string text, string expected) => Assert.Equal(expected, Describe(YamlLanguage.Instance.Parse(text)));

    [Fact]
    public void DocumentsAreReadApart()
    {
        var file = YamlLanguage.Instance.Parse("# head\n---\na: 1\n--- # next\nb: [\n---\n# nothing\n---\nc: 3\n...\n---\n");
        Assert.Equal(["a: 1", "b: [", "c: 3"], file.Documents.Select(
            d => d.Document.Root is null ? "" : d.Document.Text.Trim().Split('\n').First(l => l.Length > 0 && l[0] is not ('#' or '-'))));
        Assert.Equal([0, 1, 0], file.Documents.Select(d => d.Document.Issues.Count));
        Assert.Equal(["a", "b", "c"], file.Documents.Select(d => ((MapNode)d.Document.Root!).Entries[0].Name!));
    }

    [Theory]
    [InlineData("a: 1\nb: 'x\nc: 2\n", 1, 3, "closing quote", "a b c")]
    [InlineData("a:\n  b: 1\n c: 2\nd: 3\n", 2, 1, "indented differently", "a a.b d")]
    [InlineData("a: 1\n\tb: 2\n", 1, 0, "tab", "a")]
    [InlineData("a: 1\nb: @x\n", 1, 3, "'@'", "a b")]
    [InlineData("a: 1\nb: [1, 2\nc: 3\n", 1, 3, "bracket", "a b c")]
    [InlineData("a: b: c\n", 0, 4, "key: value", "a")]
    [InlineData("a: 1\nspe\nb: 2\n", 1, 0, "':' is missing behind 'spe'", "a spe b")]
    [InlineData("a:\n  b:x\n    c: 1\nd: 2\n", 1, 3, "space is missing", "a a.b a.b.c d")]
    [InlineData("a:\n  templ\n    b: 1\nc: 2\n", 1, 2, "':' is missing behind 'templ'", "a a.templ a.templ.b c")]
    [InlineData("a: 1\nb:x\nc: 2\n", 1, 1, "space is missing", "a b c")]
    [InlineData("a: 1\nb: 'x\nc: 'y'\nd: 2\n", 1, 3, "closing quote", "a b c d")]
    [InlineData("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\nc: 4\n", 1, 0, "merge conflict", "a b c")]
    [InlineData("a:\nspe\n  - 1\n  - 2\n  - 3\n  - 4\nb: 2\n", 1, 0, "':' is missing behind 'spe'", "a a[0] a[1] a[2] a[3] b")]
    [InlineData("a: !Ref\nspe\n  - 1\n  - 2\n  - 3\n  - 4\nb: 2\n", 1, 0, "':' is missing behind 'spe'", "a a[0] a[1] a[2] a[3] b")]
    [InlineData("a: \"x\n  b: 1\n  c: 2\n  d: 3\n  e: 4\nf: \"g\"\n", 0, 3, "closing quote", "a a.b a.c a.d a.e f")]
    [InlineData("a: '{{resolve:ssm:x}}'\nspe\nb: 2\n", 1, 0, "':' is missing behind 'spe'", "a spe b")]
    [InlineData("a: 1\na: 2\n", 1, 0, "already set", "a a")]
    [InlineData("a: *nowhere\n", 0, 3, "anchor", "a")]
    public void BrokenTextGivesATreeAroundTheErrorAndTheErrorAtItsPlace(string text, int line, int character, string message, string paths)
    {
        var file = YamlLanguage.Instance.Parse(text);
        var document = file.Documents[0].Document;
        var error = Assert.Single(document.Issues);
        Assert.Equal((line, character), (file.Text.PositionOf(error.Span.Start).Line, file.Text.PositionOf(error.Span.Start).Character));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(paths, string.Join(' ', Nodes(document.Root).Where(n => n.Parent is not null && n.Span.End <= text.Length)
            .Select(n => FieldPath.Of(n)).Where(p => p.Length > 0)));
    }

    [Fact]
    public void CommentsAreKept()
    {
        var document = YamlLanguage.Instance.ParseDocument("# head\na: '#no' # yes\nb: |\n  # no\nc: x#no\n   # own\n");
        Assert.Equal(["head:True", "yes:False", "own:True"], document.Comments.Select(c => $"{c.Text}:{c.OwnLine}"));
    }

    [Fact]
    public void MergeKeysBringWhatIsNotOverridden()
    {
        var root = (MapNode)YamlLanguage.Instance.ParseDocument("one: &one {a: 1, b: 1}\ntwo: &two {b: 2, c: 2}\nall:\n"
            + "  <<: [*one, *two]\n  a: 0\n").Root!;
        Assert.Equal("a=0 b=1 c=2",
            string.Join(' ', ((MapNode)root["all"]!).AllEntries.Select(e => $"{e.Name}={((ScalarNode)e.Value.Resolved!).Value}")));
        Assert.Equal("2", root.At("all")!.TextAt("c"));
    }

    [Theory]
    [InlineData("y", ScalarKind.Boolean)]
    [InlineData("No", ScalarKind.Boolean)]
    [InlineData("on", ScalarKind.Boolean)]
    [InlineData("yess", ScalarKind.String)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("0777", ScalarKind.Integer)]
    [InlineData("0o17", ScalarKind.Integer)]
    [InlineData("08", ScalarKind.Float)]
    [InlineData("0x1F", ScalarKind.Integer)]
    [InlineData("1_000", ScalarKind.Integer)]
    [InlineData("1e3", ScalarKind.Float)]
    [InlineData("1.10", ScalarKind.Float)]
    [InlineData(".5", ScalarKind.Float)]
    [InlineData("1.2.3", ScalarKind.String)]
    [InlineData("12:30", ScalarKind.String)]
    [InlineData("2026-01-31", ScalarKind.String)]
    [InlineData("-", ScalarKind.String)]
    [InlineData("+1", ScalarKind.Integer)]
    [InlineData(".inf", ScalarKind.Float)]
    [InlineData("1h", ScalarKind.String)]
    public void ScalarsAreTakenAsKubectlTakesThem(string text, ScalarKind kind) => Assert.Equal(kind, YamlScalars.KindOf11(text));

    [Theory]
    [InlineData("0777", 511)]
    [InlineData("-0x10", -16)]
    [InlineData("0b101", 5)]
    [InlineData("1_000", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("2.0", 2)]
    public void NumbersHaveTheirValue(string text, long value) => Assert.Equal(value, YamlScalars.IntegerOf(text));

    private static string Describe(SourceFile file)
    {
        var lines = new List<string>();
        foreach (var slot in file.Documents)
        {
            Assert.Empty(slot.Document.Issues);
            foreach (var node in Nodes(slot.Document.Root))
            {
                var text = file.Text.TextOf(node.Span.Shift(slot.Start)).Replace("\r", "\\r", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
                lines.Add($"{Kind(node)} {FieldPath.Of(node)}: {text}");
            }
        }

        return string.Join('|', lines);
    }

    private static string Kind(Node node) => node switch
    {
        MapNode => "map",
        ListNode => "seq",
        AliasNode => "alias",
        ScalarNode { Kind: ScalarKind.Boolean } => "bool",
        ScalarNode { Kind: ScalarKind.Integer } => "int",
        ScalarNode { Kind: ScalarKind.Null } => "null",
        _ => "str",
    };

    private static IEnumerable<Node> Nodes(Node? node)
    {
        if (node is null)
            yield break;
        yield return node;
        var children = node switch
        {
            MapNode mapping => mapping.Entries.Select(e => e.Value),
            ListNode sequence => sequence.Items,
            _ => [],
        };
        foreach (var child in children.SelectMany(Nodes))
            yield return child;
    }
}
