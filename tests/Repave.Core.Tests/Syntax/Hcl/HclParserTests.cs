using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Tests.Syntax.Hcl;

/// <summary>Reading HCL: what is taken, what is not, where things stand, and what is left of broken texts.</summary>
public sealed class HclParserTests
{
    [Theory]
    [InlineData("a = 1\n")]
    [InlineData("a = [\n  1,\n  2,\n]\n")]
    [InlineData("a = {\n  b = 1\n  \"c\" : 2, d = 3\n}\n")]
    [InlineData("a = <<-EOT\n    x ${1}\n  EOT\nb = 2\n")]
    [InlineData("a = <<EOT\n$${x} %%{y} \"z\"\nEOT\n")]
    [InlineData("b \"l\" m { a = 1 }\n")]
    [InlineData("a = \"${ { x = \"}\" }.x }\"\n")]
    [InlineData("a = \"%{ if x }y%{ else }z%{ endif }%{ for k, v in m }${v}%{ endfor }\"\n")]
    [InlineData("a = x.0.y.*.z[*].w[0][\"k\"]\n")]
    [InlineData("a = provider::aws::f(1, [2]...)\n")]
    [InlineData("a = [for k, v in m : v if k != \"\"]\nb = {for v in m : v => v...}\n")]
    [InlineData("a = !b && -1 < 2 || (\n c\n)\n")]
    [InlineData("/* x */ a = 1 // y\n# z\n")]
    [InlineData("a = x ? y : z\r\nb = 1\r\n")]
    [InlineData("ä-1 = é\n")]
    [InlineData("a = \"\\u00e9\\n\\\"\\\\\"\n")]
    public void TextsOfTheLanguageAreTaken(string text) => Assert.Empty(IssuesOf(text));

    [Theory]
    [InlineData("a = \n")]
    [InlineData("a = 1 b = 2\n")]
    [InlineData("a = 1,\n")]
    [InlineData("a\n")]
    [InlineData("\"a\" = 1\n")]
    [InlineData("b {\n")]
    [InlineData("b { a = 1\n}\n")]
    [InlineData("b { a = 1, c = 2 }\n")]
    [InlineData("b\n{\n}\n")]
    [InlineData("}\n")]
    [InlineData("a = \"x\n\"\n")]
    [InlineData("a = \"\\q\"\n")]
    [InlineData("a = \"${x\"\n")]
    [InlineData("a = \"%{ if x }y\"\n")]
    [InlineData("a = \"%{ endif }\"\n")]
    [InlineData("a = <<EOT\nx\n")]
    [InlineData("a = [1 2]\n")]
    [InlineData("a = f(1 2)\n")]
    [InlineData("a = [for x in y]\n")]
    [InlineData("a = [for x in y : x => x]\n")]
    [InlineData("a = {for x in y : x}\n")]
    [InlineData("a = x.\n")]
    [InlineData("a = 'x'\n")]
    [InlineData("a = 1 & 2\n")]
    [InlineData("a = 1.2.3\n")]
    [InlineData("a = 1\na = 2\n", false)]
    [InlineData("b {\n  a = 1\n  a = 2\n}\n")]
    [InlineData("a = /* x\n")]
    public void OtherTextsAreNot(string text, bool isBroken = true) => Assert.Equal(isBroken, IssuesOf(text).Count > 0);

    [Theory]
    [InlineData("a = <<-EOT\n    x\n      y\n\n    z\n  EOT\n", "x\n  y\n\nz\n")]
    [InlineData("a = <<EOT\n  x\nEOT\n", "  x\n")]
    [InlineData("a = \"$${x} %%{y} $ %\"\n", "${x} %{y} $ %")]
    [InlineData("a = \"\\u00e9\\t\\U0001F600\"\n", "é\t😀")]
    public void LiteralTextsAreWhatTheyStandFor(string text, string expected) =>
        Assert.Equal(expected, ((HclDocument)HclLanguage.Instance.Parse(text).Documents[0].Document).Body["a"]!.Text);

