using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;
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
    [InlineData("%YAML 1.1\n---\n" + Map + "  a: b\n", "directives")]
    [InlineData("%FOO bar\n--- # c\n" + Map + "  a: b\n", "directives")]
    [InlineData(Map + "  a: \"x\\/y\"\n", "escape '\\/'")]
    [InlineData(Map + "  ? [a, b]\n  : c\n", "a list as a key")]
    [InlineData(Map + "  {a: b}: c\n", "a mapping as a key")]
    [InlineData(Map + "  a: &x.y b\n", "'.' in the anchor 'x.y'")]
    [InlineData(Map + "l: [http://h/?q=1]\n", "refuses '?'")]
    [InlineData(Map + "l: [:a]\n", "refuses ':'")]
    [InlineData(Map + "l: {a: ?b}\n", "refuses '?'")]
    [InlineData(Map + "  a: \"\\ud83d\\ude00\"\n", "half a character")]
    [InlineData(Map + "l: [%a]\n", "refuses '%'")]
    [InlineData(Map + "  a: |\n\t\n    x\n", "tab")]
    [InlineData(Map + "  a: |\n    x\n  \ty\n", "tab")]
    [InlineData(Map + "  a: |\n    \tx\n", "tab in the indentation")]
    public void WhatIsRefusedOrDroppedIsSaid(string text, string said) =>
        Assert.Contains(Of(text), f => f.Severity == Severity.Error && f.Message.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("  a: \"it\\'s\"\n")]
    [InlineData("  a: \"one\ntwo\n three\"\n")]
    [InlineData("  a: \"x\"# c\n")]
    [InlineData("  a: ># c\n    x\n")]
    [InlineData("  a: |\n    x\n    \ty\n      \t\n")]
    [InlineData("  a: b\n   \t\n  c: d\n")]
    [InlineData("  a: 'http://h/?q=1'\n  b: http://h/?q=1\n")]
    [InlineData("  a: &x:y b\n  c: &x-y_Z9 d\n")]
    [InlineData("  a: {\n\t}\n")]
    [InlineData("  a: 'x\n\ty'\n")]
    [InlineData("  a: b\nl: [a, # x]\nb,\nc,\n\td\n]\n")]
    [InlineData("l: [\n\ta,\n\t'b]\n\tc',\n\t]\n")]
    [InlineData("...\n%YAML 1.2\n---\n" + Map + "  a: b\n")]
    public void WhatIsTakenIsLeftAlone(string data) =>
        Assert.DoesNotContain(Of(Map.Replace("name: m", "name: o", StringComparison.Ordinal) + data), f => f.Rule.Id == "RPV0001");

    [Fact]
    public void TextThatYamlDotNetRefusesKeepsItsPlaces()
    {
        var text = Map + "  a: \"it\\'s\\'\n   \\'x\"\n  b: \"one\r\ntwo\"# no\n  c: 1\n";
        var finding = Assert.Single(Of(text));
        Assert.Equal("1", text.Substring(finding.FileSpan.Start, finding.FileSpan.Length));
        var root = (MapNode)Manifest.Parse("m.yaml", text).Source.Documents[0].Document.Root!;
        var data = (MapNode)root.Find("data")!.Value;
        Assert.Equal("it's' 'x", ((ScalarNode)data.Find("a")!.Value).Value);
        Assert.Equal("one two", ((ScalarNode)data.Find("b")!.Value).Value);
    }

    [Theory]
    [InlineData("  a: |\n    x\n\t\n    y\n", 8)]
    [InlineData("  a: |\n    \n     \tx\n\ty\n", 8)]
    [InlineData("  a: b\n\tc: d\n", 7)]
    public void ATabIsSaidWhereItStands(string data, int line)
    {
        var finding = Of(Map + data).First(f => f.Rule.Id == "RPV0001");
        Assert.Equal(line, (Map + data).Take(finding.FileSpan.Start).Count(c => c == '\n') + 1);
    }

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
