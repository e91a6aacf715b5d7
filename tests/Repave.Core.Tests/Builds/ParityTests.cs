using Repave.Core.Builds;
using Repave.Core.Parity;
using Repave.Core.Rules;
using Repave.Core.Tests.Dialects.Kubernetes.Helm;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Builds;

/// <summary>Every difference between two environments is traced to the line that makes it: changing that line changes the difference. What
/// is listed differs. Held over the samples; with <c>REPAVE_PARITY</c> set to folders (as in <c>PATH</c>, each with two or more overlays or
/// files of values), over those as well.</summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("samples/shop-overlays")]
    [InlineData("samples/shop-chart")]
    public void ChangingTheLineOfADifferenceChangesItInTheSamples(string folder) =>
        Check(Path.Combine(Repository.Root, folder), 0);

    [Fact]
    public void ChangingTheLineOfADifferenceChangesItInPublicRepositories()
    {
        var folders = (Environment.GetEnvironmentVariable("REPAVE_PARITY") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
        Assert.SkipWhen(folders.Length == 0, "REPAVE_PARITY names no folders of repositories with overlays.");
        foreach (var folder in folders)
            Check(folder, 0.02);
    }

    private void Check(string root, double allowed)
    {
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/.git/", StringComparison.Ordinal) && new FileInfo(file).Length < 200_000)
            .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        var environments = Built(files);
        var (count, wrong, pairs) = (0, new List<string>(), 0);
        // Those that share a source are environments of one thing.
        foreach (var (one, other) in environments.SelectMany((one, i) => environments.Skip(i + 1).Where(other =>
            one.Read.Intersect(other.Read).Any()).Select(other => (one, other))).Take(12))
        {
            var differences = EnvironmentComparison.Of(one, other, Settings.Default);
            if (differences.Count is 0 or > 200)
                continue;
            pairs++;
            foreach (var difference in differences)
            {
                count++;
                if (difference is { IsSecret: false, First: not null, Second: not null } && difference.From == difference.To)
                    wrong.Add($"{Said(one, other, difference)}: both are the same");
                if (!new[] { difference.InSecond, difference.InFirst }.OfType<DifferencePlace>().Any(place =>
                    IsChangedBy(files, place, one.Environment.Name, other.Environment.Name, difference)))
                    wrong.Add(Said(one, other, difference));
            }
        }

        output.WriteLine($"{Path.GetFileName(root)}: {environments.Count} environments, {pairs} pairs, {count} differences, "
            + $"{wrong.Count} not traced:\n{string.Join("\n", wrong)}");
        Assert.True(count > 0, "nothing differs");
        Assert.True(wrong.Count <= allowed * count, string.Join("\n", wrong.Take(20)));
    }

    private static string Said(BuiltEnvironment one, BuiltEnvironment other, EnvironmentDifference difference) =>
        $"{one.Environment.Name} and {other.Environment.Name}: {KeyOf(difference)} at {At(difference.InFirst)}, {At(difference.InSecond)}";

    private static string At(DifferencePlace? place) => place is null ? "no line" : $"{place.File.Path}:{place.Range.Start.Line + 1}";

    private static string KeyOf(EnvironmentDifference one) => $"{one.Kind} {one.Resource.Id} {one.Path} {one.From} {one.To}";

    // Another value, or none, where the difference is said to come from.
    private static bool IsChangedBy(Dictionary<string, string> files, DifferencePlace place, string first, string second,
        EnvironmentDifference difference)
    {
        if (!files.TryGetValue(place.File.Path, out var text))
            return false;
        var line = place.File.Source.Text.LineText(place.Range.Start.Line);
        var start = place.File.Source.Text.LineStart(place.Range.Start.Line);
        string[] others =
        [
            line.TrimEnd() + "x", line.TrimEnd().TrimEnd('"', '\'') + "9" + (line.TrimEnd().EndsWith('"') ? "\""
                : line.TrimEnd().EndsWith('\'') ? "'" : ""), line.Replace("true", "false", StringComparison.Ordinal),
            line.Replace("false", "true", StringComparison.Ordinal), line.TrimEnd() + "1",
            // A line of a list or mapping can go as a whole, and what begins there with all that belongs to it.
            "", "\0",
        ];
        foreach (var one in others)
        {
            if (one == line)
                continue;
            var end = start + line.Length;
            var put = one;
            if (one == "\0")
            {
                put = "";
                var indent = line.Length - line.TrimStart(' ', '-').Length;
                while (end < text.Length)
                {
                    var next = text.IndexOf('\n', end + 1) is >= 0 and var at ? at : text.Length;
                    var follows = text[(end + 1)..next];
                    if (follows.Trim().Length > 0 && follows.Length - follows.TrimStart(' ').Length < indent)
                        break;
                    end = next;
                }
            }

            var changed = new Dictionary<string, string>(files, StringComparer.Ordinal)
            {
                [place.File.Path] = string.Concat(text.AsSpan(0, start), put, text.AsSpan(end)),
            };
            var built = Built(changed);
            if (built.Find(b => b.Environment.Name == first) is { Failure: null } left
                && built.Find(b => b.Environment.Name == second) is { Failure: null } right
                && EnvironmentComparison.Of(left, right, Settings.Default).All(now => KeyOf(now) != KeyOf(difference)))
                return true;
        }

        return false;
    }

    private static List<BuiltEnvironment> Built(Dictionary<string, string> texts)
    {
        var files = new MemoryFiles([.. texts.Select(file => (file.Key, file.Value))]);
        (IBuildFiles, string)? Around(string folder) => (files, folder);
        var builds = new EnvironmentBuilds(Around, Settings.Default, null);
        return [.. BuiltEnvironment.Topmost([.. EnvironmentFinder.Find([.. texts.Keys], Around, Settings.Default, "",
            path => texts.GetValueOrDefault(path)).Select(one => builds.Build(one)).OfType<BuiltEnvironment>()
            .Where(one => one.Failure is null)])];
    }
}
