using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Schemas.Tests;

/// <summary>JSON Schemas that a text or the settings name, from real files.</summary>
public sealed class SchemaFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-schemas-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ATextNamesItsSchemaByPath()
    {
        Write("color.json", """{"type":"object","properties":{"color":{"enum":["blue","red"]}},"additionalProperties":false}""");
        var findings = Check("# yaml-language-server: $schema=./color.json\ncolor: green\nsize: 1\n", Settings.Default);
        Assert.Equal(["RPV0013 color", "RPV0010 size"], findings.Select(f => $"{f.Rule.Id} {f.Path}"));
        Assert.Equal(1, findings[0].Range.Start.Line);
    }

    [Fact]
    public void TheSettingsNameASchemaForPaths()
    {
        Write("schemas/color.yaml", "type: object\nrequired: [color]\n");
        var settings = SettingsReader.Read("schemas:\n  - match: '*.yaml'\n    file: schemas/color.yaml\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal(["RPV0012 color"], Check("size: 1\n", settings).Select(f => $"{f.Rule.Id} {f.Path}"));
    }

    [Fact]
    public void ASchemaMayBeAReferenceIntoItselfAndToFilesBesideIt()
    {
        Write("part.json", """{"type":"integer"}""");
        Write("color.json",
            """{"$ref":"#/definitions/root","definitions":{"root":{"type":"object","properties":{"size":{"$ref":"part.json"}}}}}""");
        Assert.Equal(["RPV0011 size"],
            Check("# yaml-language-server: $schema=color.json\nsize: big\n", Settings.Default).Select(f => $"{f.Rule.Id} {f.Path}"));
    }

    [Fact]
    public void DefinitionsMayReferToEachOtherInTheNewerWordToo()
    {
        Write("part.json", """{"$defs":{"size":{"anyOf":[{"$ref":"#/$defs/number"},{"type":"null"}]},"number":{"type":"integer"}}}""");
        Write("color.json", """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}"""
            + ""","size":{"$ref":"part.json#/$defs/size"},"$defs":{"type":"integer"}},"additionalProperties":false}}}""");
        const string text = "# yaml-language-server: $schema=color.json\nnext:\n  next: {size: big, other: 1}\n  size: 1\n$defs: x\n";
        Assert.Equal(["RPV0011 next.next.size", "RPV0010 next.next.other", "RPV0011 $defs"],
            Check(text, Settings.Default).Select(f => $"{f.Rule.Id} {f.Path}"));
    }

    [Fact]
    public void AnAddressIsSaidAndNeverFetched()
    {
        Assert.Equal(["RPV0032"], Check("# yaml-language-server: $schema=https://127.0.0.1:1/color.json\ncolor: green\n", Settings.Default)
            .Select(f => f.Rule.Id));
        Write("color.json",
            """{"type":"object","properties":{"color":{"$ref":"http://127.0.0.1:1/never.json"},"size":{"type":"integer"}}}""");
        Assert.Equal(["RPV0011"],
            Check("# yaml-language-server: $schema=color.json\ncolor: green\nsize: big\n", Settings.Default).Select(f => f.Rule.Id));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"$ref":"#/nowhere"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"missing.json"}}}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/a"}}}""")]
    [InlineData("""{"properties":{"color":{"anyOf":[{"$ref":"#/properties/color"},{"$ref":"#/properties/color"}]}}}""")]
    [InlineData("""{"type":"object"}{"type":"object"}""")]
    public void ASchemaThatIsNoneIsSaidAtItsPlace(string schema)
    {
        Write("broken.json", schema);
        var finding = Assert.Single(Check("# yaml-language-server: $schema=broken.json\ncolor: green\n", Settings.Default));
        Assert.Equal("RPV0033", finding.Rule.Id);
        Assert.Equal(0, finding.Range.Start.Line);
        Assert.DoesNotContain(_folder, finding.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<Finding> Check(string text, Settings settings)
    {
        var path = Path.Combine(_folder, "text.yaml");
        var context = new AnalysisOptions(settings, new SchemaFiles(File.ReadAllText, _folder));
        Assert.True(context.IsWorthReading(path, text));
        return ManifestAnalysis.Check([Manifest.Parse(path, text)], context).Findings;
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
