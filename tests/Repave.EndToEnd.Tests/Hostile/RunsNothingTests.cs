using System.Text.RegularExpressions;

namespace Repave.EndToEnd.Tests.Hostile;

/// <summary>A repository that is checked or planned starts no program of its own, by no way that git or the clients would let it.</summary>
public sealed class RunsNothingTests : HostileFolder
{
    private static readonly string Path0 = Environment.GetEnvironmentVariable("PATH")!;

    [Theory]
    [InlineData("")]
    [InlineData("{0}:")]
    [InlineData(":{0}")]
    [InlineData(".:{0}")]
    [InlineData("tools:{0}")]
    [InlineData("./tools/../tools:{0}")]
    [InlineData("{1}:{0}")]
    [InlineData("{1}/tools:{0}")]
    [InlineData("{2}:{0}")]
    [InlineData("{3}:{0}")]
    public void ClientsOfTheRepositoryAreNotStarted(string path)
    {
        SkipOnWindows();
        Git("init", "--quiet");
        Write("a.yaml", ConfigMap("a"));
        Write("t.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n");
        Commit();
        foreach (var client in (string[])["git", "kubectl", "aws"])
        {
            Trap(Place(client));
            Trap(Place("tools/" + client));
        }

        // A link from outside into the repository, and a folder outside whose programs are links into it.
        var link = Path.Combine(Outside, "link");
        Directory.CreateSymbolicLink(link, Place("tools"));
        var links = Directory.CreateDirectory(Path.Combine(Outside, "links")).FullName;
        foreach (var client in (string[])["git", "kubectl", "aws"])
            File.CreateSymbolicLink(Path.Combine(links, client), Place("tools/" + client));
        (string, string?)[] variables = path.Length == 0 ? [] : [("PATH", string.Format(null, path, Path0, Folder, link, links))];
        Repave(variables, "check", ".");
        Repave(variables, "check", ".", "--staged");
        Assert.Equal(0, Repave(variables, "plan", ".", "--from", "git:HEAD").ExitCode);
        Repave([.. variables, ("KUBECONFIG", "/nowhere")], "plan", "a.yaml", "--live", "--timeout", "2");
        Repave(variables, "plan", "t.yaml", "--live", "--stack", "s", "--endpoint-url", "http://127.0.0.1:9", "--timeout", "2");
        AssertNothingRan();
    }

