using System.IO.Compression;
using System.Text.Json;
using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes.Helm;

/// <summary>Public charts rendered by Helm's own engine (<c>shared/data/helm</c>): every template is the same byte for byte, and every
/// refusal Helm's own.</summary>
public sealed class HelmCorpusTests
{
    [Fact]
    public void ChartsRenderAsHelmRendersThem()
    {
        var root = SharedData.Require("data/helm");
        var builds = new HelmBuilds();
        var differing = new List<string>();
        var compared = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(root, "rendered"), "*.gz", SearchOption.AllDirectories).Order())
        {
            var repository = Path.Combine(root, "charts", Path.GetFileName(Path.GetDirectoryName(file))!);
            var chart = Path.GetFileName(file).Replace(".jsonl.gz", "");
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var document = JsonDocument.Parse(line);
                compared += Compare(builds, repository, chart, document.RootElement, differing);
            }
        }

        Assert.True(compared > 2000, $"only {compared} templates were compared");
        Assert.True(differing.Count == 0, $"{differing.Count} of {compared} differ:\n{string.Join("\n", differing.Take(20))}");
    }

    private static int Compare(HelmBuilds builds, string repository, string chart, JsonElement expected, List<string> differing)
    {
        var values = expected.GetProperty("values").GetString();
        var result = builds.Build(new BuildRequest(new DiskFiles(repository), chart)
        {
            Release = "rel",
            Namespace = "ns",
            ValuesFiles = values is null ? [] : [$"{chart}/{values}"],
        });
        var label = $"{chart} {values}";
        var error = result.Problems.FirstOrDefault(problem => problem.IsFatal)?.Message;
        if (expected.TryGetProperty("error", out var refusal) && refusal.GetString() is { } message)
        {
            if ("render: " + error != message)
                differing.Add($"{label}: {error}");
            return 1;
        }

        if (error is not null)
        {
            differing.Add($"{label}: {error}");
            return 1;
        }

        var texts = result.Outputs.ToDictionary(output => output.Source, output => output.Text);
        var unstable = expected.TryGetProperty("unstable", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        var stable = expected.GetProperty("rendered").EnumerateObject().Where(template => !unstable.Contains(template.Name)).ToList();
        differing.AddRange(stable.Where(template => texts.GetValueOrDefault(template.Name) != template.Value.GetString())
            .Select(template => $"{label}: {template.Name}"));
        return stable.Count;
    }

    private sealed class DiskFiles(string root) : IBuildFiles
    {
        public IReadOnlyList<string> Below(string folder) => Directory.Exists(Path.Combine(root, folder))
            ? [.. Directory.GetFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))]
            : [];

        public string NameOf(string path) => path;

        public byte[]? Read(string path) => File.Exists(Path.Combine(root, path)) ? File.ReadAllBytes(Path.Combine(root, path)) : null;
    }
}
