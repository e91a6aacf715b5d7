using System.Diagnostics;
using System.Text;

namespace Repave.EndToEnd.Tests.Hostile;

/// <summary>A folder for one test, in which a hostile repository is made.</summary>
public abstract class HostileFolder : IDisposable
{
    protected const string Broken = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lamp\ndta:\n  color: blue\n";
    protected const string Mended = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lamp\ndata:\n  color: blue\n";

    private readonly string _top = Directory.CreateTempSubdirectory("repave-hostile-").FullName;

    protected HostileFolder() => Directory.CreateDirectory(Folder);

    /// <summary>The repository.</summary>
    protected string Folder => Path.Combine(_top, "repo");

    /// <summary>What lies outside of it.</summary>
    protected string Outside => _top;

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Delete(_top, recursive: true);
        }
        else
        {
            // .NET cannot name what is no UTF-8.
            Tool.Run("/", "chmod", ["-R", "u+rwx", _top]);
            Tool.Run("/", "rm", ["-rf", _top]);
        }

        GC.SuppressFinalize(this);
    }

    protected static string ConfigMap(string name, string color = "blue") =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  color: {color}\n";

    protected string Place(string name) => Path.Combine(Folder, name);

    protected void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place(name))!);
        File.WriteAllText(Place(name), text);
    }

    protected string Read(string name) => File.ReadAllText(Place(name));

    /// <summary>Runs the tool in the repository. Whatever it is given, it ends soon and without a stack trace.</summary>
    protected Answer Repave(params string[] arguments) => Repave([], arguments);

    /// <summary>Runs the tool with variables of its own.</summary>
    protected Answer Repave((string Name, string? Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool.Command[0])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])[.. Tool.Command.Skip(1), .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("FORCE_COLOR");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"repave {string.Join(' ', arguments)} does not end");
        }

        var answer = new Answer(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
        Assert.InRange(answer.ExitCode, 0, 2);
        return answer;
    }

    protected void Git(params string[] arguments) => GitIn(Folder, arguments);

    protected static void GitIn(string folder, params string[] arguments)
    {
        var answer = Tool.Run(folder, "git",
            ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "protocol.file.allow=always", .. arguments]);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }

    protected void Commit()
    {
        Git("add", "-A", "-f");
        Git("commit", "--quiet", "-m", "x");
    }

    /// <summary>A program that leaves a trace when it is started.</summary>
    protected void Trap(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\necho \"$0 $*\" >> '{Path.Combine(Outside, "proof")}'\nexit 1\n");
        MakeExecutable(path);
    }

    protected static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    /// <summary>No trap was sprung.</summary>
    protected void AssertNothingRan()
    {
        var proof = Path.Combine(Outside, "proof");
        Assert.False(File.Exists(proof), File.Exists(proof) ? File.ReadAllText(proof) : "");
    }

    protected static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files");

    protected static void Need(string program)
    {
        Components.Require(Programs.Exist(program) ? null : $"needs {program} on the PATH");
    }
}