    [Theory]
    [InlineData("resource \"a\" \"b\" {\n  x = [1\n\n")]
    [InlineData("resource \"a\" \"b\" {\n  x = \"${y\n")]
    [InlineData("resource \"a\" \"b\" {\n  x = <<EOT\n  y\n")]
    [InlineData("resource \"a\" \"b\" {\n  x\n}\n")]
    [InlineData("resource \"a\" \"b\" \n")]
    [InlineData("x = (\n")]
    [InlineData("}\n")]
    public void ABrokenBlockTakesNoOtherWithIt(string broken)
    {
        var file = HclLanguage.Instance.Parse(broken + "variable \"v\" {\n  type = string\n}\noutput \"o\" {\n  value = var.v\n}\n");
        Assert.Contains(file.Documents, d => d.Document.Issues.Count > 0);
        foreach (var name in (string[])["v", "o"])
        {
            Assert.Contains(file.Documents, d => d.Document.Issues.Count == 0
                && ((HclDocument)d.Document).Body.Blocks.Any(b => b.Label(0) == name && b.Body.Attributes.Count == 1));
        }
    }

    [Fact]
    public void AnEditReadsItsBlockAloneAnew()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(i => $"# {i}\nresource \"a\" \"b{i}\" {{\n  x = {i}\n}}\n\n"));
        var before = HclLanguage.Instance.Parse(text);
        var at = text.IndexOf("x = 25", StringComparison.Ordinal);
        var after = before.With(new TextEdit(new TextSpan(at + 4, at + 6), "[1, 2]"));
        Assert.Equal(before.Documents.Count, after.Documents.Count);
        Assert.Single(before.Documents.Zip(after.Documents), p => p.First.Document != p.Second.Document);
    }

    [Fact]
    [Trait("Category", "Fuzz")]
    public void MutatedTextsAreReadWholeAndWithoutAnException()
    {
        // REPAVE_HCL_MUTATIONS=100000 for the long form.
        var count = int.TryParse(Environment.GetEnvironmentVariable("REPAVE_HCL_MUTATIONS"), out var asked) ? asked : 5_000;
        string[] tokens =
            ["{", "}", "[", "]", "(", ")", "\"", "${", "%{", "~}", "<<EOT\n", "EOT\n", "=", "\n", ",", ".", "*", "for ",
                "if ", "in ", ":", "=>",
                "...", "\\", "#", "/*", "*/", "resource \"a\" \"b\" {\n", "\r\n", "\0", "\uFEFF", "😀", "\uD83D", "?",
                "1e9", "-", "!", "::"];
        const string Seed = """
            # a comment
            resource "aws_instance" "web" {
              count = var.n > 0 ? 1 : 0
              tags  = { for k, v in var.tags : k => "${v}-x" if v != null }
              text  = <<-EOT
                %{ for x in y ~}
                ${x[0].a.*.b}
                %{ endfor ~}
              EOT
              dynamic "ebs" {
                for_each = [1, 2]
                content { size = ebs.value }
              }
            }
            locals { a = f(1, b...) }

            """;
        Parallel.For(0, count, i =>
        {
            var random = new Random(i);
            var text = Seed;
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                var at = random.Next(text.Length);
                var length = random.Next(3) == 0 ? random.Next(Math.Min(30, text.Length - at)) : 0;
                text = text.Remove(at, length).Insert(at, tokens[random.Next(tokens.Length)]);
            }

            var file = HclLanguage.Instance.Parse(text);
            Assert.Equal(text, string.Concat(file.Documents.Select(d => d.Document.Text)));
            foreach (var slot in file.Documents)
            {
                Assert.All(slot.Document.Issues, issue => Assert.InRange(issue.Span.End, issue.Span.Start, slot.Document.Text.Length));
                var body = ((HclDocument)slot.Document).Body;
                Assert.All(body.AllAttributes.SelectMany(a => a.Value.All),
                    e => Assert.InRange(e.Span.End, e.Span.Start, slot.Document.Text.Length));
            }
        });
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{a=")]
    [InlineData("-")]
    [InlineData("f(")]
    [InlineData("\"${")]
    [InlineData("a ? b : ")]
    [InlineData("\"%{if a}")]
    public void WhatNestsForeverIsABoundAndNoCrash(string part)
    {
        var text = "a = " + string.Concat(Enumerable.Repeat(part, 20_000)) + "\n";
        Assert.NotEmpty(IssuesOf(text));
    }

    private static IReadOnlyList<SyntaxIssue> IssuesOf(string text) =>
        [.. HclLanguage.Instance.Parse(text).Documents.SelectMany(d => d.Document.Issues)];
}
