using System.Text;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Support;
using Repave.Core.Text;

namespace Repave.Core.Tests.Syntax.Yaml;

/// <summary>A document of which only the edited entry was read again is the document that a fresh read gives.</summary>
public class YamlPartReadingTests(ITestOutputHelper output)
{
    private static readonly string[] Inserts =
    [
        "x", "7", "\n", "  ", " ", "- ", ": ", ":", "#", " # c", "\"", "'", "[", "]", "{", "}", "|", ">", "\t", "\r\n", "&a ", "*a", "!Ref ", "%",
        "? ", ", ", "\n  ", "\n    ", "a: b\n", "key:\n  - x\n", "|\n    text\n\n", "<<: {z: 1}\n", "---", "...", "",
    ];

    private static readonly string Template = string.Concat("Description: >\n  folded\n  text\n\n# above\nResources:\n", string.Concat(
        Enumerable.Range(0, 12).Select(i => $"  Queue{i}: # a queue\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags:\n        - Key: a\n"
            + $"          Value: !Ref Stage\n      Text: |\n        line\n          more\n\n      Other: \"quoted\n        on two lines\"\n"
            + $"    Metadata: {{a: [1, 2], b: !Sub '${{Stage}}'}}\n    Empty:\n\n")), "Outputs:\n  A:\n    Value: x\n");

    [Fact]
    public void RandomEditsOfTemplates() => Edits(Template, 11, 2000);

    [Fact]
    public void RandomEditsOfTemplatesWithOtherLineEnds() => Edits(Template.Replace("\n", "\r\n", StringComparison.Ordinal), 12, 1000);

    [Fact]
    public void RandomEditsOfRealFiles()
    {
        var files = Directory.GetFiles(SharedData.Require("data/corpus"), "*.yaml", SearchOption.AllDirectories)
            .Where(f => new FileInfo(f).Length is > 200 and < 30_000).Order(StringComparer.Ordinal).ToList();
        var (read, parts) = (0, 0);
        // With REPAVE_LONG=1 more edits of more of them.
        var isLong = Environment.GetEnvironmentVariable("REPAVE_LONG") == "1";
        for (var i = 0; i < files.Count; i += isLong ? 1 : 5)
        {
            var (edits, inParts) = Edits(File.ReadAllText(files[i]), i, isLong ? 200 : 30);
            read += edits;
            parts += inParts;
        }

        output.WriteLine($"{files.Count} files, {read} edits, {parts} of them read in parts");
        Assert.True(parts > read / 4, $"only {parts} of {read}");
    }

    [Theory]
    [InlineData("a:\n  b: 1\n  c: 2\nd: 3\n", "1", "12", true)] // a value
    [InlineData("a:\n  b: 1\n  c: 2\nd: 3\n", "b", "bb", true)] // the entry around a key
    [InlineData("a: 1\nb: 2\n", "b", "a", false)] // a key may be the second of its name
    [InlineData("a:\n  b: &x 1\n  c: *x\nd: 3\n", "3", "4", false)] // what is named elsewhere
    [InlineData("%TAG ! tag:x:\n---\na: 1\nb: 2\n", "1", "3", false)] // a directive
    [InlineData("a: 1\nb: 2\n", "1\n", "1", false)] // the next key comes onto this line
    [InlineData("a: {b: 1,\n  c: 2}\nd: 3\n", "2}", "2", false)] // a bracket stays open
    [InlineData("- a: 1\n  b: 2\n- c: 3\n", "2", "4", false)] // a list has no entries
    [InlineData("a:\n  - b: 1\n    c: 2\nd: 3\n", "2", "4", true)] // but the entry that holds it is one
    public void OnlyWhatIsSure(string text, string old, string changed, bool inParts)
    {
        var file = YamlLanguage.Instance.Parse(text);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        var edit = new TextEdit(new TextSpan(at, at + old.Length), changed);
        var slot = file.Documents[^1];
        Assert.Equal(inParts, slot.Document.After(edit, edit.Apply(text)) is not null);
        Assert.Equal(Dump(YamlLanguage.Instance.Parse(edit.Apply(text))), Dump(file.With(edit)));
    }

