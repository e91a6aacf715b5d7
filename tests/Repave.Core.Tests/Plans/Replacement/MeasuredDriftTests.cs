using System.Text.Json;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>Drift against what was done to live objects on a real API server (<c>shared/data/replacement</c>).</summary>
public class MeasuredDriftTests(ITestOutputHelper output)
{
    [Fact]
    public void EachForeignChangeIsFoundAndNothingElse() => Compare(SharedData.Require("data/replacement/drift.jsonl"));

    /// <summary>The same on objects as servers of today give them: a subresource is a manager of its own
    /// (<c>tests/Fixtures/drift.jsonl</c>, written by hand after what servers document of field management).</summary>
    [Fact]
    public void EachForeignChangeOfTheTableIsFoundAndNothingElse() =>
        Compare(Path.Combine(Repository.Root, "tests", "Fixtures", "drift.jsonl"));

    private void Compare(string file)
    {
        var wrong = new List<string>();
        var all = 0;
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            all++;
            if (Difference(row) is { } difference)
                wrong.Add($"{row.GetProperty("what").GetString()}: {difference}");
        }

        output.WriteLine($"{all} rows, {wrong.Count} differ");
        foreach (var one in wrong)
            output.WriteLine(one);
        Assert.True(all > 0);
        Assert.Empty(wrong);
    }

    private static string? Difference(JsonElement row)
    {
        var live = Manifest.Parse("live.json", row.GetProperty("live").GetRawText());
        var found = DriftFinder.Find([Manifest.Parse("a.yaml", row.GetProperty("manifest").GetString()!)], new Baseline("live", [live]),
            Settings.Default, new PlanOptions(), []);
        var expected = row.GetProperty("expect").GetProperty("drift").EnumerateArray().ToList();
        string Line(string? path, string? manager, string? operation) => $"{path} by {manager ?? "nobody"} ({operation ?? "-"})";
        var wanted = expected.Where(d => d.GetProperty("kind").GetString() == "foreign")
            .Select(d => Line(d.GetProperty("path").GetString(), d.GetProperty("manager").GetString(),
                d.GetProperty("operation").GetString()))
            .Order(StringComparer.Ordinal).ToList();
        var got = found.Where(d => !d.IsAllowed).Select(d => Line(d.Path, d.Manager, d.Operation)).Order(StringComparer.Ordinal).ToList();
        Assert.All(found, d => Assert.True(d.Place.Range.End.Line >= d.Place.Range.Start.Line));
        return wanted.SequenceEqual(got) ? null : $"[{string.Join("; ", got)}] instead of [{string.Join("; ", wanted)}]";
    }
}
