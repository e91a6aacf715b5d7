using System.Globalization;
using Microsoft.CodeAnalysis;
using Repave.Analyzers.CSharp;
using Repave.Core.Tests.Support;

namespace Repave.Analyzers.Tests.Commands;

/// <summary>Lists of starts of programs: those that change what runs, which rules must find, and those that do not, of which they must say
/// nothing. A line is a statement; what it uses stands in <see cref="Head"/>.</summary>
public class CommandListTests(ITestOutputHelper output)
{
    private const double LeastFound = 0.97;
    private const double MostWrong = 0.01;

    private const string Head = """
        using System.Diagnostics;
        using System.Text;
        using CliWrap;
        using Cake.Core.IO;
        static class MyRunner { public static void Run(string line) { } public static void Run(string program, string arguments) { } public static void Run(string program, string[] words) { } }
        static class NotARunner { public static void Describe(string line) { } }
        class Lines
        {
            const string Kubectl = "kubectl";
            static readonly string KubectlField = "kubectl";
            string KubectlProperty => "kubectl";
            static readonly CliWrap.Command KubectlCommand = Cli.Wrap("kubectl");
            [Nuke.Common.Tooling.PathVariable("kubectl")] readonly Nuke.Common.Tooling.Tool KubectlTool;
            void Target(string name, Action action) { }
            void RunProgram(string program, string arguments) => Process.Start(program, arguments);
            void RunKubectl(string arguments) { var start = new ProcessStartInfo("kubectl") { Arguments = arguments }; Process.Start(start); }
            void RunWords(string program, params string[] words) { var start = new ProcessStartInfo(program); foreach (var word in words) start.ArgumentList.Add(word); Process.Start(start); }
            void RunShell(string line) { var start = new ProcessStartInfo { FileName = "/bin/bash", Arguments = $"-c \"{line}\"", UseShellExecute = false }; Process.Start(start); }
            static readonly string[] StaticWords = { "patch", "deployment", "web" };
            void RunLine(string line) { var words = line.Split(' ', 2); Process.Start(new ProcessStartInfo { FileName = words[0], Arguments = words[1] }); }
            void RunSsh(string host, string line) => Process.Start("ssh", $"{host} {line}");
            void RunLater(string program, string arguments) => RunProgram(program, arguments);

        """;

    private const string Method = "void M{0}(string pod, string ns, string name, string command, string file, string registry, string "
        + "image, string tag, string user, "
        + "string host, string kind, string folder, Cake.Core.ICakeContext cake) {{ {1} }}";

    private const string Libraries = """
        namespace SimpleExec
        {
            public static class Command
            {
                public static void Run(string name, string args = "", string workingDirectory = "") { }
                public static void Run(string name, IEnumerable<string> args, string workingDirectory = "") { }
                public static Task RunAsync(string name, string args = "", string workingDirectory = "") => null;
                public static Task<(string, string)> ReadAsync(string name, string args = "", string workingDirectory = "") => null;
            }
        }
        namespace Nuke.Common.Tooling
        {
            public class PathVariableAttribute : Attribute { public PathVariableAttribute(string name) { } }
            [System.Runtime.CompilerServices.InterpolatedStringHandler]
            public ref struct ArgumentStringHandler
            {
                public ArgumentStringHandler(int literal, int holes) { }
                public void AppendLiteral(string text) { }
                public void AppendFormatted<T>(T value) { }
                public static implicit operator ArgumentStringHandler(string text) => default;
            }
            public delegate void Tool(ArgumentStringHandler arguments, string workingDirectory = null);
            public static class ProcessTasks
            {
                public static object StartProcess(string toolPath, string arguments = null, string workingDirectory = null) => null;
                public static object StartShell(string command, string workingDirectory = null) => null;
            }
        }
        namespace Nuke.Common.Tools.Kubernetes { public static class KubernetesTasks { public static void Kubernetes(Tooling.ArgumentStringHandler arguments, string workingDirectory = null) { } } }
        namespace Nuke.Common.Tools.Docker { public static class DockerTasks { public static void Docker(Tooling.ArgumentStringHandler arguments, string workingDirectory = null) { } } }
        namespace Cake.Core { public interface ICakeContext { } }
        namespace Cake.Core.IO
        {
            public class ProcessArgumentBuilder { public static implicit operator ProcessArgumentBuilder(string text) => null; }
            public static class ProcessArgumentListExtensions
            {
                public static ProcessArgumentBuilder Append(this ProcessArgumentBuilder builder, string text) => builder;
                public static ProcessArgumentBuilder AppendQuoted(this ProcessArgumentBuilder builder, string text) => builder;
            }
            public class ProcessSettings { public ProcessArgumentBuilder Arguments { get; set; } }
        }
        namespace Cake.Common
        {
            public static class ProcessAliases
            {
                public static int StartProcess(this Core.ICakeContext context, string fileName, string arguments) => 0;
                public static int StartProcess(this Core.ICakeContext context, string fileName, Core.IO.ProcessSettings settings) => 0;
            }
        }
        """;

    [Fact]
    public void WhatChangesWhatRunsIsFound()
    {
        var (lines, found) = Judge("harmful.txt");
        Assert.True(lines.Count >= 150, $"{lines.Count} lines");
        var missed = lines.Where((_, i) => !found.Contains(i)).ToList();
        output.WriteLine($"found {lines.Count - missed.Count} of {lines.Count}\n{string.Join('\n', missed)}");
        Assert.True(missed.Count <= lines.Count * (1 - LeastFound), $"{missed.Count} of {lines.Count}:\n{string.Join('\n', missed)}");
    }

    [Fact]
    public void WhatChangesNothingIsNotFound()
    {
        var (lines, found) = Judge("harmless.txt");
        Assert.True(lines.Count >= 150, $"{lines.Count} lines");
        var wrong = lines.Where((_, i) => found.Contains(i)).ToList();
        output.WriteLine($"wrong {wrong.Count} of {lines.Count}\n{string.Join('\n', wrong)}");
        Assert.True(wrong.Count <= lines.Count * MostWrong, $"{wrong.Count} of {lines.Count}:\n{string.Join('\n', wrong)}");
    }

    private static (List<string> Lines, HashSet<int> Found) Judge(string file)
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "tests", "Repave.Analyzers.Tests", "Commands", file))
            .Where(l => l.Length > 0 && l[0] != '#').ToList();
        var first = Head.Count(c => c == '\n');
        var text = Head + string.Concat(lines.Select((l, i) => string.Format(CultureInfo.InvariantCulture, Method, i,
            "@@").Replace("@@", l, StringComparison.Ordinal) + "\n")) + "}\n";
        var compilation = Compiling.Of([text, Libraries]);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var found = Compiling.Run(compilation, [new InfrastructureCodeAnalyzer()], new Dictionary<string,
            string>
        { ["repave_command_runners"] = "MyRunner.Run" });
        Assert.DoesNotContain(found, d => d.Id is "RPV3000" or "AD0001");
        return (lines, [.. found.Where(d => d.Id.StartsWith("RPV38", StringComparison.Ordinal))
            .Select(d => d.Location.GetLineSpan().StartLinePosition.Line - first)]);
    }
}