    // Every edit begins at the text that the last one left; one that breaks it is mostly taken back, or all of them soon after it.
    private static (int Edits, int InParts) Edits(string text, int seed, int count)
    {
        var random = new Random(seed);
        var file = YamlLanguage.Instance.Parse(text);
        var parts = 0;
        for (var i = 0; i < count; i++)
        {
            var content = file.Text.Content;
            var start = random.Next(content.Length + 1);
            var end = Math.Min(content.Length, start + random.Next(4) * random.Next(6));
            var edit = new TextEdit(new TextSpan(start, end), Inserts[random.Next(Inserts.Length)]);
            var edited = file.With(edit);
            foreach (var slot in file.Documents.Where(d => d.Start <= start && d.Start + d.Document.Text.Length >= end))
            {
                var inSlot = new TextEdit(new TextSpan(start - slot.Start, end - slot.Start), edit.NewText);
                if (edited.Documents.Any(d => d.Start == slot.Start && d.Document.Text == inSlot.Apply(slot.Document.Text))
                    && slot.Document.After(inSlot, inSlot.Apply(slot.Document.Text)) is not null)
                    parts++;
            }

            var fresh = YamlLanguage.Instance.Parse(edited.Text.Content);
            var expected = Dump(fresh);
            var found = Dump(edited);
            if (expected != found)
            {
                var (line, other) = expected.Split('\n').Zip(found.Split('\n')).FirstOrDefault(l => l.First != l.Second);
                var near = edited.Text.Content[Math.Max(0, start - 200)..Math.Min(edited.Text.Length, start + 200)];
                Assert.Fail($"seed {seed}, edit {i}: {edit}, expected {line[..Math.Min(300, line.Length)]} but found {other[..Math.Min(300, other.Length)]} near\n{near}");
            }

            if (edited.Documents.All(d => d.Document.Issues.Count == 0) || random.Next(20) == 0)
                file = edited;
            else if (file.Documents.Any(d => d.Document.Issues.Count > 0) && random.Next(3) == 0)
                file = YamlLanguage.Instance.Parse(text);
            if (file.Text.Length < 60)
                file = YamlLanguage.Instance.Parse(text);
        }

        return (count, parts);
    }

    private static string Dump(SourceFile file)
    {
        var text = new StringBuilder();
        foreach (var slot in file.Documents)
        {
            text.Append(slot.Start).Append(' ').AppendJoin("; ", slot.Document.Issues.Select(i => $"{i.Span} {i.Message}")).Append('\n');
            if (slot.Document.Root is { } root)
                Dump(root, null, 0, text);
            text.AppendJoin(' ', slot.Document.Scalars.Select(s => $"{s.Span}={s.Kind}")).Append('\n');
        }

        return text.ToString();
    }

    private static void Dump(Node node, Node? parent, int place, StringBuilder text)
    {
        Assert.Same(parent, node.Parent);
        Assert.Equal(place, node.Place);
        text.Append(node.GetType().Name).Append(' ').Append(node.Span).Append(' ').Append(node.Tag).Append(' ').Append(node.Anchor);
        switch (node)
        {
            case ScalarNode scalar:
                text.Append(scalar.Style).Append(' ').Append(scalar.Value).Append('\n');
                break;
            case MapNode map:
                text.Append(map.Style).Append(' ').Append(map.AllEntries.Count).Append(" {\n");
                for (var i = 0; i < map.Entries.Count; i++)
                {
                    Dump(map.Entries[i].Key, map, i, text);
                    Dump(map.Entries[i].Value, map, i, text);
                }

                text.Append("}\n");
                break;
            case ListNode list:
                text.Append(list.Style).Append(" [\n");
                for (var i = 0; i < list.Items.Count; i++)
                    Dump(list.Items[i], list, i, text);
                text.Append("]\n");
                break;
            default:
                text.Append('\n');
                break;
        }
    }
}
