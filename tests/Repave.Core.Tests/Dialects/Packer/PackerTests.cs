using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Packer;

/// <summary>Packer's templates: what its core reads, in HCL and in JSON.</summary>
public sealed class PackerTests
{
    [Theory]
    [InlineData("source \"null\" \"a\" {\n  anything = 1\n}\nbuild {\n  sources = [\"source.null.a\"]\n}\n", "")]
    [InlineData("source \"null\" \"a\" {}\nbuild {\n  sources = [source.null.a, \"sources.null.a\", \"null.a\"]\n}\n", "")]
    [InlineData("source \"null\" \"a\" {}\nbuild {\n  sources = [\"source.null.b\"]\n}\n", "RPV0022 \"source.null.b\"")]
    [InlineData("source \"null\" \"a\" {}\nbuild {\n  source \"source.null.b\" {\n    name = \"b\"\n  }\n}\n", "RPV0022 source.null.b")]
    [InlineData("build {\n  sources = [\"source.null.b\"]\n}\n", "")]
    [InlineData("sorce \"null\" \"a\" {}\n", "RPV0010 sorce")]
    [InlineData("source \"null\" {}\n", "RPV0012 source \"null\"")]
    [InlineData("build \"a\" {}\n", "RPV0010 build \"a\"")]
    [InlineData("a = 1\n", "RPV0010 a")]
    [InlineData("build {\n  nme = \"a\"\n}\n", "RPV0010 nme")]
    [InlineData("build {\n  provisoner \"shell\" {}\n}\n", "RPV0010 provisoner")]
    [InlineData("build {\n  provisioner \"shell\" {\n    anything {}\n  }\n  post-processors {\n    post-processor \"a\" {}\n  }\n}\n", "")]
    [InlineData("variable \"a\" {\n  typ = string\n}\n", "RPV0010 typ")]
    [InlineData("variable \"a\" {\n  validation {\n    condition = true\n  }\n}\n", "RPV0012 validation")]
    [InlineData("variable \"a\" {}\nvariable \"a\" {}\n", "RPV0021 a")]
    [InlineData("variables {\n  a = 1\n}\nvariable \"a\" {}\n", "RPV0021 a")]
    [InlineData("variable \"a\" {}\nsource \"null\" \"b\" {\n  c = var.a\n  d = var.e\n}\n", "RPV0022 e")]
    [InlineData("locals {\n  a = 1\n  b = \"${local.a}-${local.c}\"\n}\n", "RPV0022 c")]
    [InlineData("local \"a\" {\n  expression = 1\n}\nlocals {\n  b = [for v in local.a : v.c]\n}\n", "")]
    // Without any of a kind they may all stand elsewhere.
    [InlineData("source \"null\" \"b\" {\n  c = var.a\n  d = local.e\n}\n", "")]
    [InlineData("locals {\n  a = 1\n}\nlocal \"b\" {\n  expression = 1\n}\n", "")]
    [InlineData("packer {\n  required_version = \">= 1.7\"\n  required_plugins {\n    a = { version = \"1\", source = \"b\" }\n  }\n}\n", "")]
    public void HclIsHeldAgainstWhatTheCoreReads(string text, string expected) => Assert.Equal(expected, Found("image.pkr.hcl", text));

    [Theory]
    [InlineData("""{"builders":[{"type":"null"}]}""", "")]
    [InlineData("""{"builders":[{"type":"null"}],"_comment":"a","min_packer_version":"1.6"}""", "")]
    [InlineData("""{"builders":[{"type":"null"},{"type":"null"}]}""", "RPV0016 \"null\"")]
    [InlineData("""{"builders":[{"type":"null"},{"type":"null","name":"b"}]}""", "")]
    [InlineData("""{"builders":[{"type":"null"},{}]}""", "RPV0012 {}")]
    [InlineData("""{"builders":[{"type":"null"}],"provisioner":[]}""", "RPV0010 \"provisioner\"")]
    [InlineData("""{"builders":[{"type":"null"}],"provisioners":"a"}""", "RPV0011 \"a\"")]
    [InlineData("""{"builders":[{"type":"null"}],"post-processors":["a",["b",{"type":"c"}]]}""", "")]
    [InlineData("""{"builders":[{"type":"null"}],"post-processors":[[{"output":"c"}]]}""", "RPV0012 {\"output\":\"c\"}")]
    [InlineData("""{"builders":{"@angular/build":{}},"more":1}""", "")]
    public void JsonIsHeldAgainstWhatTheCoreReads(string text, string expected) => Assert.Equal(expected, Found("image.json", text));

    [Fact]
    public void SourcesOfAFolderAreKnownInEachOfItsFiles()
    {
        var analysis = ManifestAnalysis.Of(
        [
            Manifest.Parse("a/sources.pkr.hcl", "source \"null\" \"a\" {}\n"),
            Manifest.Parse("a/build.pkr.hcl", "build {\n  sources = [\"source.null.a\"]\n}\n"),
            Manifest.Parse("b/build.pkr.hcl", "source \"null\" \"b\" {}\nbuild {\n  sources = [\"source.null.a\"]\n}\n"),
        ], new AnalysisOptions(Settings.Default));
        Assert.Empty(analysis.Findings("a/build.pkr.hcl"));
        Assert.Single(analysis.Findings("b/build.pkr.hcl"));
    }

    [Theory]
    [InlineData("image.pkr.hcl", "variable \"a\" {\n  default = \"abcdefgh\"\n  sensitive = true\n}\n")]
    [InlineData("image.pkr.hcl", "source \"null\" \"a\" {\n  ssh_password = \"abcdefgh\"\n}\n")]
    [InlineData("image.json", """{"builders":[{"type":"null"}],"variables":{"a":"abcdefgh"},"sensitive-variables":["a"]}""")]
    public void ASecretIsHidden(string path, string text)
    {
        var document = Assert.Single(Manifest.Parse(path, text).Source.Documents).Document;
        Assert.Equal("(secret)", Secrets.Of(document).Hide("abcdefgh"));
    }

    private static string Found(string path, string text) => string.Join("\n", ManifestAnalysis.Of([Manifest.Parse(path, text)],
        new AnalysisOptions(Settings.Default)).Findings(path)
        .Select(finding => $"{finding.Rule.Id} {TextOf(finding)}"));

    private static string TextOf(Finding finding) =>
        finding.Place.Slot.Document.Text.Substring(finding.Place.Span.Start, finding.Place.Span.Length);
}
