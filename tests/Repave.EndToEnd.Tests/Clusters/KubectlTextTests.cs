using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Which texts kubectl reads as YAML, held against which of them are reported. Texts are put together from pieces; with
/// <c>REPAVE_YAML_SUITE</c> every file of a folder is asked about too (yaml-test-suite's inputs, each below the head of a ConfigMap, say).
/// </summary>
public sealed class KubectlTextTests(ITestOutputHelper output) : IDisposable
{
    private const string Head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n";

    // What stands behind "data:" and a line break.
    private static readonly string[] Blocks =
    [
        "  a: b\n", "  a: b\n\t\n", "  a: b\n   \t\n  c: d\n", "  a: b\n  \t\n  c: d\n", "  a: b\n\n\t# c\n", "  a: |\n    x\n",
        "  a: |\n    x\n\t\n    y\n",
        "  a: |\n    \tx\n", "  a: |\n    x\n    \ty\n", "  a: >-\n\n    x\n   \t\n", "  a: |2\n    x\n", "  a: |\n\n      \n    x\n",
        "  a: ># c\n    x\n",
        "  a: |\n  b: c\n", "\ta: b\n", "  a:\tb\n", "  a: b\t# c\n", "  a:\n  \tb\n", "  a:\n    - b\n  c:\n  - d\n",
        "  a:\n  -\tb\n", "  ? a\n  : b\n",
        "  ? [a]\n  : b\n", "  ? |\n    a\n  : b\n", "  ~: b\n", "  : b\n", "  null: b\n", "  1: b\n", "  1.5: b\n", "  yes: b\n",
        "  a: b: c\n", "  a: 'b\n",
        "  a: 'b\nc'\n", "  a: \"b\n c\n\n\nd\"\n", "  a: \"b\\\n    c\"\n", "  <<: {a: b}\n", "  <<: [{a: b}, {c: d}]\n",
        "  a: &x b\n  c: *x\n",
        "  a: &x.y b\n", "  a: &x:y b\n", "  a: *x\n", "  a: b\n a: c\n", "  a: b\n   c: d\n", "  a: b\n  - c\n", "  a b\n",
        "  a: b #c\n", "  a: b# c\n",
        "  a: \"b\"# c\n", "  a: 'b'# c\n", "  a: \"b\" c\n", "  a: !!str\n", "  a: !x b\n", "  a: !x,y b\n", "  a: @b\n", "  a: `b`\n",
        "  a: %b\n", "  a: -b\n",
        "  a: - b\n", "  a: ?b\n", "  a: ? b\n", "  a: :b\n", "  a: ,b\n", "  a: ]\n", "  a: }\n", "  a: |b\n", "  a: >b\n",
        "  a: \u0007\n", "  a: \"\\a\\e\\N\\_\\L\"\n",
        "  a: \"\\/\"\n", "  a: \"\\'\"\n", "  a: \"\\q\"\n", "  a: \"\\x4\"\n", "  a: \"\\ud83d\\ude00\"\n", "  a: é\n", "  a: \u00A0b\n",
        "  a: \u2028b\n", "  a: \uFEFFb\n",
        "  a: b\r\n  c: d\r\n", "  a: b\r  c: d\n", "  a: b\n...\n", "  a: b\n... # c\n", "  a: b\n---\n",
        "  a: b\n...\n%YAML 1.2\n---\n" + Head, "---\n# c\n",
    ];

    // What stands in place of a value.
    private static readonly string[] Flows =
    [
        "[]", "{}", "[a, b]", "[a, b, ]", "[a, , b]", "[,]", "{a: b}", "{a: b, }", "{a}", "{a: }", "{: b}", "{a:b}", "{\"a\":b}", "{'a':b}",
        "[a: b]", "[{a: b}]", "[a?b]",
        "[a? b]", "[?b]", "[? b]", "{a: b?c}", "{a: ?c}", "{a?: b}", "[:b]", "[::b]", "[b:]", "[b::]", "{a: :b}", "[%b]", "[@b]", "[-b]",
        "[- b]", "[-]", "[a#b]",
        "[a #b\n  ]", "[a\n  , b]", "[\n\ta\n  ]", "[a\n]", "{\n}", "[\n    a,\n    b\n  ]", "[a, [b, {c: [d]}]]", "[a", "a]", "{a: b",
        "[a}", "[a] b", "[a],", "[\"a\" \"b\"]",
        "[a b]", "{a: \"b\n  c\"}", "[&x a, *x]", "[*x]", "[!!int 1]", "[!x a]", "['a''b']", "[\"a\\/b\"]", "[http://h/?q=1]",
        "[http://h:80/a]", "{ a: { b: c }, d: e }",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatKubectlRefusesAsTextIsReportedAndNothingElse()
    {
        var isMissing = !Programs.Exist("kubectl");
        if (Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") != "1")
            Assert.SkipWhen(isMissing, "kubectl is not on the PATH");
        var texts = Blocks.Select(b => Head + "data:\n" + b).Concat(Flows.Select(f => Head + "data:\n  a: " + f + "\n"))
            .Concat(["%YAML 1.1\n---\n" + Head, "%TAG ! x\n--- # c\n" + Head, "\n# c\n---\n" + Head, "--- # c\n" + Head, "\uFEFF" + Head])
            .Select((text, i) => (Name: $"text {i}: {text[text.IndexOf("name: x", StringComparison.Ordinal)..]}", Text: text)).ToList();
        var own = texts.Count;
        if (Environment.GetEnvironmentVariable("REPAVE_YAML_SUITE") is { Length: > 0 } suite)
        {
            texts.AddRange(Directory.EnumerateFiles(suite, "*.yaml").Order(StringComparer.Ordinal)
                .Select(f => (Path.GetFileName(f), File.ReadAllText(f))));
        }

        var wrong = new List<string>();
        var (refused, wrongOfOwn) = (0, 0);
        foreach (var (name, text) in texts)
        {
            if (own-- == 0)
                wrongOfOwn = wrong.Count;
            var file = Path.Combine(_folder, "m.yaml");
            File.WriteAllText(file, text);
            var answer = Tool.Run(_folder, "kubectl", ["label", "--local", "-f", file, "a=b", "-o", "name"]);
            // What it says of the object rather than of the text is judged by other tests.
            var isRefused = answer.ExitCode != 0 && IsOfTheText(answer.Error);
            refused += isRefused ? 1 : 0;
            var findings = ManifestAnalysis.Of([Manifest.Parse("m.yaml", text)], new AnalysisOptions(Settings.Default)).Findings("m.yaml");
            if (findings.Any(f => f.Rule.Id is "RPV0001" or "RPV0002") != isRefused)
                wrong.Add($"{name}\n  kubectl: {answer.Error.Trim()}\n  said: {string.Join(" ", findings.Select(f => f.Message))}");
        }

        output.WriteLine($"{texts.Count} texts, {refused} refused, {wrong.Count} judged in another way");
        output.WriteLine(string.Join("\n", wrong));
        Assert.True(refused >= 50, $"Only {refused} refused.");
        // A quoted text whose line behind a blank one begins too far to the left, and a lone hyphen in brackets.
        Assert.True((own < 0 ? wrongOfOwn : wrong.Count) <= 2, string.Join("\n", wrong));
    }

    private static bool IsOfTheText(string error) =>
        error.Contains("yaml:", StringComparison.Ordinal) || error.Contains("converting YAML", StringComparison.Ordinal)
        || error.Contains("document separator", StringComparison.Ordinal);
}
