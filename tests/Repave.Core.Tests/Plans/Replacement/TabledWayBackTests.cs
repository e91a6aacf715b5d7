using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>What going back does to parts of Compose projects and to Terraform's resources, against written tables
/// (<c>tests/Fixtures/*-ways-back.txt</c>), which say why.</summary>
public class TabledWayBackTests
{
    private static readonly PlanOptions Asking = new() { SaysWayBack = true };

    public static TheoryData<string> Compose() => Lines("compose-ways-back.txt");

    public static TheoryData<string> Terraform() => Lines("terraform-ways-back.txt");

    [Theory]
    [MemberData(nameof(Compose))]
    public void ProjectsGoBackAsTheTableSays(string line)
    {
        var row = ComposeWayBack.Of(line);
        var what = row.What.Split(' ');
        var plan = Planner.Plan([Manifest.Parse("new/compose.yaml", row.Text(isAfter: true))],
            new Baseline("old", [Manifest.Parse("old/compose.yaml", row.Text(isAfter: false))]) { IsEarlierState = true, Roots = ["old"] },
            Settings.Default, Asking with { Roots = ["new"] });
        var change = Assert.Single(plan.Changes, c => c.Id.Type == what[0] && c.Id.Name == (what.Length > 1 ? what[1] : row.Name));
        Assert.True(change.Back!.Name == row.How, $"{row.Name}: {change.Back.Name} ({change.Action}) instead of {row.How}, {row.Because}: "
            + string.Join(" ", change.Back.Reasons));
        Assert.True(change.Back.Name == "nothing" || change.Back.Reasons.Count > 0, row.Name);
    }

    [Theory]
    [MemberData(nameof(Terraform))]
    public void ResourcesGoBackAsTheTableSays(string line)
    {
        var parts = line.Split(" | ");
        var (type, how) = (parts[0].Trim(), parts[3].Trim());
        var plan = Planner.Plan([Manifest.Parse("main.tf", TextOf(type, parts[2]))],
            new Baseline("old", [Manifest.Parse("main.tf", TextOf(type, parts[1]))]) { IsEarlierState = true }, Settings.Default, Asking);
        var change = Assert.Single(plan.Changes, c => c.Id.Type == type);
        Assert.True(change.Back!.Name == how, $"{line}: {change.Back.Name} ({change.Action}) instead of {how}: "
            + string.Join(" ", change.Back.Reasons));
        Assert.NotEmpty(change.Back.Reasons);
    }

    private static string TextOf(string type, string arguments) => "locals {\n  any = 1\n}\n"
        + (arguments.Contains("data.aws_ami", StringComparison.Ordinal) ? "data \"aws_ami\" \"base\" {\n  most_recent = true\n}\n" : "")
        + (arguments.Trim() == "-" ? "" : $"resource \"{type}\" \"it\" {{\n{Body(arguments)}\n}}\n");

    private static string Body(string arguments) => arguments.Trim().Replace("; ", "\n", StringComparison.Ordinal)
        .Replace(" { ", " {\n", StringComparison.Ordinal).Replace(" }", "\n}", StringComparison.Ordinal);

    private static TheoryData<string> Lines(string file)
    {
        var data = new TheoryData<string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Fixtures", file)))
        {
            if (line.Length > 0 && line[0] != '#')
                data.Add(line);
        }

        return data;
    }
}
