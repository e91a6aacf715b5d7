using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Repave.Analyzers.CSharp;
using Repave.Core.Tests.Support;

namespace Repave.Analyzers.Tests;

/// <summary>Manifests in string literals.</summary>
public class ManifestLiteralTests
{
    private const string Raw = "\"\"\"\n        apiVersion: v1\n        kind: ConfigMap\n        metadata:\n          name: a\n"
        + "        data:\n          color: yes\n        \"\"\"";

    [Theory]
    [InlineData("    // lang=yaml\n    string a = " + Raw + ";")]
    [InlineData("    string a = /* language=yaml */ " + Raw + ";")]
    [InlineData("    void B()\n    {\n        // lang=yaml\n        var a = " + Raw + ".Trim();\n    }")]
    [InlineData("    [System.Diagnostics.CodeAnalysis.StringSyntax(\"yaml\")]\n    string A { get; } = " + Raw + ";")]
    [InlineData("    void C([System.Diagnostics.CodeAnalysis.StringSyntax(\"Yaml\")] string text) { }\n    void B() => C(" + Raw + ");")]
    [InlineData("    object B() => k8s.KubernetesYaml.LoadAllFromString(" + Raw + ");")]
    [InlineData("    // lang=yaml\n    string a = @\"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"\"a\"\"}\n"
        + "data:\n  color: yes\n\";")]
    [InlineData(
        "    // lang=yaml\n    string a = \"apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: \\\"a\\\"}\\ndata:\\n  color: yes\\n\";")]
    public void FindingsStandInsideTheLiteral(string member)
    {
        var found = Run($"class A\n{{\n{member}\n}}\n");
        var finding = Assert.Single(found, d => d.Id == "RPV0011");
        Assert.Equal("yes", finding.Location.SourceTree!.GetText().ToString(finding.Location.SourceSpan));
    }

    [Theory]
    [InlineData("    string a = " + Raw + ";")]
    [InlineData("    // lang=json\n    string a = " + Raw + ";")]
    [InlineData("    // lang=yaml\n    string a = \"on: push\\njobs:\\n  build: yes\\n\";")]
    public void OtherStringsAreLeftAlone(string member) => Assert.Empty(Run($"class A\n{{\n{member}\n}}\n"));

    [Fact]
    public void APragmaHoldsThemBack() =>
        Assert.Empty(Run($"class A\n{{\n#pragma warning disable RPV0011\n    // lang=yaml\n    string a = {Raw};\n"
            + "#pragma warning restore RPV0011\n}\n"));

    [Fact]
    public void NoCodeOfThisRepositoryMakesAnAnalyzerFail()
    {
        var texts = Directory.GetFiles(Path.Combine(Repository.Root, "server"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);
        var found = Compiling.Run(Compiling.Of(texts),
            [new InfrastructureCodeAnalyzer(), new ManifestLiteralAnalyzer(), new ManifestAnalyzer()]);
        Assert.DoesNotContain(found, d => d.Id is "RPV3000" or "AD0001");
    }

    private static List<Diagnostic> Run(string text) =>
        [.. Compiling.Run(Compiling.Of([text]), [(DiagnosticAnalyzer)new ManifestLiteralAnalyzer()])
            .Where(d => d.Id.StartsWith("RPV", StringComparison.Ordinal))];
}
