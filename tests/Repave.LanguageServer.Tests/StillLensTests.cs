using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Lenses keep their lines while a document cannot be read, because each that goes moves every line below it.</summary>
public sealed class StillLensTests : IDisposable
{
    private const string Infra = "resource \"aws_eip\" \"one\" {\n}\n\nresource \"aws_eip\" \"two\" {\n}\n";
    private const string Config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n---\n"
        + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n";
    private const string Services = "services:\n  one:\n    image: app:1\n  two:\n    image: app:1\n";
    private const string Stack = "Resources:\n  One:\n    Type: AWS::SNS::Topic\n  Two:\n    Type: AWS::SNS::Topic\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-still-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("main.tf", Infra, "}\n\nres", "}\n\nresource \"aws_eip\" \"thr\n\nres", new[] { 0, 5 })]
    [InlineData("main.tf", Infra, "\"one\" {\n", "\"one\" {\n  tags = {\n", new[] { 0, 4 })]
    [InlineData("main.tf", Infra, "\"one\" {", "\"one", new[] { 0, 3 })]
    [InlineData("config.yaml", Config, "  a: b\n---", "  a: \"b\n---", new[] { 0, 7 })]
    [InlineData("config.yaml", Config, "  a: b\n---", "  a: b\n  [\n---", new[] { 0, 8 })]
    [InlineData("config.yaml", Config, "  name: one", "  name: on", new[] { 0, 7 })]
    [InlineData("config.yaml", Config, "kind: ConfigMap\nmetadata:\n  name: one", "kin\nmetadata:\n  name: one", new[] { 0, 7 })]
    [InlineData("compose.yaml", Services, "  one:\n", "  zero\n  one:\n", new[] { 2, 4 })]
    [InlineData("stack.yaml", Stack, "  One:\n", "  Zero:\n    Type: \"AWS\n  One:\n", new[] { 3, 5 })]
    public void NoneGoesWhileALineIsTyped(string file, string text, string before, string typed, int[] lines)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "w")).FullName;
        var earlier = Directory.CreateDirectory(Path.Combine(_folder, "before")).FullName;
        File.WriteAllText(Path.Combine(earlier, file), text);
        File.WriteAllText(Path.Combine(folder, file), text);
        using var client = Client.Start(folder, new JsonObject { ["baseline"] = "../before" });
        var uri = new Uri(Path.Combine(folder, file)).AbsoluteUri;
        client.Open(uri, text);
        client.Wait(n => (string?)n["method"] == "repave/planChanged" && (string?)n["params"]!["summary"] == "in sync");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (Lines(client, uri).Count < 2)
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
        Assert.Contains(before, text, StringComparison.Ordinal);
        client.Change(uri, 2, new JsonObject { ["text"] = text.Replace(before, typed, StringComparison.Ordinal) });
        // At once, while the next plan is made, and after it.
        for (clock.Restart(); clock.Elapsed < TimeSpan.FromSeconds(1.5); Thread.Sleep(20))
            Assert.Equal(lines, Lines(client, uri));
    }

    [Theory]
    [InlineData("a\nb\nc", "a\nx\nb\nc", 1, 2)]
    [InlineData("a\n  b\nc", "a\n  x\n  b\nc", 1, 2)]
    [InlineData("a\nb\nc", "a\nbx\nc", 1, 1)]
    [InlineData("a\nb\nc", "a\nbx\nc", 2, 2)]
    [InlineData("a\nb\nc", "a\nxb\nc", 1, 1)]
    [InlineData("a\nb\nc", "a\nc", 2, 1)]
    [InlineData("a\nb\nc", "a\nc", 1, 1)]
    [InlineData("a\nb\nb\nc", "a\nb\nb\nb\nc", 3, 4)]
    [InlineData("a\nb", "a\nb\n", 1, 1)]
    [InlineData("a\nb", "", 1, 0)]
    [InlineData("", "a\nb", 0, 0)]
    [InlineData("ab\nc", "a\nb\nc", 1, 2)]
    [InlineData("ab\nc", "a\nb\nc", 0, 0)]
    public void LinesMoveByWhatWasTyped(string before, string now, int line, int expected) =>
        Assert.Equal(expected, new Features.MovedLines(new Core.Text.SourceText(before), new Core.Text.SourceText(now)).LineOf(line));

    private static List<int> Lines(Client client, string uri) =>
        [.. client.Request("textDocument/codeLens", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray()
            .Select(lens => (int)lens!["range"]!["start"]!["line"]!).Distinct().Order()];
}