    [Fact]
    public void WithoutAClientElsewhereItIsSaid()
    {
        SkipOnWindows();
        Git("init", "--quiet");
        Write("a.yaml", ConfigMap("a"));
        Commit();
        Trap(Place("bin/git"));
        // The test's own dotnet is started by its whole path.
        var answer = Repave([("PATH", Place("bin"))], "plan", ".", "--from", "git:HEAD");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("nothing is started from there", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, Repave([("PATH", "")], "check", ".").ExitCode);
        // What is no program, or no file, is passed over.
        Directory.CreateDirectory(Path.Combine(Outside, "odd", "git"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Outside, "plain")).FullName, "git"), "no program");
        Assert.Equal(0, Repave([("PATH", $"{Path.Combine(Outside, "odd")}:{Path.Combine(Outside, "plain")}:{Path0}")], "plan", ".",
            "--from", "git:HEAD").ExitCode);
        AssertNothingRan();
    }

    [Theory]
    [InlineData("manifests")]
    [InlineData(".")]
    public void ABareRepositoryInTheTreeIsNoneOfOurs(string from)
    {
        SkipOnWindows();
        var up = Directory.CreateDirectory(Path.Combine(Outside, "up")).FullName;
        GitIn(up, "init", "--quiet");
        var inner = Directory.CreateDirectory(Path.Combine(up, "manifests")).FullName;
        GitIn(inner, "init", "--quiet", "--bare", "b");
        foreach (var part in (string[])["HEAD", "config"])
            File.Move(Path.Combine(inner, "b", part), Path.Combine(inner, part));
        Directory.CreateDirectory(Path.Combine(inner, "objects"));
        Directory.CreateDirectory(Path.Combine(inner, "refs"));
        File.WriteAllText(Path.Combine(inner, "objects", ".keep"), "");
        File.WriteAllText(Path.Combine(inner, "refs", ".keep"), "");
        Directory.Delete(Path.Combine(inner, "b"), recursive: true);
        Trap(Path.Combine(Outside, "trap"));
        File.WriteAllText(Path.Combine(inner, "config"),
            "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n"
                + $"\tfsmonitor = \"{Path.Combine(Outside, "trap")}\"\n\thooksPath = {Outside}\n");
        File.WriteAllText(Path.Combine(inner, "a.yaml"), ConfigMap("a"));
        GitIn(up, "add", "-A", "-f");
        GitIn(up, "commit", "--quiet", "-m", "x");
        Directory.Delete(Folder);
        GitIn(Outside, "clone", "--quiet", up, Folder);
        var at = from == "." ? Place("manifests") : Folder;
        var path = from == "." ? "." : "manifests";
        Assert.Equal((0, ""), (Tool.Repave(at, "check", path) is var check ? check.ExitCode : 9, check.Error));
        Assert.Contains("1 resource of 1 file", check.Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Repave(at, "check", "--staged").ExitCode);
        var plan = Tool.Repave(at, "plan", path, "--from", "git:HEAD");
        Assert.Contains("Nothing changes: 1 resource", plan.Output, StringComparison.Ordinal);
        AssertNothingRan();
    }

    [Fact]
    public void WhatTheRepositoryConfiguresGitToStartIsNotStarted()
    {
        SkipOnWindows();
        Git("init", "--quiet");
        Write("a.yaml", ConfigMap("a"));
        Write("b.yaml", ConfigMap("b"));
        Write(".gitattributes", "*.yaml filter=evil diff=evil merge=evil text=auto working-tree-encoding=UTF-8\n");
        Commit();
        var trap = Path.Combine(Outside, "trap");
        Trap(trap);
        File.WriteAllText(Place(".git/more"), $"[core]\n\tfsmonitor = {trap}\n[diff]\n\texternal = {trap}\n");
        File.AppendAllText(
            Place(".git/config"),
            $"""
            [core]
                fsmonitor = {trap}
                hooksPath = {Outside}/hooks
                pager = {trap}
                editor = {trap}
                sshCommand = {trap}
                askPass = {trap}
                gitProxy = {trap}
                alternateRefsCommand = {trap}
                attributesFile = {Outside}/attributes
                worktree = {Outside}
            [filter "evil"]
                clean = {trap}
                smudge = {trap}
                process = {trap}
                required = true
            [diff]
                external = {trap}
            [diff "evil"]
                command = {trap}
                textconv = {trap}
            [credential]
                helper = {trap}
            [protocol]
                allow = always
            [remote "origin"]
                url = ext::{trap}
                promisor = true
                partialclonefilter = blob:none
                uploadpack = {trap}
            [extensions]
                partialClone = origin
            [pager]
                diff-index = {trap}
                ls-tree = {trap}
            [alias]
                cat-file = !{trap}
                ls-files = !{trap}
            [include]
                path = more

            """);
        foreach (var hook in (string[])["post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"])
        {
            Trap(Path.Combine(Outside, "hooks", hook));
            Trap(Place(".git/hooks/" + hook));
        }

        // Changed in the work tree, so that git would have to compare; and one object is not there, so that it would have to fetch.
        Write("a.yaml", ConfigMap("a", "red"));
        var hash = Tool.Run(Folder, "git",
            ["-c", "core.fsmonitor=false", "-c", "core.worktree=", "--git-dir=.git", "rev-parse", "HEAD:b.yaml"]).Output.Trim();
        var proof = Path.Combine(Outside, "proof");
        File.Delete(proof);
        (string, string?)[] variables =
        [
            ("GIT_EXTERNAL_DIFF", trap), ("GIT_SSH_COMMAND", trap), ("GIT_SSH", trap), ("GIT_ASKPASS", trap), ("SSH_ASKPASS", trap),
                ("GIT_PAGER", trap), ("PAGER", trap), ("GIT_EDITOR", trap), ("GIT_PROXY_COMMAND", trap),
            ("GIT_EXEC_PATH", Path.Combine(Outside, "hooks")), ("GIT_DIR", Path.Combine(Outside, "nowhere")), ("GIT_WORK_TREE", Outside),
                ("GIT_TRACE", Path.Combine(Outside, "proof")), ("GIT_CONFIG_PARAMETERS", $"'core.fsmonitor={trap}'"),
            ("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "core.fsmonitor"), ("GIT_CONFIG_VALUE_0", trap), ("GIT_TEMPLATE_DIR", Outside),
                ("GIT_OBJECT_DIRECTORY", Outside), ("GIT_COMMON_DIR", Outside), ("GIT_NAMESPACE", "x"),
        ];
        Repave(variables, "check", ".");
        Repave(variables, "check", "--staged");
        var plan = Repave(variables, "plan", ".", "--from", "git:HEAD");
        Assert.Contains("\"blue\" → \"red\"", plan.Output, StringComparison.Ordinal);
        File.Delete(Place($".git/objects/{hash[..2]}/{hash[2..]}"));
        plan = Repave(variables, "plan", ".", "--from", "git:HEAD");
        Assert.Equal(2, plan.ExitCode);
        Assert.Contains("? ConfigMap/b is unknown", plan.Output, StringComparison.Ordinal);
        AssertNothingRan();
        Assert.False(File.Exists(proof));
    }

    [Fact]
    public void AHookMayNameTheIndex()
    {
        SkipOnWindows();
        Git("init", "--quiet");
        Write("a.yaml", ConfigMap("a"));
        Commit();
        File.Copy(Place(".git/index"), Place(".git/next-index"));
        Write("b.yaml", Broken);
        Assert.Equal(0, Tool.Run(Folder, "env", ["GIT_INDEX_FILE=.git/next-index", "git", "add", "b.yaml"]).ExitCode);
        Assert.Equal(1, Repave([("GIT_INDEX_FILE", ".git/next-index")], "check", "--staged").ExitCode);
        Assert.Equal(0, Repave("check", "--staged").ExitCode);
    }

    [Theory]
    [InlineData("KUBECONFIG", "config.kube", "depends on the folder")]
    [InlineData("KUBECONFIG", "{0}/config.kube", "is inside the workspace")]
    [InlineData("KUBECONFIG", "/nowhere:{0}/config.kube", "is inside the workspace")]
    [InlineData("KUBECONFIG", "{1}/link.kube", "is inside the workspace")]
    [InlineData("HOME", "{0}", "is inside the workspace")]
    public void NoKubeconfigComesFromTheWorkspace(string variable, string value, string message)
    {
        SkipOnWindows();
        Need("kubectl");
        Git("init", "--quiet");
        var trap = Path.Combine(Outside, "trap");
        Trap(trap);
        var config = "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts:\n- name: c\n  context: {cluster: c, user: u}\n"
            + "clusters:\n- name: c\n  cluster: {server: 'http://127.0.0.1:9'}\nusers:\n- name: u\n  user:\n"
            + $"    exec: {{apiVersion: client.authentication.k8s.io/v1, command: '{trap}', interactiveMode: Never}}\n";
        Write("config.kube", config);
        Write(".kube/config", config);
        File.CreateSymbolicLink(Path.Combine(Outside, "link.kube"), Place("config.kube"));
        Write("a.yaml", ConfigMap("a"));
        var answer = Repave([("KUBECONFIG", null), (variable, string.Format(null, value, Folder, Outside))], "plan", "a.yaml", "--live",
            "--timeout", "3");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(message, answer.Output, StringComparison.Ordinal);
        AssertNothingRan();
    }

    [Fact]
    public void NoAwsConfigurationComesFromTheWorkspace()
    {
        SkipOnWindows();
        var bin = Directory.CreateDirectory(Path.Combine(Outside, "clients")).FullName;
        Trap(Path.Combine(bin, "aws"));
        Git("init", "--quiet");
        Write("config.aws", "[default]\ncredential_process = sh -c 'exit 1'\n");
        Write("t.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n");
        foreach (var variable in (string[])["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_DATA_PATH"])
        {
            foreach (var value in (string[])["config.aws", Place("config.aws")])
            {
                var answer = Repave([(variable, value), ("PATH", $"{bin}:{Path0}")], "plan", "t.yaml", "--live", "--stack", "s",
                    "--timeout", "3");
                Assert.Equal(2, answer.ExitCode);
                Assert.Contains(variable, answer.Output, StringComparison.Ordinal);
            }
        }

        AssertNothingRan();
        // The trap works.
        Repave([("PATH", $"{bin}:{Path0}")], "plan", "t.yaml", "--live", "--stack", "s", "--timeout", "3");
        Assert.True(File.Exists(Path.Combine(Outside, "proof")));
    }

    [Fact]
    public void NothingIsStartedForACheckAndOnlyClientsByAbsolutePathForAPlan()
    {
        SkipOnWindows();
        Need("strace");
        Git("init", "--quiet");
        Write("deep/a.yaml", ConfigMap("a"));
        Write(".gitignore", "*.log\n");
        Commit();
        foreach (var client in (string[])["git", "kubectl", "aws", "sh", "deep/git"])
            Trap(Place(client));
        var check = Started("check", ".");
        Assert.Single(check, Path.GetFileName(Tool.Command[0]) is var own ? line => Path.GetFileName(line) == own : null!);
        Assert.Single(check);
        var plan = Started("plan", ".", "--from", "git:HEAD");
        Assert.Contains(plan, line => Path.GetFileName(line) == "git");
        Assert.All(plan, line => Assert.True(Path.IsPathFullyQualified(line) && !line.StartsWith(Outside, StringComparison.Ordinal), line));
        Assert.All(plan.Skip(1), line => Assert.Equal("git", Path.GetFileName(line)));
        AssertNothingRan();
    }

    // The programs that were started, or tried to be.
    private List<string> Started(params string[] arguments)
    {
        var log = Path.Combine(Outside, "strace.log");
        var answer = Tool.Run(Folder, "strace",
            ["-f", "-qq", "-e", "trace=execve,execveat", "-s", "4096", "-o", log, .. Tool.Command, .. arguments]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return [.. File.ReadLines(log).Select(line => Regex.Match(line, "execve(?:at)?\\((?:[^\"]*, )?\"((?:[^\"\\\\]|\\\\.)*)\""))
            .Where(m => m.Success).Select(m => m.Groups[1].Value)];
    }
}
