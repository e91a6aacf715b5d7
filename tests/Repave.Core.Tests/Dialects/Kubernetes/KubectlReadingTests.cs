using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Plans;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>What kubectl reads in another way than is written, refuses, or drops.</summary>
public class KubectlReadingTests
{
    private const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n";

    [Theory]
    [InlineData("off: '1'", "as the boolean false")]
    [InlineData("010: '1'", "stored as '8'")]
    [InlineData("2.0: '1'", "stored as '2'")]
    [InlineData("1e7: '1'", "stored as '1e+07'")]
    [InlineData("~: '1'", "null")]
    [InlineData("yes: '1'\n  n: '2'\n  Y: '3'", "only one of the values stays")]
    [InlineData("'true': '1'\n  yes: '2'", "only one of the values stays")]
    public void KeysThatBecomeOthersAreSaid(string entries, string said) =>
        Assert.Contains(Of(Map + "  " + entries + "\n"), f => f.Message.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("8080: a")]
    [InlineData("'on': a")]
    [InlineData("on_: a")]
    [InlineData("2001-01-01: a")]
    public void OtherKeysAreLeftAlone(string entries) => Assert.Empty(Of(Map + "  " + entries + "\n"));

    [Theory]
    [InlineData("%YAML 1.2\n---\n" + Map + "  a: b\n", "version 1.2")]
    [InlineData(Map + "  a: b\n--- {apiVersion: v1, kind: ConfigMap, metadata: {name: n}}\n", "behind '---'")]
    [InlineData(Map + "  a: b\n...\n" + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: n\n", "three dots")]
    [InlineData(Map + "  a: 'x\u0002y'\n", "U+0002")]
    [InlineData(Map + "  a: b\nl:\n-\ta\n", "tab behind the dash")]
    public void WhatIsRefusedOrDroppedIsSaid(string text, string said) =>
        Assert.Contains(Of(text), f => f.Severity == Severity.Error && f.Message.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("\\udc00", true)]
    [InlineData("x\\ud83dy", true)]
    [InlineData("\\ud83d\\ude00", false)]
    public void HalfACharacterInJsonIsSaid(string value, bool isSaid)
    {
        var text = $"{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"m\"}},\"data\":{{\"a\":\"{value}\"}}}}";
        var findings = ManifestAnalysis.Of([Manifest.Parse("m.json", text)], new AnalysisOptions(Settings.Default)).Findings("m.json");
        Assert.Equal(isSaid, findings.Any(f => f.Message.Contains("half a character", StringComparison.Ordinal)));
    }

    [Fact]
    public void KeysAreComparedAsTheyAreStored() =>
        Assert.Equal(PlanAction.None, Planning.Plan(Map + "  yes: a\n", Map + "  'true': a\n").Of("ConfigMap", "m").Action);

    [Theory]
    [InlineData("9223372036854775806", "9223372036854775807", PlanAction.InPlace)]
    [InlineData("9007199254740993", "9007199254740993", PlanAction.None)]
    [InlineData("1000", "1e3", PlanAction.None)]
    public void NumbersAreComparedDigitByDigit(string before, string after, PlanAction action)
    {
        static string Text(string number) => $"apiVersion: y.example/v1\nkind: Thing\nmetadata:\n  name: t\nspec:\n  n: {number}\n";
        Assert.Equal(action, Planning.Plan(Text(before), Text(after)).Of("Thing", "t").Action);
    }

    [Theory]
    [InlineData("ConfigMap", "data", 1_048_577, true)]
    [InlineData("ConfigMap", "data", 1_048_576, false)]
    [InlineData("Secret", "stringData", 1_048_577, true)]
    public void WhatIsLargerThanAServerTakesIsSaid(string kind, string field, int size, bool isSaid)
    {
        var findings = Of($"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: m\n{field}:\n  a: {new string('x', size - 3)}\n  b: yyy\n");
        Assert.Equal(isSaid,
            findings.Any(f => f.Severity == Severity.Error && f.Message.Contains("bytes together", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsTooLargeForTheRecordIsSaid() =>
        Assert.Contains(Of(Map + $"  a: {new string('x', 262_144)}\n"),
            f => f.Severity == Severity.Info && f.Message.Contains("--server-side", StringComparison.Ordinal));

    private static IReadOnlyList<Finding> Of(string text) =>
        ManifestAnalysis.Of([Manifest.Parse("m.yaml", text)], new AnalysisOptions(Settings.Default)).Findings("m.yaml");
}
