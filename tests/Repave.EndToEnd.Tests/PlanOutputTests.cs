using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>What plans look like, on the shipped sample.</summary>
public sealed class PlanOutputTests : IDisposable
{
    private static readonly string[] Sample = ["plan", "samples/shop-next", "--from", "samples/shop.snapshot.yaml"];

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheSamplesPlanIsWhatTheReadmeShows()
    {
        var answer = Tool.Repave(Repository.Root, Sample);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("Plan: 1 to create, 1 to mutate in place, 1 to roll, 4 to replace, 1 to delete; 7 unchanged.", answer.Output,
            StringComparison.Ordinal);
        Assert.Contains("  10 │       app.kubernetes.io/name: shop-jobs", answer.Output, StringComparison.Ordinal);
        Assert.Contains("because of ConfigMap/shop-config-77ab", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing changes: 14 resources",
            Tool.Repave(Repository.Root, "plan", "samples/shop", "--from", "samples/shop.snapshot.yaml").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("never", 0)]
    [InlineData("replace", 1)]
    [InlineData("roll", 1)]
    [InlineData("unknown", 0)]
    [InlineData("any", 1)]
    [InlineData("create,delete", 1)]
    [InlineData("everything", 2)]
    public void FailOnNamesActions(string failOn, int exitCode) =>
        Assert.Equal(exitCode, Tool.Repave(Repository.Root, [.. Sample, "--fail-on", failOn]).ExitCode);

    [Fact]
    public void JsonIsAsTheDesignSays()
    {
        var plan = JsonNode.Parse(Tool.Repave(Repository.Root, [.. Sample, "--format", "json"]).Output)!.AsObject();
        Assert.Equal(1, (int)plan["version"]!);
        Assert.Equal(["create", "in-place", "roll", "replace", "delete", "none", "unknown"],
            plan["summary"]!.AsObject().Select(p => p.Key));
        var change = plan["changes"]!.AsArray().Single(c => (string)c!["resource"]!["type"]! == "StatefulSet.apps")!;
        Assert.Equal("replace", (string)change["action"]!);
        Assert.Equal("delete-and-create", (string)change["mechanism"]!);
        Assert.Equal("certain", (string)change["certainty"]!);
        var reason = change["reasons"]![0]!;
        Assert.Equal("spec.volumeClaimTemplates[0].spec.resources.requests.storage", (string)reason["path"]!);
        Assert.Equal(("20Gi", "50Gi", "replaces"), ((string)reason["from"]!, (string)reason["to"]!, (string)reason["effect"]!));
        Assert.Equal(49, (int)reason["range"]!["start"]!["line"]!);
        Assert.Equal(["warnings"], change.AsObject().Where(p => p.Key == "warnings").Select(p => p.Key));
    }

    [Fact]
    public void MarkdownStaysBelowWhatPlatformsTake()
    {
        var small = Tool.Repave(Repository.Root, [.. Sample, "--format", "markdown"]).Output;
        Assert.Contains("<details", small, StringComparison.Ordinal);
        // Thousands of changes, whose texts try to be markup.
        var before = Path.Combine(_folder, "before.yaml");
        var after = Path.Combine(_folder, "after.yaml");
        string Text(string value) => string.Join("---\n", Enumerable.Range(0, 3000).Select(
            i => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{i}\ndata:\n  text: \"<script>{value} @team | `x` </details>\"\n"));
        File.WriteAllText(before, Text("a"));
        File.WriteAllText(after, Text(new string('b', 300)));
        var page = Tool.Repave(_folder, "plan", "after.yaml", "--from", "before.yaml", "--format", "markdown").Output;
        Assert.InRange(page.Length, 20_000, 65_000);
        Assert.Contains("more change", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" @team", page, StringComparison.Ordinal);
        Assert.Equal(page.Split("<details").Length, page.Split("</details>").Length);
    }

    [Fact]
    public void HtmlNeedsNothingElseAndSaysWhatItWasMadeFrom()
    {
        var page = Tool.Repave(Repository.Root, [.. Sample, "--format", "html"]).Output;
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "shop-next", "web.yaml"))));
        Assert.Contains(hash, page, StringComparison.Ordinal);
        Assert.Contains("RPV2002", page, StringComparison.Ordinal);
        Assert.Contains("NIST SP 800-53 CM-4", page, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretsAreEqualOrDifferentAndNothingElse()
    {
        File.WriteAllText(Path.Combine(_folder, "before.yaml"),
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: first-value\n  same: unchanged-value\n");
        File.WriteAllText(Path.Combine(_folder, "after.yaml"), "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {a: b}}\n"
            + "stringData: {password: second-value, more: third-value}\ndata: {same: dW5jaGFuZ2VkLXZhbHVl}\n");
        foreach (var format in (string[])["text", "json", "markdown", "html"])
        {
            var output = Tool.Repave(_folder, "plan", "after.yaml", "--from", "before.yaml", "--format", format).Output;
            Assert.Contains("data.password", output, StringComparison.Ordinal);
            Assert.Contains("data.more", output, StringComparison.Ordinal);
            Assert.DoesNotContain("data.same", output, StringComparison.Ordinal);
            Assert.DoesNotContain("-value", output, StringComparison.Ordinal);
            Assert.DoesNotContain("dW5j", output, StringComparison.Ordinal);
        }

        // Through a snapshot too, whose hashes are made with its own key or with one that is kept elsewhere.
        File.WriteAllBytes(Path.Combine(_folder, "key"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        Assert.Equal(0, Tool.Repave(_folder, "snapshot", "--from", "before.yaml", "-o", "own.yaml").ExitCode);
        Assert.Equal(0, Tool.Repave(_folder, "snapshot", "--from", "before.yaml", "-o", "kept.yaml", "--hash-key-file", "key").ExitCode);
        Assert.DoesNotContain("hashKey", File.ReadAllText(Path.Combine(_folder, "kept.yaml")), StringComparison.Ordinal);
        foreach (var arguments in (string[][])[["own.yaml"], ["kept.yaml", "--hash-key-file", "key"]])
        {
            Assert.Contains("Nothing changes", Tool.Repave(_folder, ["plan", "before.yaml", "--from", .. arguments]).Output,
                StringComparison.Ordinal);
            var output = Tool.Repave(_folder, ["plan", "after.yaml", "--from", .. arguments]).Output;
            Assert.Contains("data.password", output, StringComparison.Ordinal);
            Assert.DoesNotContain("data.same", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("plan", "samples/shop")]
    [InlineData("plan", "samples/shop", "--from", "samples/shop", "--live")]
    [InlineData("plan", "--from", "samples/shop")]
    [InlineData("plan", "samples/shop", "--from", "samples/shop", "--context", "x")]
    [InlineData("plan", "samples/shop", "--from", "samples/shop", "--kubernetes-version", "new")]
    [InlineData("plan", "-", "--from", "git:HEAD")]
    [InlineData("snapshot", "-o", "x.yaml")]
    [InlineData("explain", "Sandwich")]
    public void WhatMakesNoSenseIsRefusedWithAMessage(params string[] arguments)
    {
        var answer = Tool.Repave(Repository.Root, arguments);
        Assert.Equal(2, answer.ExitCode);
        Assert.StartsWith("repave: ", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ExplainSaysWhatAFieldDoes()
    {
        Assert.Contains("spec.containers[].image  interrupts", Tool.Repave(_folder, "explain", "pod", "spec.containers[0].image").Output,
            StringComparison.Ordinal);
        Assert.Contains("spec.selector  replaces", Tool.Repave(_folder, "explain", "deployment.apps").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("revisionHistoryLimit", Tool.Repave(_folder, "explain", "StatefulSet", "--release", "1.20").Output,
            StringComparison.Ordinal);
    }
}
