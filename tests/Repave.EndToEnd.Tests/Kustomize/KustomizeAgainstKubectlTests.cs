using System.Text;
using Repave.Core.Builds;
using Repave.Environments;

namespace Repave.EndToEnd.Tests.Kustomize;

/// <summary>What is built is what <c>kubectl kustomize</c> prints, byte for byte, for every feature: kubectl is asked itself. With
/// <c>REPAVE_KUSTOMIZATIONS</c> set to folders, separated as the platform separates paths, every kustomization in them is compared,
/// too.</summary>
public sealed class KustomizeAgainstKubectlTests : IDisposable
{
    private const double Wanted = 0.98;

    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-kustomize-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryFeatureBuildsAsKubectlBuildsIt()
    {
        var kubectl = Kubectl();
        var cases = KustomizeCases.All().ToList();
        Assert.True(cases.Count >= 300, $"only {cases.Count} cases");
        foreach (var (name, files) in cases)
        {
            foreach (var (path, text) in files)
            {
                var file = Path.Combine(_folder, Escaped(name), path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
        }

        var differing = Compare(kubectl, [.. cases.Select(one => Path.Combine(_folder, Escaped(one.Name), "top"))], out var built);
        Assert.True(built >= 300, $"kubectl built only {built} cases");
        Assert.True(differing.Count == 0, $"{differing.Count} of {cases.Count} differ:\n{string.Join("\n", differing.Take(20))}");
    }

    [Fact]
    public void PublicRepositoriesBuildAsKubectlBuildsThem()
    {
        var kubectl = Kubectl();
        var roots = (Environment.GetEnvironmentVariable("REPAVE_KUSTOMIZATIONS") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
        Assert.SkipWhen(roots.Length == 0, "REPAVE_KUSTOMIZATIONS names no checkouts of repositories with kustomizations.");
        var folders = roots.SelectMany(root => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            .Where(file => FileNames.Contains(Path.GetFileName(file))).Select(file => Path.GetDirectoryName(file)!).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var differing = Compare(kubectl, folders, out _);
        Assert.True(differing.Count <= (1 - Wanted) * folders.Count, $"{differing.Count} of {folders.Count} "
            + $"differ:\n{string.Join("\n", differing.Take(40))}");
    }

    private static string Kubectl()
    {
        var kubectl = Programs.Find("kubectl");
        Components.Require(kubectl is null ? "There is no kubectl on the PATH, which says what kustomize builds." : null);
        return kubectl!;
    }

    private static string Escaped(string name) => name.Replace("/", "-over-", StringComparison.Ordinal);

    private static List<string> Compare(string kubectl, List<string> folders, out int built)
    {
        var tool = BuildCatalogue.All.Single(one => one.Name == "kustomize");
        var differing = new List<string>();
        var count = 0;
        Parallel.ForEach(folders, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, folder =>
        {
            var files = BuildFolder.Around(folder, out var path);
            var result = tool.Build(new BuildRequest(files, path));
            if (result.Problems.Any(problem => problem is { IsFatal: false, Rule: null }))
                return;
            var asked = Tool.Run(folder, kubectl, ["kustomize", "."]);
            var mine = result.Failed ? null : string.Concat(tool.InOrder(result.Outputs).Select(one => tool.Print(one.Source, one.Text)));
            if (asked.ExitCode == 0)
                Interlocked.Increment(ref count);
            string? difference = null;
            if (asked.ExitCode != 0)
                difference = mine is null ? null : $"kubectl refuses: {asked.Error.Trim()}";
            else if (mine is null)
                difference = $"refused: {result.Problems.First(problem => problem.IsFatal).Message}";
            else if (mine != asked.Output)
                difference = FirstDifference(asked.Output, mine);
            if (difference is not null)
            {
                lock (differing)
                    differing.Add($"{Path.GetFileName(Path.GetDirectoryName(folder))}/{Path.GetFileName(folder)}: {difference}");
            }
        });
        built = count;
        differing.Sort(StringComparer.Ordinal);
        return differing;
    }

    private static string FirstDifference(string wanted, string found)
    {
        var (a, b) = (wanted.Split('\n'), found.Split('\n'));
        var at = 0;
        while (at < a.Length && at < b.Length && a[at] == b[at])
            at++;
        return new StringBuilder().Append(System.Globalization.CultureInfo.InvariantCulture, $"line {at + 1}: ")
            .Append(at < a.Length ? a[at] : "the end").Append(" | here: ").Append(at < b.Length ? b[at] : "the end").ToString();
    }
}
