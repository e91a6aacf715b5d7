using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests;

/// <summary>Templates against the real <c>packer validate</c> (Debian's package packer, 1.6.6): the same verdict. What only later releases
/// have (plugins, data sources, single locals) is not asked.</summary>
public sealed class PackerTests
{
    [Theory]
    [InlineData("a.pkr.hcl", "source \"null\" \"a\" {\n  communicator = \"none\"\n}\nbuild {\n  sources = [\"source.null.a\"]\n}\n")]
    [InlineData("a.pkr.hcl", "source \"null\" \"a\" {\n  communicator = \"none\"\n}\nbuild {\n  sources = [\"source.null.b\"]\n}\n")]
    [InlineData("a.pkr.hcl", "source \"null\" \"a\" {\n  communicator = \"none\"\n}\nbuild {\n  sources = [\"sources.null.a\"]\n}\n")]
    [InlineData("a.pkr.hcl", "sorce \"null\" \"a\" {}\n")]
    [InlineData("a.pkr.hcl", "source \"null\" {}\n")]
    [InlineData("a.pkr.hcl", "build \"a\" {}\n")]
    [InlineData("a.pkr.hcl", "a = 1\n")]
    [InlineData("a.pkr.hcl", "source \"null\" \"a\" {\n  communicator = \"none\"\n}\nbuild {\n  sources = [\"source.null.a\"]\n  nme = \"a\"\n}\n")]
    [InlineData("a.pkr.hcl", "source \"null\" \"a\" {\n  communicator = \"none\"\n}\nbuild {\n  sources = [\"source.null.a\"]\n  provisoner \"shell\" {}\n}\n")]
    [InlineData("a.pkr.hcl", "variable \"a\" {\n  typ = string\n}\n")]
    [InlineData("a.pkr.hcl", "variable \"a\" {}\nvariable \"a\" {}\n")]
    [InlineData("a.pkr.hcl", "variables {\n  a = 1\n}\nvariable \"a\" {}\n")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"}]}""")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"}],"_comment":"a"}""")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"},{"type":"null","communicator":"none"}]}""")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"},{"communicator":"none"}]}""")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"}],"provisioner":[]}""")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"}],"provisioners":"a"}""")]
    [InlineData("a.json", """{"builders":[{"type":"null","communicator":"none"}],"post-processors":[[{"output":"c"}]]}""")]
    public void TheVerdictIsTheTools(string name, string text)
    {
        var packer = HostTools.Require("packer");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, name), text);
            var refused = Tool.Run(folder.FullName, packer, ["validate", name]).ExitCode != 0;
            var found = ManifestAnalysis.Of([Manifest.Parse(name, text)], new AnalysisOptions(Settings.Default)).Findings(name)
                .Any(finding => finding.Severity == Severity.Error);
            Assert.True(refused == found, text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
