using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Hostile;

/// <summary>Only regular files of the workspace are opened; what cannot be read is said and unknown, and hides nothing else.</summary>
public sealed class ReadsNothingOutsideTests : HostileFolder
{
    // Root may read what is closed.
    private static readonly string[] Kinds =
        ["pipe", "device", "socket", "dangling", "circular", "giant", "outside", .. Environment.UserName == "root" ? (string[])[]
        : ["closed"]];

    private Socket? _socket;

    public static TheoryData<string> AllKinds => new(Kinds);

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void OneOddFileHidesNoOther(string kind)
    {
        Make(kind, "m/odd.yaml");
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
            Write($"m/{name}.yaml", Broken.Replace("lamp", name, StringComparison.Ordinal));
        foreach (var format in (string[])["text", "json", "sarif", "junit", "github", "gitlab"])
        {
            var answer = Repave("check", "m", "--format", format);
            Assert.Equal(2, answer.ExitCode);
            foreach (var name in (string[])["m/a.yaml", "m/e.yaml"])
                Assert.Contains(name, answer.Output, StringComparison.Ordinal);
            Assert.Matches("^repave: m/odd\\.yaml cannot be read: [^\n]+\\.\n$", answer.Error);
        }

        // Named itself, and beside others.
        Assert.Equal(kind == "outside" ? 1 : 2, Repave("check", "m/odd.yaml", "m/a.yaml").ExitCode);
        // In a repository, tracked or not.
        Git("init", "--quiet");
        Assert.Contains("RPV0010", Repave("check", ".").Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void WhatTextsSettingsAndOptionsNameIsReadAsCarefully(string kind)
    {
        Make(kind, "odd.json");
        Write("a.yaml", "# yaml-language-server: $schema=./odd.json\na: b\n");
        Write("b.yaml", Broken);
        var answer = Repave("check", ".");
        Assert.Contains("RPV0033", answer.Output, StringComparison.Ordinal);
        Assert.Contains("RPV0010", answer.Output, StringComparison.Ordinal);
        Write(".repave.yaml", "schemas:\n  - match: a.yaml\n    file: odd.json\n");
        Write("a.yaml", "a: b\n");
        Assert.Contains("RPV0033", Repave("check", "a.yaml").Output, StringComparison.Ordinal);
        File.Delete(Place(".repave.yaml"));
        if (kind != "outside")
        {
            Assert.Equal(2, Repave("check", "b.yaml", "--config", "odd.json").ExitCode);
            Assert.Equal(2, Repave("check", "b.yaml", "--known", "odd.json").ExitCode);
            Assert.Equal(2, Repave("plan", "b.yaml", "--from", "b.yaml", "--hash-key-file", "odd.json").ExitCode);
            Assert.Equal(2, Repave("plan", "b.yaml", "--from", "odd.json").ExitCode);
        }

        File.Delete(Place("odd.json"));
        Make(kind, ".repave.yaml");
        Assert.Equal(2, Repave("check", "b.yaml").ExitCode);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../schema.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("file://[bad")]
    [InlineData("file://server/share/schema.json")]
    [InlineData("\\\\server\\share\\schema.json")]
    [InlineData("/dev/zero")]
    [InlineData("file:///dev/zero")]
    [InlineData("/proc/self/environ")]
    [InlineData("linked/schema.json")]
    [InlineData("")]
    public void SchemasAreOfTheWorkspace(string reference)
    {
        SkipOnWindows();
        File.WriteAllText(Path.Combine(Outside, "schema.json"), "{\"type\":\"string\"}");
        Directory.CreateSymbolicLink(Place("linked"), Outside);
        Write("a.yaml", $"# yaml-language-server: $schema={reference}\na: b\n");
        var answer = Repave("check", ".");
        Assert.InRange(answer.ExitCode, 0, 1);
        Assert.DoesNotContain("RPV0011", answer.Output, StringComparison.Ordinal);
        if (reference.Length > 0)
            Assert.Contains("RPV0033", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("pipe.json")]
    [InlineData("zero.json")]
    [InlineData("gone.json")]
    [InlineData("linked.json#/definitions/x")]
    public void NorDoSchemasReachOut(string reference)
    {
        SkipOnWindows();
        File.WriteAllText(Path.Combine(Outside, "outside.json"), "{\"type\":\"string\",\"definitions\":{\"x\":{\"type\":\"string\"}}}");
        Tool.Run(Folder, "mkfifo", ["pipe.json"]);
        File.CreateSymbolicLink(Place("zero.json"), "/dev/zero");
        File.CreateSymbolicLink(Place("linked.json"), Path.Combine(Outside, "outside.json"));
        Write("s.json", $"{{\"properties\":{{\"a\":{{\"$ref\":\"{reference}\"}},\"c\":{{\"$ref\":\"beside.json\"}}}}}}");
        Write("beside.json", "{\"type\":\"string\"}");
        Write("a.yaml", "# yaml-language-server: $schema=s.json\na: 1\n");
        var answer = Repave("check", "a.yaml");
        Assert.DoesNotContain("RPV0011", answer.Output, StringComparison.Ordinal);
        Assert.Contains("RPV0033", answer.Output, StringComparison.Ordinal);
        Write("s.json", "{\"properties\":{\"a\":{\"$ref\":\"beside.json\"}}}");
        Assert.Contains("RPV0011", Repave("check", "a.yaml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ASchemaIsFoundFromTheFileThatNamesIt()
    {
        Write("deep/schemas/s.json", "{\"type\":\"string\"}");
        Write("deep/a.yaml", "# yaml-language-server: $schema=schemas/s.json\na: b\n");
        Assert.Contains("RPV0011", Repave("check", ".").Output, StringComparison.Ordinal);
        Assert.Contains("RPV0011", Tool.Repave(Outside, "check", "repo/deep").Output, StringComparison.Ordinal);
        Assert.Contains("RPV0011", Tool.Repave(Path.GetPathRoot(Outside)!, "check", Place("deep/a.yaml")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new", "deleted")]
    [InlineData("old", "created")]
    public void WhatCannotBeReadIsUnknown(string side, string never)
    {
        SkipOnWindows();
        foreach (var folder in (string[])["new", "old"])
        {
            foreach (var name in (string[])["a", "b", "c"])
                Write($"{folder}/{name}.yaml", ConfigMap(name));
        }

        File.Delete(Place(side == "new" ? "new/c.yaml" : "old/c.yaml"));
        foreach (var kind in (string[])["dangling", "pipe", "latin", "broken", "template"])
        {
            File.Delete(Place($"{side}/b.yaml"));
            if (kind == "latin")
                File.WriteAllBytes(Place($"{side}/b.yaml"),
                    [.. "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "u8, 0xE9, (byte)'\n']);
            else if (kind is "broken" or "template")
                Write($"{side}/b.yaml", kind == "broken" ? "apiVersion: v1\nkind: ConfigMap\n  metadata:\n  name: b"
                    : "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.b }}\n");
            else
                Make(kind, $"{side}/b.yaml");
            var answer = Repave("plan", "new", "--from", "old", "--format", "json");
            Assert.Equal(kind is "broken" or "template" ? 0 : 2, answer.ExitCode);
            var plan = JsonNode.Parse(answer.Output)!;
            var actions = plan["changes"]!.AsArray().ToDictionary(c => (string)c!["resource"]!["name"]!, c => (string)c!["action"]!);
            Assert.Equal(("none", "unknown"), (actions["a"], actions["b"]));
            // What else is gone or new is: its file is none of those that were not read.
            Assert.Equal(side == "new" ? "delete" : "create", actions["c"]);
            foreach (var format in (string[])["text", "markdown", "html", "json"])
            {
                var output = Repave("plan", "new", "--from", "old", "--format", format).Output;
                Assert.Contains("b.yaml", output, StringComparison.Ordinal);
                Assert.DoesNotMatch($"ConfigMap/b[^\n]*is {never}", output);
            }
        }

        // A file that the other side does not have may hold anything.
        Make("dangling", $"{side}/z.yaml");
        Assert.DoesNotContain($"is {never}", Repave("plan", "new", "--from", "old").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatASparseCheckoutLeavesOutIsUnknown()
    {
        SkipOnWindows();
        Git("init", "--quiet");
        Write("apps/a.yaml", ConfigMap("a"));
        Write("libs/b.yaml", ConfigMap("b"));
        Write("libs/deep/c.yaml", ConfigMap("c"));
        Write("top.yaml", ConfigMap("d"));
        Commit();
        Git("sparse-checkout", "set", "--no-cone", "/apps/");
        Assert.False(File.Exists(Place("top.yaml")));
        Look();
        Git("sparse-checkout", "set", "--cone", "--sparse-index", "apps");
        Assert.True(File.Exists(Place("top.yaml")));
        Assert.False(Directory.Exists(Place("libs")));
        Look();
        // What a person deleted is deleted.
        File.Delete(Place("apps/a.yaml"));
        Assert.Contains("ConfigMap/a is deleted", Repave("plan", ".", "--from", "git:HEAD").Output, StringComparison.Ordinal);

        void Look()
        {
            var answer = Repave("plan", ".", "--from", "git:HEAD");
            Assert.Equal(0, answer.ExitCode);
            Assert.DoesNotContain("delete", answer.Output, StringComparison.Ordinal);
            Assert.Contains("? ConfigMap/b is unknown", answer.Output, StringComparison.Ordinal);
            Assert.Contains("the sparse checkout leaves it out", answer.Output, StringComparison.Ordinal);
            Assert.Equal(1, Repave("plan", ".", "--from", "git:HEAD", "--fail-on", "unknown").ExitCode);
        }
    }

    [Fact]
    public void NamesThatAreNoUtf8AreHandled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux's file names");
        // The shell makes what .NET cannot name.
        Assert.Equal(0, Tool.Run(Folder, "bash",
            ["-c", "mkdir -p $'d\\xff'; for f in $'lat\\xe9.yaml' $'d\\xff/\\x80.yaml'; do printf 'apiVersion: v1\\nkind: "
                + "ConfigMap\\nmetadata:\\n  name: lamp\\ndta:\\n  color: blue\\n' > \"$f\"; done"]).ExitCode);
        foreach (var isRepository in (bool[])[false, true])
        {
            if (isRepository)
            {
                Git("init", "--quiet");
                Commit();
            }

            var answer = Repave("check", ".");
            Assert.Equal((1, ""), (answer.ExitCode, answer.Error));
            Assert.Contains("lat\\xe9.yaml\n", answer.Output, StringComparison.Ordinal);
            Assert.Contains("d\\xff/\\x80.yaml\n", answer.Output, StringComparison.Ordinal);
            Assert.Contains("lat%E9.yaml", Repave("check", ".", "--format", "sarif").Output, StringComparison.Ordinal);
            foreach (var format in (string[])["json", "junit", "github"])
                Assert.Equal(2, Repave("check", ".", "--format", format).Output.Split(format == "junit" ? "<failure"
                    : "RPV0010").Length - 1);
        }

        Assert.Contains("Nothing changes", Repave("plan", ".", "--from", "git:HEAD").Output, StringComparison.Ordinal);
        Assert.Equal(0, Repave("check", ".", "--fix").ExitCode);
        Assert.Equal("0\n", Tool.Run(Folder, "bash", ["-c", "grep -rl dta --include='*.yaml' . | wc -l"]).Output);
        Assert.Equal("2\n", Tool.Run(Folder, "bash", ["-c", "find . -name '*.yaml' | wc -l"]).Output);
    }

    [Fact]
    public void APipeForGitsListsMakesNobodyWait()
    {
        SkipOnWindows();
        Git("init", "--quiet");
        Write("a.yaml", ConfigMap("a"));
        Commit();
        foreach (var name in (string[])[".gitignore", ".gitattributes", "deep/.gitignore", ".git/info/exclude"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Place(name))!);
            File.Delete(Place(name));
            Tool.Run(Folder, "mkfifo", [name]);
        }

        Assert.Equal(0, Repave("check", ".").ExitCode);
        Assert.Equal(0, Repave("plan", ".", "--from", "git:HEAD").ExitCode);
    }

    [Fact]
    public void ErrorsAreALineAndTwo()
    {
        SkipOnWindows();
        Write("a.yaml", Broken);
        var shell = string.Join(' ', Tool.Command.Select(word => $"'{word}'"));
        foreach (var command in (string[])["check a.yaml >&-", "check a.yaml > /dev/full", "check a.yaml > /dev/full 2> /dev/full",
            "check - <&-", "check nowhere.yaml 2>&-", "plan a.yaml --from a.yaml --format html > /dev/full"])
        {
            var answer = Tool.Run(Folder, "timeout", ["30", "bash", "-c", $"{shell} {command}"]);
            Assert.Equal(2, answer.ExitCode);
            Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Unhandled", answer.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void IgnoreListsMeanWhatTheyMeanToGit()
    {
        Write(".gitignore",
            "# comment\n*.log.yaml\n!keep.log.yaml\n/only-top.yaml\nbuild/\n**/gen/*.yaml\n!**/gen/hand.yaml\nfoo/**/bar.yaml\n"
                + "ab[0-9c-e].yaml\n\\#odd.yaml\nsp\\ ace.yaml \nno[!x].yaml\nq?.yaml\na/**\ntrail*/\n");
        Write("sub/.gitignore", "!only-top.yaml\n*.tmp.yaml\n/here.yaml\n");
        string[] names =
        [
            "a.log.yaml", "keep.log.yaml", "only-top.yaml", "sub/only-top.yaml", "build/x.yaml", "sub/build/x.yaml", "gen/x.yaml",
                "x/gen/x.yaml", "x/gen/hand.yaml", "foo/bar.yaml", "foo/1/2/bar.yaml", "ab1.yaml", "abd.yaml", "abf.yaml",
            "#odd.yaml", "sp ace.yaml", "nox.yaml", "noy.yaml", "q1.yaml", "q12.yaml", "a/b/c.yaml", "trailing/x.yaml", "trail.yaml",
                "sub/z.tmp.yaml", "z.tmp.yaml", "sub/here.yaml", "sub/deep/here.yaml", ".hidden/x.yaml", "modules/x.yaml",
                "tracked/build/kept.yaml",
        ];
        foreach (var name in names)
            Write(name, Broken);
        Git("init", "--quiet");
        Git("add", "-f", "tracked/build/kept.yaml");
        foreach (var folder in (string[])[".", "sub", "x", "build"])
        {
            var expected = Tool.Run(Place(folder), "git",
                ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.yaml"]).Output.Split('\0',
                StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToList();
            var json = JsonNode.Parse(Tool.Repave(Place(folder), "check", ".", "--format", "json").Output)!;
            var found = json["findings"]!.AsArray().Where(f => (string)f!["id"]! == "RPV0010").Select(f => (string)f!["file"]!).Distinct()
                .Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected, found);
        }
    }

    private void Make(string kind, string name)
    {
        SkipOnWindows();
        var path = Place(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (kind)
        {
            case "pipe":
                Tool.Run(Folder, "mkfifo", [path]);
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "socket":
                // Its file goes when it is closed.
                _socket?.Dispose();
                _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                _socket.Bind(new UnixDomainSocketEndPoint(path));
                break;
            case "dangling":
                File.CreateSymbolicLink(path, "gone.yaml");
                break;
            case "circular":
                File.CreateSymbolicLink(path, path);
                break;
            case "giant":
                using (var file = File.Create(path))
                    file.SetLength(3L << 30);
                break;
            case "closed":
                Write(name, ConfigMap("closed"));
                Tool.Run(Folder, "chmod", ["000", path]);
                break;
            default:
                var target = Path.Combine(Outside, "secret.yaml");
                File.WriteAllText(target, Broken);
                File.CreateSymbolicLink(path, target);
                break;
        }
    }
}
