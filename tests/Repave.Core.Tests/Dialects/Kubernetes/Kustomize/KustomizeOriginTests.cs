using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Dialects.Kubernetes.Kustomize;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Dialects.Kubernetes.Helm;
using Repave.Core.Tests.Support;
using Xunit.Abstractions;

namespace Repave.Core.Tests.Dialects.Kubernetes.Kustomize;

/// <summary>A value is changed somewhere in the sources of what is built, and the plan names the line. With <c>REPAVE_ORIGINS</c> set to a
/// number, so many changes are made in the sample, and as many in the public charts of <c>shared/data/helm</c>.</summary>
public sealed class KustomizeOriginTests(ITestOutputHelper output)
{
    private const int Seed = 20_240_601;
    private const int Few = 60;

    // What a resource is known by is no field that changes.
    private static readonly string[] Identity = ["kind", "apiVersion", "name", "namespace", "target", "resources", "path", "behavior"];

    private static int Wanted => int.TryParse(Environment.GetEnvironmentVariable("REPAVE_ORIGINS"), out var many) ? many : Few;

    [Fact]
    public void ThePlanNamesTheLineOfAnOverlayThatWasChanged()
    {
        var root = Path.Combine(Repository.Root, "samples", "shop-overlays");
        var files = Directory.GetFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        var (counted, missed) = Follow(new KustomizeBuilds(), files, "overlays/prod", _ => true, Wanted);
        output.WriteLine($"{counted} changes, {missed.Count} not named:\n{string.Join("\n", missed)}");
        Assert.True(counted >= Few / 2, $"only {counted} changes made a difference");
        // A field that is gone stands nowhere: what took it away (a label that is no longer written into selectors) is not named.
        Assert.True(missed.Count <= 0.05 * counted, $"{missed.Count} of {counted} are not named:\n{string.Join("\n", missed.Take(20))}");
    }

    [SkippableFact]
    public void ThePlanNamesTheLineOfAChartThatWasChanged()
    {
        var root = Path.Combine(SharedData.Require("data/helm"), "charts");
        var charts = Directory.GetFiles(root, "Chart.yaml", SearchOption.AllDirectories).Where(file => !file.Contains("/charts/",
            StringComparison.Ordinal)
            || file.Count(c => c == '/') > 0).Select(file => Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal).ToList();
        Skip.If(Wanted <= Few, "REPAVE_ORIGINS is not set.");
        var (all, lost) = (0, new List<string>());
        var each = Math.Max(1, Wanted / Math.Max(1, charts.Count));
        foreach (var chart in charts)
        {
            var files = Directory.GetFiles(chart, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .ToDictionary(file => "c/" + Path.GetRelativePath(chart, file).Replace('\\', '/'), File.ReadAllText,
                    StringComparer.Ordinal);
            var (counted, missed) = Follow(new HelmBuilds(), files, "c", path => path == "c/values.yaml", each);
            all += counted;
            lost.AddRange(missed.Select(line => $"{Path.GetFileName(chart)}: {line}"));
        }

        output.WriteLine($"{all} changes, {lost.Count} not named:\n{string.Join("\n", lost)}");
        Assert.True(lost.Count <= 0.25 * all, $"{lost.Count} of {all} are not named:\n{string.Join("\n", lost.Take(40))}");
    }

    private static (int Counted, List<string> Missed) Follow(
        IBuilds tool, Dictionary<string, string> files, string folder, Func<string, bool> isChanged, int wanted)
    {
        var random = new Random(Seed);
        var before = Build(tool, files, folder);
        var missed = new List<string>();
        if (before is null)
            return (0, missed);
        var places = files.Where(file => isChanged(file.Key)).SelectMany(file => ScalarsOf(file.Value).Select(at => (file.Key,
            at))).ToList();
        var counted = 0;
        for (var tries = 0; counted < wanted && tries < wanted * 4 && places.Count > 0; tries++)
        {
            var (path, (start, length, value)) = places[random.Next(places.Count)];
            var text = files[path];
            var changed = new Dictionary<string, string>(files, StringComparer.Ordinal)
            {
                [path] = string.Concat(text.AsSpan(0, start), Changed(value, random), text.AsSpan(start + length)),
            };
            if (Build(tool, changed, folder) is not { } after || Text(after) == Text(before))
                continue;
            var plan = Planner.Plan(after, new Baseline("before", before) { IsEarlierState = true }, Settings.Default, new PlanOptions());
            var reasons = plan.Changes.SelectMany(change => change.Reasons).Where(reason => reason.Place is not null).ToList();
            // A value that means the same, or one of a resource that goes by another name then, is no changed field.
            if (reasons.Count == 0)
                continue;
            counted++;
            var line = text.AsSpan(0, start).Count('\n');
            if (!reasons.Exists(reason => reason.File == path && reason.Range!.Value.Start.Line <= line
                && line <= reason.Range.Value.End.Line))
            {
                missed.Add($"{path}:{line + 1} {value} -> "
                    + string.Join(", ", reasons.Take(3).Select(r => $"{r.Path} at {r.File}:{r.Range!.Value.Start.Line + 1}")));
            }
        }

        return (counted, missed);
    }

    private static string Changed(string value, Random random) =>
        int.TryParse(value, out var number) ? (number + 1 + random.Next(3)).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value switch
            {
                "true" => "false",
                "false" => "true",
                _ => value + (char)('a' + random.Next(26)),
            };

    private static List<Manifest>? Build(IBuilds tool, Dictionary<string, string> files, string folder)
    {
        var result = tool.Build(new BuildRequest(new MemoryFiles([.. files.Select(file => (file.Key, file.Value))]), folder));
        return result.Failed ? null : [.. result.Outputs.Where(one => one.IsManifest
            && one.Text.Trim().Length > 0).Select(one => one.Manifest)];
    }

    private static string Text(List<Manifest> manifests) => string.Concat(manifests.Select(m => m.Source.Text.Content));

    private static IEnumerable<(int Start, int Length, string Value)> ScalarsOf(string text)
    {
        foreach (var slot in YamlLanguage.Instance.Parse(text).Documents)
        {
            foreach (var scalar in slot.Document.Scalars)
            {
                if (scalar.Parent is MapNode map && map.EntryOf(scalar) is { } entry && (entry.Key == scalar
                    || Identity.Contains(entry.Name)))
                    continue;
                if (scalar.Parent is ListNode list && list.Parent is MapNode holder && holder.EntryOf(list) is { } own
                    && Identity.Contains(own.Name))
                    continue;
                if (scalar.Value.Length > 0 && scalar.Value == text.Substring(slot.Start + scalar.Span.Start, scalar.Span.Length))
                    yield return (slot.Start + scalar.Span.Start, scalar.Span.Length, scalar.Value);
            }
        }
    }
}
