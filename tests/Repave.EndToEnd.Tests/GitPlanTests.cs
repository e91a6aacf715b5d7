using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests;

/// <summary>Plans against revisions of a real git repository.</summary>
public sealed class GitPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-git-").FullName;

    public GitPlanTests()
    {
        Git("init", "--quiet");
        Git("config", "user.email", "tests@example.com");
        Git("config", "user.name", "tests");
        Directory.CreateDirectory(Path.Combine(_folder, "k8s"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FilesAndResourcesAreFollowedUnderNewNames()
    {
        Write("k8s/web.yaml", Deployment("web", "1.4.2", "settings"));
        Write("k8s/settings.yaml", ConfigMap("settings", "blue"));
        Write("k8s/old.yaml", ConfigMap("unused", "grey"));
        Commit("first");
        Git("mv", "k8s/web.yaml", "web-moved.yaml");
        Directory.CreateDirectory(Path.Combine(_folder, "deploy"));
        Git("mv", "web-moved.yaml", "deploy/web.yaml");
        Write("deploy/web.yaml", Deployment("web", "1.5.0", "settings-2"));
        Write("k8s/settings.yaml", ConfigMap("settings-2", "green"));
        File.Delete(Path.Combine(_folder, "k8s/old.yaml"));
        // Not committed: the work tree against the last commit. Only the new folder is asked for; what was renamed to there is followed.
        Git("add", "-A");
        var moved = Plan("deploy", "--from", "git:HEAD");
        Assert.Equal("roll", Action(moved, "web"));
        Commit("second");
        var plan = Plan(".", "--from", "git:HEAD~1");
        Assert.Equal("roll", Action(plan, "web"));
        Assert.Equal("replace", Action(plan, "settings-2"));
        Assert.Equal("delete", Action(plan, "unused"));
        var web = Change(plan, "web");
        Assert.Equal("settings-2", (string)web["causedBy"]![0]!["name"]!);
        Assert.Contains(web["reasons"]!.AsArray(), r => (string)r!["path"]! == "spec.template.spec.containers[0].image"
            && (string)r["file"]! == "deploy/web.yaml" && (int)r["range"]!["start"]!["line"]! == 16);
        var renamed = Change(plan, "settings-2");
        Assert.Equal("settings", (string)renamed["previous"]!["name"]!);
        Assert.Equal("create-and-delete", (string)renamed["mechanism"]!);
        Assert.Equal(0, (int)Plan(".", "--from", "git:HEAD")["summary"]!["roll"]!);
        // From a folder below, paths are named from there.
        var below = Tool.Repave(Path.Combine(_folder, "deploy"), "plan", "web.yaml", "--from", "git:HEAD~1");
        Assert.Contains("web.yaml\n    ↻ Deployment/web", below.Output.Replace("\r", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AComposeProjectIsTheSameHoweverItsFolderIsNamed()
    {
        Write("k8s/compose.yaml", "services:\n  web:\n    image: web:1.4.2\n");
        Commit("first");
        foreach (var named in (string[])["k8s", "./k8s", ".", "k8s/compose.yaml"])
        {
            var summary = Plan(named, "--from", "git:HEAD")["summary"]!;
            Assert.Equal((named, 0, 0), (named, (int)summary["create"]!, (int)summary["delete"]!));
            Assert.True((int)summary["none"]! > 0, named);
        }

        Write("k8s/compose.yaml", "services:\n  web:\n    image: web:1.5.0\n");
        Assert.Equal("roll", Action(Plan("k8s", "--from", "git:HEAD"), "web"));
    }

    [Fact]
    public void WhatIsStagedIsPlannedWithTheRestOfItsFolder()
    {
        Write("k8s/web.yaml", Deployment("web", "1.4.2", "settings"));
        Write("k8s/settings.yaml", ConfigMap("settings", "blue"));
        Write("elsewhere.yaml", ConfigMap("elsewhere", "blue"));
        Commit("first");
        Write("k8s/settings.yaml", ConfigMap("settings", "green"));
        Git("add", "-A");
        Write("k8s/settings.yaml", ConfigMap("settings", "red"));
        var answer = Tool.Repave(_folder, "plan", "--staged", "--from", "git:HEAD");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("\"blue\" → \"green\"", answer.Output, StringComparison.Ordinal);
        Assert.Contains("not rolled out: Deployment/web is not rolled", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", answer.Output, StringComparison.Ordinal);
        Assert.Contains("1 to mutate in place; 1 unchanged", answer.Output, StringComparison.Ordinal);
        Git("reset", "--quiet", "--hard");
        Git("rm", "--quiet", "k8s/settings.yaml");
        answer = Tool.Repave(_folder, "plan", "--staged", "--from", "git:HEAD", "--fail-on", "delete");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("breaks: Deployment/web still names it", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RulesOnChangeStandBesideTheOthers()
    {
        Write("k8s/web.yaml", Deployment("web", "1.4.2", "settings"));
        Commit("first");
        Write("k8s/web.yaml", Deployment("web", "1.4.2", "settings").Replace("app: web", "app: shop", StringComparison.Ordinal));
        var answer = Tool.Repave(_folder, "check", "k8s", "--from", "git:HEAD");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("9:12  error    RPV2002  Applying Deployment 'web' will fail: spec.selector.matchLabels.app cannot change",
            answer.Output, StringComparison.Ordinal);
        Assert.Contains("RPV2004", answer.Output, StringComparison.Ordinal);
        Write(".repave.yaml",
            "rules:\n  RPV2002: off\n  RPV2004: off\nplans:\n  - environment: prod*\n    kinds: [Deployment]\n    forbid: [replace]\n");
        Assert.DoesNotContain("RPV2", Tool.Repave(_folder, "check", "k8s", "--from", "git:HEAD").Output, StringComparison.Ordinal);
        answer = Tool.Repave(_folder, "check", "k8s", "--from", "git:HEAD", "--environment", "production");
        Assert.Contains("RPV2001  Deployment 'web': the policy forbids replace for Deployment in production.", answer.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git:no-such-branch", "there is no revision 'no-such-branch'")]
    [InlineData("nowhere.yaml", "There is no file or folder nowhere.yaml")]
    [InlineData("git:--output=x", "there is no revision")]
    public void ABaselineThatIsNotThereIsSaid(string from, string message)
    {
        Write("k8s/settings.yaml", ConfigMap("settings", "blue"));
        Commit("first");
        var answer = Tool.Repave(_folder, "plan", "k8s", "--from", from);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    private static string ConfigMap(string name, string color) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n"
        + $"  color: {color}\n  size: large\n  shape: round\n  weight: light\n";

    private static string Deployment(string name, string version, string settings) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n"
        + $"      app: {name}\n  template:\n    metadata:\n      labels:\n        app: {name}\n    spec:\n      containers:\n"
        + $"        - name: main\n          image: registry.example.com/main:{version}\n          envFrom:\n            - configMapRef:\n"
        + $"                name: {settings}\n";

    private static JsonObject Change(JsonObject plan, string name) =>
        plan["changes"]!.AsArray().Single(c => (string)c!["resource"]!["name"]! == name)!.AsObject();

    private static string Action(JsonObject plan, string name) => (string)Change(plan, name)["action"]!;

    private JsonObject Plan(params string[] arguments)
    {
        var answer = Tool.Repave(_folder, ["plan", .. arguments, "--format", "json"]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return JsonNode.Parse(answer.Output)!.AsObject();
    }

    private void Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "--quiet", "-m", message);
    }

    private void Git(params string[] arguments)
    {
        var answer = Tool.Run(_folder, "git", arguments);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
