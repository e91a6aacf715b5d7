using System.Diagnostics;
using System.Text;

namespace Repave.EndToEnd.Tests.Hostile;

/// <summary>What is written is the file that was meant, whole, as it was apart from the fix; or nothing.</summary>
public sealed class WritesNothingElseTests : HostileFolder
{
    private const string Web =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: lamp\nspec:\n  selector:\n    matchLabels: {app: lamp}\n  template:\n"
            + "    metadata:\n      labels: {app: lamp}\n    spec:\n      containers:\n        - name: main\n"
            + "          image: registry.example.com/lamp:1.0.0\n          envFrom:\n            - configMapRef:\n"
            + "                name: lamp-settings\n";
    private const string Settings = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lamp-settings\ndata:\n  color: blue\n";
    private const string Rules = "rules:\n  RPV1201: on\n  RPV1202: on\n";

    [Fact]
    public void PlantedTemporariesAreNotFollowed()
    {
        SkipOnWindows();
        var victim = Path.Combine(Outside, "victim");
        File.WriteAllText(victim, "mine");
        foreach (var (file, name) in (ReadOnlySpan<(string, string)>)[("a.yaml", "a.yaml.repave~"), ("b.yaml", "b.yaml~"),
            ("c.yaml", ".c.yaml.tmp")])
        {
            Write(file, Broken);
            File.CreateSymbolicLink(Place(name), victim);
        }

        foreach (var name in (string[])["known.json.repave~", "state.yaml.repave~", "state.yaml.key.repave~"])
            File.CreateSymbolicLink(Place(name), victim);
        Assert.Equal(0, Repave("check", ".", "--fix").ExitCode);
        Assert.Equal(0, Repave("check", ".", "--write-known", "known.json").ExitCode);
        Assert.Equal(0, Repave("snapshot", "--from", "a.yaml", "-o", "state.yaml").ExitCode);
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Equal(Mended, Read("a.yaml"));
        Assert.Null(new FileInfo(Place("a.yaml")).LinkTarget);
        Assert.DoesNotContain(Directory.GetFiles(Folder), file => file.EndsWith(".repave~", StringComparison.Ordinal)
            && new FileInfo(file).LinkTarget is null);
    }

    [Fact]
    public void LinksThatLeadOutAreNotWrittenThrough()
    {
        SkipOnWindows();
        var victim = Path.Combine(Outside, "victim.yaml");
        File.WriteAllText(victim, Broken);
        var elsewhere = Directory.CreateDirectory(Path.Combine(Outside, "elsewhere")).FullName;
        Write("real/a.yaml", Broken);
        File.CreateSymbolicLink(Place("out.yaml"), victim);
        File.CreateSymbolicLink(Place("in.yaml"), "real/a.yaml");
        Directory.CreateSymbolicLink(Place("linked"), elsewhere);
        File.CreateSymbolicLink(Place("dangling.json"), Path.Combine(Outside, "made"));
        Assert.Equal(2, Repave("check", "out.yaml", "--fix").ExitCode);
        Assert.Equal(2, Repave("check", ".", "--fix").ExitCode);
        foreach (var target in (string[])["out.yaml", "linked/new.yaml", "dangling.json"])
        {
            Assert.Contains("Cannot write", Repave("snapshot", "--from", "real", "-o", target).Error, StringComparison.Ordinal);
            Assert.Contains("Cannot write", Repave("check", "real", "--write-known", target).Error, StringComparison.Ordinal);
        }

        Assert.Equal(Broken, File.ReadAllText(victim));
        Assert.Empty(Directory.GetFiles(elsewhere));
        Assert.False(File.Exists(Path.Combine(Outside, "made")));
        // A link that stays inside stays a link.
        Write("real/a.yaml", Broken);
        Assert.Equal(0, Repave("check", "in.yaml", "--fix").ExitCode);
        Assert.Equal(Mended, Read("real/a.yaml"));
        Assert.Equal("real/a.yaml", new FileInfo(Place("in.yaml")).LinkTarget);
    }

    [Fact]
    public void ABackslashIsAPartOfAName()
    {
        SkipOnWindows();
        var victim = Path.Combine(Outside, "victim.yaml");
        File.WriteAllText(victim, ConfigMap("victim"));
        Write(@"..\victim.yaml", Broken);
        Write(@"a\b.yaml", Broken.Replace("lamp", "other", StringComparison.Ordinal));
        Write(@"dir\x/c.yaml", Broken.Replace("lamp", "third", StringComparison.Ordinal));
        var answer = Repave("check", ".", "--fix");
        Assert.Equal((0, "Fixed 3 findings in 3 files.\n"), (answer.ExitCode, answer.Error));
        Assert.Equal(ConfigMap("victim"), File.ReadAllText(victim));
        Assert.Equal(Mended, Read(@"..\victim.yaml"));
        Write(@"a\b.yaml", Broken);
        Assert.Equal(0, Repave("check", @"a\b.yaml", "--fix").ExitCode);
        Assert.Equal(Mended, Read(@"a\b.yaml"));
    }

