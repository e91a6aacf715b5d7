using System.Diagnostics;
using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Benchmarks;

/// <summary>What an edit of a chart's values costs until the chart is built and planned again, and what rendering it takes, for every chart
/// below a folder: <c>dotnet run --project tests/Benchmarks -c Release -- chart-edits FOLDER</c>. The least of many rounds counts, because
/// others use the machine as well.</summary>
internal static class ChartEdits
{
    private const int Rounds = 12;

    public static void Run(string folder)
    {
        var all = new List<(string Name, double Render, double Edit)>();
        foreach (var chart in Directory.GetFiles(folder, "Chart.yaml", SearchOption.AllDirectories).Select(Path.GetDirectoryName)
            .OfType<string>().Order(StringComparer.Ordinal))
        {
            var files = new ChartFiles(chart);
            var tool = new HelmBuilds();
            if (Build(tool, files) is not { } before)
                continue;
            var baseline = new Baseline("before", before) { IsEarlierState = true };
            var (render, edit) = (double.MaxValue, double.MaxValue);
            for (var i = 0; i < Rounds; i++)
            {
                if (!files.Edit(i))
                    break;
                var watch = Stopwatch.StartNew();
                var after = Build(tool, files);
                render = Math.Min(render, watch.Elapsed.TotalMilliseconds);
                if (after is not null)
                    _ = Planner.Plan(after, baseline, Settings.Default, new PlanOptions()).Changes.Count;
                edit = Math.Min(edit, watch.Elapsed.TotalMilliseconds);
            }

            if (edit < double.MaxValue)
                all.Add((Path.GetFileName(chart), render, edit));
        }

        foreach (var (name, render, edit) in all.OrderByDescending(one => one.Edit).Take(8))
            Console.WriteLine($"{name}: render {render:0.0} ms, edit to plan {edit:0.0} ms");
        Console.WriteLine($"{all.Count} charts: render {Median(all.Select(one => one.Render)):0.0} ms, edit to plan "
            + $"{Median(all.Select(one => one.Edit)):0.0} ms (medians of the least of {Rounds} rounds)");
    }

    private static List<Manifest>? Build(HelmBuilds tool, ChartFiles files)
    {
        var result = tool.Build(new BuildRequest(files, "c"));
        return result.Failed ? null : [.. result.Outputs.Where(one => one.IsManifest && one.Text.Trim().Length > 0)
            .Select(one => one.Manifest)];
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    // The files of a chart, of which one number or truth value in the values is another each time.
    private sealed class ChartFiles : IBuildFiles
    {
        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
        private readonly string _values;

        public ChartFiles(string folder)
        {
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
                _files["c/" + Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
            _values = _files.TryGetValue("c/values.yaml", out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : "";
        }

        public IReadOnlyList<string> Below(string folder) =>
            [.. _files.Keys.Where(path => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal))];

        public string NameOf(string path) => path;

        public byte[]? Read(string path) => _files.GetValueOrDefault(path);

        public bool Edit(int round)
        {
            var lines = _values.Split('\n');
            var places = Enumerable.Range(0, lines.Length).Where(i => lines[i].TrimEnd() is { Length: > 0 } line
                && char.IsDigit(line[^1]) && line.Contains(": ", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#')).ToList();
            if (places.Count == 0)
                return false;
            var place = places[round * 7919 % places.Count];
            lines[place] = lines[place].TrimEnd() + (round % 9 + 1);
            _files["c/values.yaml"] = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines));
            return true;
        }
    }
}
