using System.Text;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>The packed analyzers with the frameworks and compilers that projects have, and in <c>dotnet format</c>. The compilers and
/// reference assemblies come from the machine's package sources.</summary>
[Collection(nameof(PackageFeed))]
public sealed class BuildTargetsTests : IDisposable
{
    private readonly PackageFeed _feed;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-targets-").FullName;

    public BuildTargetsTests(PackageFeed feed)
    {
        _feed = feed;
        Write("nuget.config",
            $"<configuration><packageSources><add key=\"folder\" value=\"{feed.Folder}\" /></packageSources></configuration>");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("4.14.0")]
    [InlineData("5.9.0")]
    public void EachFrameworkAndCompilerSaysEachFindingOnce(string compiler)
    {
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>net48;netstandard2.0;net8.0;net10.0</TargetFrameworks></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Repave.Analyzers" Version="0.1.0" PrivateAssets="all" />
                <PackageReference Include="Microsoft.Net.Compilers.Toolset" Version="{compiler}" PrivateAssets="all" />
                <PackageReference Include="Microsoft.NETFramework.ReferenceAssemblies" Version="1.0.3" PrivateAssets="all"
                                  Condition="'$(TargetFramework)' == 'net48'" />
              </ItemGroup>
            </Project>
            """);
        Write("Code.cs", """
            using System.Diagnostics;

            public static class Code
            {
                public static void Run()
                {
                    Process.Start("kubectl", "edit deployment/web");
            #if NET48
                    Process.Start("kubectl", "edit deployment/old");
            #elif NET10_0_OR_GREATER
                    Process.Start("kubectl", "edit deployment/new");
            #endif
                }
            }

            """);
        Write("deploy/a.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: web\n"
            + "      image: web:latest\n");
        Restore();
        var built = _feed.Dotnet(_folder, "build", "--no-restore");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(4, built.Output.Split("App -> ").Length - 1);
        Assert.DoesNotContain("error", built.Output.Replace("0 Error(s)", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase);
        // What a compiler says when it cannot load an analyzer.
        Assert.DoesNotContain("CS8032", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AD0001", built.Output, StringComparison.Ordinal);
        // The summary repeats each line.
        var summary = built.Output.IndexOf("Build succeeded", StringComparison.Ordinal);
        var said = built.Output[..summary].Split('\n').Where(l => l.Contains("warning RPV", StringComparison.Ordinal))
            .Select(l => l[l.LastIndexOf('/', l.IndexOf("): ", StringComparison.Ordinal))..].Split(": ")).Select(p => $"{p[0]} {p[1]}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(["/Code.cs(11,9) warning RPV3801", "/Code.cs(7,9) warning RPV3801", "/Code.cs(9,9) warning RPV3801",
            "/a.yaml(8,14) warning RPV1001"], said);
    }

    [Fact]
    public void DotnetFormatFixesEveryRuleAtOnceAsExpectedByteForByte()
    {
        Write("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework>"
            + "<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup><ItemGroup><PackageReference "
            + "Include=\"Repave.Analyzers\" Version=\"0.1.0\" PrivateAssets=\"all\" /></ItemGroup></Project>");
        // Off by default, and in a file of another style.
        Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.RPV3007.severity = warning\n");
        Write("Stubs.cs", Fixture("Stubs"));
        Write("Infra.cs", Fixture("before/Infra"));
        Write("Windows.cs", Fixture("before/Windows").Replace("\n", "\r\n", StringComparison.Ordinal));
        Restore();
        var format = _feed.Dotnet(_folder, ["format", "analyzers", "--severity", "warn", "--no-restore", "--diagnostics", .. Fixed]);
        Assert.True(format.ExitCode == 0, format.Output + format.Error);
        Assert.DoesNotContain("Unable to fix", format.Output + format.Error, StringComparison.Ordinal);
        Assert.Equal(Fixture("after/Infra"), Text("Infra.cs"));
        Assert.Equal(Fixture("after/Windows").Replace("\n", "\r\n", StringComparison.Ordinal), Text("Windows.cs"));
        Assert.Equal(Fixture("Stubs"), Text("Stubs.cs"));
    }

    private static readonly string[] Fixed = ["RPV3007", "RPV3104", "RPV3106", "RPV3109", "RPV3302"];

    private static string Fixture(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Fixtures", "format", name + ".cs.txt"));

    private string Text(string name) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_folder, name)));

    private void Restore()
    {
        var restored = _feed.Dotnet(_folder, "restore");
        var missing = restored.ExitCode == 0 ? null
            : "The compilers or reference assemblies cannot be had: name a package source that serves them.\n" + restored.Output;
        Components.Require(missing);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
