using System.Text;
using System.Text.Json;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary><c>repave check</c> as its users start it.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private const string Good = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  color: blue\n";
    private const string Bad = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  color: yes\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheFlawedSampleHasFindingsWithFileLineAndReason()
    {
        var answer = Tool.Repave(Repository.Root, "check", "samples/shop-flawed");
        Assert.Equal(1, answer.ExitCode);
        Assert.Empty(answer.Error);
        Assert.Contains("samples/shop-flawed/web.yaml", answer.Output, StringComparison.Ordinal);
        Assert.Contains("27:11  error    RPV0010  Unknown field 'readinessProb'", answer.Output, StringComparison.Ordinal);
        Assert.EndsWith("15 errors, 7 warnings, 1 info in 7 resources of 4 files.\n", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheGoodSampleHasNone()
    {
        var answer = Tool.Repave(Repository.Root, "check", "samples/shop", "--fail-on", "info");
        Assert.Equal((0, "No findings in 14 resources of 6 files.\n"), (answer.ExitCode, answer.Output));
    }

    [Fact]
    public void JsonHasTheFormOfTheContract()
    {
        Write("a.yaml", Bad);
        var answer = Tool.Repave(_folder, "check", "a.yaml", "--format", "json");
        Assert.Equal(1, answer.ExitCode);
        using var json = JsonDocument.Parse(answer.Output);
        var root = json.RootElement;
        Assert.Equal((1, 1, 1, 1), (root.GetProperty("version").GetInt32(), root.GetProperty("files").GetInt32(),
            root.GetProperty("documents").GetInt32(), root.GetProperty("resources").GetInt32()));
        Assert.Equal(
            """{"id":"RPV0011","severity":"error","message":"'data.color' must be a string, not 'yes', which YAML 1.1 reads as the """
                + """boolean true. Put it in quotes to make it """
                + """text.","file":"a.yaml","range":{"start":{"line":5,"character":9},"end":{"line":5,"character":12}},"resource":"""
                + """{"dialect":"kubernetes","type":"ConfigMap","namespace":null,"name":"shop"},"path":"data.color","fixable":true}""",
            JsonSerializer.Serialize(root.GetProperty("findings")[0],
                new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("error", 1)]
    [InlineData("warning", 1)]
    [InlineData("never", 0)]
    public void FailOnDecidesTheExitCode(string failOn, int exitCode)
    {
        Write("a.yaml", Bad);
        Assert.Equal(exitCode, Tool.Repave(_folder, "check", ".", "--fail-on", failOn).ExitCode);
    }

    [Fact]
    public void StandardInputIsADash()
    {
        var answer = Tool.RepaveWithInput(_folder, Bad, "check", "-");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("6:10  error    RPV0011", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "nowhere.yaml")]
    [InlineData("check")]
    [InlineData("check", ".", "--format", "xml")]
    [InlineData("check", ".", "--kubernetes-version", "1.12")]
    [InlineData("check", ".", "--config", "nowhere.yaml")]
    [InlineData("chek")]
    [InlineData("rules", "RPV9999")]
    public void BadArgumentsAreSaidOnStandardErrorAndExitWithTwo(params string[] arguments)
    {
        var answer = Tool.Repave(_folder, arguments);
        Assert.Equal(2, answer.ExitCode);
        Assert.StartsWith("repave: ", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
        Assert.Empty(answer.Output);
    }

    [Fact]
    public void ASettingsFileIsFoundAboveAndItsMistakesHaveAPlace()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "x", "y"));
        Write("x/y/a.yaml", Bad);
        Write(".repave.yaml", "rules:\n  RPV0011: warning\n");
        Assert.Equal(0, Tool.Repave(Path.Combine(_folder, "x", "y"), "check", ".").ExitCode);
        Write(".repave.yaml", "rules:\n  RPV0011: loud\n");
        var answer = Tool.Repave(Path.Combine(_folder, "x", "y"), "check", ".");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(".repave.yaml:2:12: Unknown severity 'loud'.", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotOursIsLeftAlone()
    {
        Write("chart/templates/web.yaml",
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n{{- if .Values.x }}\n  labels: {}\n{{- end }}\n");
        Write("workflow.yaml", "jobs:\n  web: {steps: a, steps: b}\n");
        Write("broken.yaml", "a: [\n");
        Write("picture.yaml", "\0\u0001\u0002");
        Write("list.json", "[1, 2]");
        var answer = Tool.Repave(_folder, "check", ".", "--fail-on", "info");
        Assert.Equal((0, "No findings in 0 resources of 5 files; 1 template left alone.\n"), (answer.ExitCode, answer.Output));
    }

    [Fact]
    public void GitDecidesWhatBelongsToAFolder()
    {
        Write("kept.yaml", Good);
        Write("ignored/bad.yaml", Bad);
        Write(".gitignore", "ignored/\n");
        Assert.Equal(0, Tool.Run(_folder, "git", ["init", "--quiet"]).ExitCode);
        Assert.Equal((0, "No findings in 1 resource of 1 file.\n"),
            (Tool.Repave(_folder, "check", ".") is var answer ? answer.ExitCode : 9, answer.Output));
        // A file that is named is checked whatever git thinks of it.
        Assert.Equal(1, Tool.Repave(_folder, "check", "ignored/bad.yaml").ExitCode);
    }

    [Fact]
    public void EncodingsWithAMarkAreRead()
    {
        File.WriteAllText(Path.Combine(_folder, "utf16.yaml"), Bad, Encoding.Unicode);
        File.WriteAllText(Path.Combine(_folder, "utf8.yaml"), Bad.Replace("\n", "\r\n", StringComparison.Ordinal),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var answer = Tool.Repave(_folder, "check", ".");
        Assert.Equal(2, answer.Output.Split("6:10  error    RPV0011").Length - 1);
    }

    [Fact]
    public void ASecretsValueIsNeverShown()
    {
        Write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\ndata:\n  a: hunter2!\n  b: 31337\n  c: {hunter2: x}\n"
            + "stringData:\n  d: 31337\n  e: yes\n");
        var answer = Tool.Repave(_folder, "check", ".");
        Assert.Contains("5 errors", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("31337", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'yes'", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RulesAreListedExplainedAndWrittenAsPages()
    {
        Assert.Contains("RPV1001  warning  on   Image tag that moves", Tool.Repave(_folder, "rules").Output, StringComparison.Ordinal);
        Assert.Contains("Name a version", Tool.Repave(_folder, "rules", "rpv1001").Output, StringComparison.Ordinal);
        Assert.Contains("# RPV3001: Pod changed in place", Tool.Repave(_folder, "rules", "rpv3001").Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Repave(_folder, "rules", "--markdown", "pages").ExitCode);
        Assert.True(File.Exists(Path.Combine(_folder, "pages", "RPV1001.md")));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
