using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>What going back does to Kubernetes objects and resources of CloudFormation, against a written table
/// (<c>tests/Fixtures/object-ways-back.txt</c>), which says why.</summary>
public class ObjectWayBackTests
{
    private static readonly string Table = Path.Combine(Repository.Root, "tests", "Fixtures", "object-ways-back.txt");

    public static TheoryData<string> Rows()
    {
        var data = new TheoryData<string>();
        foreach (var line in File.ReadLines(Table).Where(l => l.Length > 0 && l[0] != '#'))
            data.Add(line);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void ObjectsGoBackAsTheTableSays(string line)
    {
        var cells = line.Split(" | ");
        Assert.Equal(5, cells.Length);
        var plan = Planner.Plan([Manifest.Parse("after.yaml", TextOf(cells[2]))],
            new Baseline("before", [Manifest.Parse("before.yaml", TextOf(cells[1]))]) { IsEarlierState = true }, Settings.Default,
            new PlanOptions { SaysWayBack = true });
        var change = plan.Changes.FirstOrDefault(c => c.Id.Name == cells[0] || $"{c.Id.Type.Split('.')[0]}/{c.Id.Name}" == cells[0]);
        Assert.True(change?.Back is not null, $"no way back: {line}");
        Assert.True(cells[3].Split('/').Contains(change.Back.Name),
            $"{change.Back.Name} ({change.Action}) instead of {cells[3]}, {cells[4]}: {string.Join(" ", change.Back.Reasons)}");
        Assert.True(change.Back.Name == "nothing" || change.Back.Reasons.Count > 0, line);
    }

    private static string TextOf(string cell) => cell.Trim().Replace(" --- ", "\n---\n", StringComparison.Ordinal);
}