    [Theory]
    [InlineData("iso", "latin.yaml")]
    [InlineData("cut", "cut.yaml")]
    [InlineData("surrogate", "surrogate.yaml")]
    [InlineData("wide", "wide.yaml")]
    [InlineData("wider", "wider.yaml")]
    [InlineData("half", "half.yaml")]
    public void WhatIsNoTextIsReportedAndStays(string kind, string name)
    {
        SkipOnWindows();
        var text = Broken + "  more: ";
        byte[] bytes = kind switch
        {
            "iso" => [.. Encoding.UTF8.GetBytes(text), 0xE9, (byte)'\n'],
            "cut" => [.. Encoding.UTF8.GetBytes(text), 0xE2, 0x82],
            "surrogate" => [.. Encoding.UTF8.GetBytes(text), 0xED, 0xA0, 0x80, (byte)'\n'],
            "wide" => Encoding.Unicode.GetBytes(text),
            "wider" => [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(text)],
            _ => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text), 0, 0xD8],
        };
        File.WriteAllBytes(Place(name), bytes);
        Write("good.yaml", Broken.Replace("lamp", "other", StringComparison.Ordinal));
        var answer = Repave("check", ".", "--fix");
        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains(name, answer.Output, StringComparison.Ordinal);
        Assert.Contains("RPV0001", answer.Output, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Place(name)));
        Assert.DoesNotContain("dta", Read("good.yaml"), StringComparison.Ordinal);
        // Nor is it planned as something else.
        var plan = Repave("plan", name, "--from", "good.yaml");
        Assert.Equal(2, plan.ExitCode);
        Assert.Contains("unknown", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TextWithAMarkStaysInItsEncoding()
    {
        SkipOnWindows();
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, new UTF8Encoding(true)])
        {
            File.WriteAllText(Place("a.yaml"), Broken, encoding);
            Repave("check", "a.yaml", "--fix");
            Assert.Equal([.. encoding.GetPreamble(), .. encoding.GetBytes(Mended)], File.ReadAllBytes(Place("a.yaml")));
        }
    }

    [Fact]
    public void ModeAndOwnerStay()
    {
        SkipOnWindows();
        Write("a.yaml", Broken);
        var isRoot = Environment.UserName == "root";
        if (isRoot)
            Tool.Run(Folder, "chown", ["1234:4321", "a.yaml"]);
        Tool.Run(Folder, "chmod", ["4750", "a.yaml"]);
        Assert.Equal(0, Repave("check", ".", "--fix").ExitCode);
        Assert.Equal("4750\n", Tool.Run(Folder, "stat", ["-c", "%a", "a.yaml"]).Output);
        if (isRoot)
            Assert.Equal("1234:4321\n", Tool.Run(Folder, "stat", ["-c", "%u:%g", "a.yaml"]).Output);
        Assert.Equal(Mended, Read("a.yaml"));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    [InlineData("/dev/stdout")]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("folder")]
    [InlineData("folder/none/x.yaml")]
    public void DevicesPipesAndSocketsAreNotReplaced(string target)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux's devices");
        Write("a.yaml", Broken);
        Directory.CreateDirectory(Place("folder"));
        Tool.Run(Folder, "mkfifo", ["pipe"]);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Place("socket")));
        var before = Tool.Run(Folder, "stat", ["-c", "%F %t %T", target]).Output;
        foreach (var arguments in (string[][])[["snapshot", "--from", "a.yaml", "-o", target], ["check", ".", "--write-known", target]])
        {
            var answer = Repave(arguments);
            Assert.Equal(2, answer.ExitCode);
            Assert.Contains($"Cannot write '{target}", answer.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, Tool.Run(Folder, "stat", ["-c", "%F %t %T", target]).Output);
    }

    [Fact]
    public void AFixOverSeveralFilesIsMadeWholeOrNotAtAll()
    {
        SkipOnWindows();
        Need("setpriv");
        Assert.SkipUnless(Environment.UserName == "root", "needs root, to become somebody who may write one folder and not the other");
        Write("a/web.yaml", Web);
        Write("settings.yaml", Settings);
        Write("c/alone.yaml", Broken);
        Write(".repave.yaml", Rules);
        Tool.Run(Outside, "chmod", ["755", Outside, Folder]);
        Tool.Run(Folder, "chown", ["-R", "nobody:nogroup", "a", "c"]);
        var answer = Tool.Run(Folder, "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/nonexistent",
            "DOTNET_CLI_HOME=/tmp", .. Tool.Command, "check", ".", "--fix"]);
        Assert.SkipWhen(answer.Error.Contains("does not exist", StringComparison.Ordinal)
            || answer.Error.Contains("ermission denied", StringComparison.Ordinal) && answer.ExitCode > 2,
            "the checkout is not readable to others");
        Assert.Equal(2, answer.ExitCode);
        Assert.Equal((Web, Settings), (Read("a/web.yaml"), Read("settings.yaml")));
        Assert.Contains("settings.yaml", answer.Error, StringComparison.Ordinal);
        Assert.Contains("'a/web.yaml'", answer.Error, StringComparison.Ordinal);
        // What has nothing to do with it is fixed.
        Assert.Equal(Mended, Read("c/alone.yaml"));
        Assert.Equal(4, Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void WhereEverythingMayBeWrittenBothChange()
    {
        Write("a/web.yaml", Web);
        Write("settings.yaml", Settings);
        Write(".repave.yaml", Rules);
        Repave("check", ".", "--fix", "--fail-on", "never");
        Assert.NotEqual(Settings, Read("settings.yaml"));
        var name = Read("settings.yaml").Split('\n').Single(l => l.StartsWith("  name: ", StringComparison.Ordinal)).Trim();
        Assert.Contains(name, Read("a/web.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void AFullDiskChangesNothing()
    {
        SkipOnWindows();
        var disk = Directory.CreateDirectory(Place("disk")).FullName;
        // With a size that holds the files and not their copies.
        Assert.SkipWhen(Tool.Run(Folder, "mount", ["-t", "tmpfs", "-o", "size=96k,mode=777", "none", disk]).ExitCode != 0,
            "needs the right to mount a small disk");
        try
        {
            var large = string.Concat(Enumerable.Range(0, 500).Select(i => $"# {new string('x', 60)} {i}\n"));
            Write("disk/a.yaml", Broken + large);
            Write("disk/b.yaml", Broken.Replace("lamp", "other", StringComparison.Ordinal) + large);
            var answer = Repave("check", "disk", "--fix");
            Assert.Equal(2, answer.ExitCode);
            Assert.Contains("Cannot write", answer.Error, StringComparison.Ordinal);
            Assert.Equal(2, Directory.GetFileSystemEntries(disk).Length);
            var texts = (string[])[Read("disk/a.yaml"), Read("disk/b.yaml")];
            Assert.All(texts, text => Assert.EndsWith(large, text, StringComparison.Ordinal));
        }
        finally
        {
            Tool.Run(Folder, "umount", [disk]);
        }
    }

    [Fact]
    public async Task BeingEndedInTheMiddleLeavesAllOrNothing()
    {
        SkipOnWindows();
        const int count = 600;
        foreach (var signal in (string[])["TERM", "KILL", "TERM", "INT", "KILL"])
        {
            if (Directory.Exists(Place("many")))
                Directory.Delete(Place("many"), recursive: true);
            for (var i = 0; i < count; i++)
                Write($"many/{i:000}.yaml", Broken.Replace("lamp", $"lamp-{i}", StringComparison.Ordinal));
            using var process = Process.Start(new ProcessStartInfo(Tool.Command[0], [.. Tool.Command.Skip(1), "check", "many", "--fix"])
            {
                WorkingDirectory = Folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            })!;
            var ended = process.StandardError.ReadToEndAsync();
            var said = process.StandardOutput.ReadToEndAsync();
            // As soon as it has begun to write.
            while (!process.HasExited && !Directory.EnumerateFiles(Place("many"), "*.repave~").Any())
                Thread.Sleep(1);
            Thread.Sleep(Random.Shared.Next(40));
            Tool.Run(Folder, "kill", [$"-{signal}", $"{process.Id}"]);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
            await Task.WhenAll(ended, said);
            var texts = Directory.GetFiles(Place("many"), "*.yaml").Select(File.ReadAllText).ToList();
            Assert.Equal(count, texts.Count);
            // No file is ever half written.
            Assert.All(texts, text => Assert.EndsWith("ta:\n  color: blue\n", text, StringComparison.Ordinal));
            // Nobody can wait with an end that is not announced; it may come between two of the moves.
            if (signal == "KILL")
                continue;
            Assert.True(texts.Count(text => !text.Contains("dta", StringComparison.Ordinal)) is 0 or count, signal);
            Assert.Empty(Directory.GetFiles(Place("many"), "*.repave~"));
        }
    }

    [Fact]
    public async Task WhatChangedMeanwhileIsNotOverwritten()
    {
        SkipOnWindows();
        for (var i = 0; i < 900; i++)
            Write($"{i:000}.yaml", Broken.Replace("lamp", $"lamp-{i}", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo(Tool.Command[0], [.. Tool.Command.Skip(1), "check", ".", "--fix"])
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        while (!process.HasExited && !Directory.EnumerateFiles(Folder, "*.repave~").Any())
            Thread.Sleep(1);
        File.AppendAllText(Place("899.yaml"), "# by hand\n");
        await process.WaitForExitAsync();
        await output;
        var said = await error;
        Assert.Contains("# by hand", Read("899.yaml"), StringComparison.Ordinal);
        Assert.True(process.ExitCode == 0 || said.Contains("'899.yaml': it was changed", StringComparison.Ordinal), said);
    }

    [Fact]
    public void NothingIsFixedInADocumentThatDoesNotParse()
    {
        const string broken =
            "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  R:\n    Type: AWS::ECR::Repository\n    Properties:\n"
                + "      RepositoryName: \"lamp\n";
        Write("a.yaml", broken);
        Write("b.yaml", Broken + "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndta: \"\n");
        Repave("check", ".", "--fix");
        Assert.Equal(broken, Read("a.yaml"));
        Assert.Equal(Mended + "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndta: \"\n", Read("b.yaml"));
    }
}
