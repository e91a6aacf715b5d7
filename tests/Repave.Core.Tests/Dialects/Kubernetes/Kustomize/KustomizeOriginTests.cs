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

namespace Repave.Core.Tests.Dialects.Kubernetes.Kustomize;

/// <summary>A value, a template or a patch is changed somewhere in the sources of what is built, and the plan names the line. With
/// <c>REPAVE_ORIGINS</c> set to a number, so many changes are made in the sample, and as many in the public charts of
/// <c>shared/data/helm</c>.</summary>
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
        var followed = new Followed();
        Follow(new KustomizeBuilds(), files, "overlays/prod", _ => true, Wanted, followed, "");
        Show(followed);
        Assert.True(followed.Counted >= Few / 2, $"only {followed.Counted} changes made a difference");
        Assert.Empty(followed.Missed);
        Assert.True(followed.MissedPairs.Count <= 0.03 * followed.Pairs, "pairs of changes that are not named");
        // Without the sources of what was, a field that is gone stands nowhere.
        Assert.True(followed.MissedByTraces.Count <= 0.05 * followed.Counted, string.Join("\n", followed.MissedByTraces.Take(20)));
    }

    [Fact]
    public void ThePlanNamesTheLineOfAChartThatWasChanged()
    {
        var root = Path.Combine(Repository.Root, "samples", "shop-chart");
        var followed = new Followed();
        FollowChart(root, Wanted, followed);
        Show(followed);
        Assert.True(followed.Counted >= Few / 2, $"only {followed.Counted} changes made a difference");
        Assert.Empty(followed.Missed);
        Assert.True(followed.MissedPairs.Count <= 0.03 * followed.Pairs, "pairs of changes that are not named");
    }

    [Fact]
    public void ThePlanNamesTheLineOfAPublicChartThatWasChanged()
    {
        var root = Path.Combine(SharedData.Require("data/helm"), "charts");
        Assert.SkipWhen(Wanted <= Few, "REPAVE_ORIGINS is not set.");
        var charts = Directory.GetFiles(root, "Chart.yaml", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!)
            .Order(StringComparer.Ordinal).ToList();
        var followed = new Followed();
        foreach (var chart in charts)
            FollowChart(chart, Math.Max(1, Wanted * 3 / charts.Count), followed);
        Show(followed);
        Assert.True(followed.Counted >= 0.9 * Wanted, $"only {followed.Counted} changes made a difference");
        Assert.True(followed.Missed.Count <= 0.01 * followed.Counted, "changes that are not named");
        Assert.True(followed.MissedPairs.Count <= 0.1 * followed.Pairs, "pairs of changes that are not named");
        Assert.True(followed.MissedByTraces.Count <= 0.25 * followed.Counted, "changes that the text alone does not tell");
    }

    // What people change: values, the text of templates and what they decide by.
    private static void FollowChart(string chart, int wanted, Followed followed)
    {
        var files = Directory.GetFiles(chart, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(file => "c/" + Path.GetRelativePath(chart, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        Follow(new HelmBuilds(), files, "c", path => path == "c/values.yaml" || (path.StartsWith("c/templates/", StringComparison.Ordinal)
            && !path.EndsWith(".txt", StringComparison.Ordinal)), wanted, followed, Path.GetFileName(chart));
    }

    private void Show(Followed followed)
    {
        output.WriteLine($"{followed.Counted} changes ({followed.InTemplates} of them in templates), {followed.Missed.Count} not named, "
            + $"{followed.MissedByTraces.Count} not named by the text alone; {followed.Pairs} pairs, "
            + $"{followed.MissedPairs.Count} not named");
        output.WriteLine("Missed:\n" + string.Join("\n", followed.Missed));
        output.WriteLine("Missed pairs:\n" + string.Join("\n", followed.MissedPairs));
        output.WriteLine("Missed by the text alone:\n" + string.Join("\n", followed.MissedByTraces));
    }

    private static void Follow(IBuilds tool, Dictionary<string, string> files, string folder, Func<string, bool> isChanged, int wanted,
        Followed followed, string name)
    {
        var random = new Random(Seed);
        var before = Build(tool, files, folder);
        if (before is null)
            return;
        var places = files.Where(file => isChanged(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => (IsTemplate: file.Key.Contains("/templates/", StringComparison.Ordinal), At: (file.Key.Contains("/templates/",
                StringComparison.Ordinal) ? WordsOf(file.Value) : ScalarsOf(file.Value)).Select(at => (Path: file.Key, at)).ToList()))
            .GroupBy(file => file.IsTemplate).Select(group => group.SelectMany(file => file.At).ToList())
            .Where(group => group.Count > 0).ToList();
        var counted = 0;
        Edit? last = null;
        for (var tries = 0; counted < wanted && tries < wanted * 8 && places.Count > 0; tries++)
        {
            var group = places[tries % places.Count];
            var (path, (start, length, value)) = group[random.Next(group.Count)];
            var edit = new Edit(path, start, length, Changed(value, random), files[path].AsSpan(0, start).Count('\n'));
            if (Named(tool, files, folder, before, [edit]) is not { Count: > 0 } named)
                continue;
            counted++;
            followed.Counted++;
            var isTemplate = path.Contains("/templates/", StringComparison.Ordinal);
            followed.InTemplates += isTemplate ? 1 : 0;
            var said = $"{name} {path}:{edit.Line + 1} {value} -> ";
            if (!named.Exists(edit.IsAt))
                followed.Missed.Add(said + Said(named));
            // A live platform has no sources.
            var bare = before.Select(manifest => manifest with { Origin = null }).ToList();
            if (Named(tool, files, folder, bare, [edit]) is { Count: > 0 } traced && !traced.Exists(edit.IsAt))
                followed.MissedByTraces.Add(said + Said(traced));
            if (last is { } other && (other.Path != path || Math.Abs(other.Line - edit.Line) > 1))
            {
                if (Named(tool, files, folder, before, [other, edit]) is { Count: > 0 } both)
                {
                    followed.Pairs++;
                    // A field that both changed names one of them.
                    if (!both.TrueForAll(one => edit.IsAt(one) || other.IsAt(one)) || (both.DistinctBy(one => one.What).Count() > 1
                        && !(both.Exists(edit.IsAt) && both.Exists(other.IsAt))))
                        followed.MissedPairs.Add($"{name} {other.Path}:{other.Line + 1}, {path}:{edit.Line + 1} {value} -> " + Said(both));
                }

                last = null;
            }
            else
            {
                last = edit;
            }
        }
    }

    private static string Said(List<(string What, string File, int First, int Last)> named) =>
        string.Join(", ", named.DistinctBy(one => (one.File, one.First)).Take(4)
            .Select(one => $"{one.What} at {one.File}:{one.First + 1}"));

    // The lines that the plan of edits names; null where nothing is built or changed.
    private static List<(string What, string File, int First, int Last)>? Named(
        IBuilds tool, Dictionary<string, string> files, string folder, List<Manifest> before, Edit[] edits)
    {
        var changed = new Dictionary<string, string>(files, StringComparer.Ordinal);
        foreach (var edit in edits.OrderByDescending(edit => edit.Start))
        {
            var text = changed[edit.Path];
            changed[edit.Path] = string.Concat(text.AsSpan(0, edit.Start), edit.Text, text.AsSpan(edit.Start + edit.Length));
        }

        if (Build(tool, changed, folder) is not { } after || Text(after) == Text(before))
            return null;
        var plan = Planner.Plan(after, new Baseline("before", before) { IsEarlierState = true }, Settings.Default, new PlanOptions());
        // A value that means the same is no changed field, and what goes by another name comes and goes.
        return
        [
            .. plan.Changes.SelectMany(change => change.Reasons).Where(reason => reason.Place is not null
                // What happens whatever was changed (a hook runs anew) is no changed field.
                && (reason.From is null || reason.From != reason.To)).Select(reason =>
                (reason.Path, reason.File!, reason.Range!.Value.Start.Line, reason.Range.Value.End.Line)),
            .. plan.Changes.Where(change => change.Cause is not null).Select(change => (change.Id.ToString(), change.Cause!.Value.File.Path,
                change.Cause.Value.File.Source.Text.PositionOf(change.Cause.Value.Span.Start).Line,
                change.Cause.Value.File.Source.Text.PositionOf(change.Cause.Value.Span.End).Line)),
        ];
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

    // The words of a template's text and the names of values that its actions read.
    private static IEnumerable<(int Start, int Length, string Value)> WordsOf(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var at ? at : text.Length;
            var colon = text.IndexOf(": ", start, end - start, StringComparison.Ordinal);
            var key = colon < 0 ? "" : text[start..colon].Trim(' ', '-');
            if (colon > 0 && key.All(char.IsLetter) && !Identity.Contains(key))
            {
                var word = colon + 2;
                var stop = word;
                while (stop < end && char.IsLetterOrDigit(text[stop]))
                    stop++;
                if (stop > word)
                    yield return (word, stop - word, text[word..stop]);
            }

            start = end + 1;
        }
    }

    private sealed record Edit(string Path, int Start, int Length, string Text, int Line)
    {
        public bool IsAt((string What, string File, int First, int Last) named) =>
            named.File == Path && named.First <= Line && Line <= named.Last;
    }

    private sealed class Followed
    {
        public int Counted { get; set; }

        public int InTemplates { get; set; }

        public int Pairs { get; set; }

        public List<string> Missed { get; } = [];

        public List<string> MissedPairs { get; } = [];

        public List<string> MissedByTraces { get; } = [];
    }
}
