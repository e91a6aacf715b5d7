using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Edits of single arguments of AWS resources, taken back: the real Terraform plans the old text against the state of the new one,
/// and says of each whether it is created again, as the way back did. REPAVE_TERRAFORM_CHANGES says how many, REPAVE_TERRAFORM_SEED
/// which.</summary>
public sealed class EditWayBackTests(ITestOutputHelper output)
{
    private const int ShortForm = 40;

    [Fact]
    public void WaysBackReplaceWhatTerraformReplaces()
    {
        Assert.SkipWhen(RealTerraform.Binary is null, RealTerraform.Missing);
        var count = LongForm.Number("REPAVE_TERRAFORM_CHANGES", ShortForm);
        using var terraform = RealTerraform.Start();
        var edits = SingleEditTests.Edits(count + (count / 2), LongForm.Number("REPAVE_TERRAFORM_SEED", 2));
        var resources = new EditedResources(terraform, edits);
        resources.Write(e => e.New);
        AppliedState.Of(terraform, (moving, _) => resources.Withdraw(moving, e => e.New));
        resources.Write(e => e.Old);
        var plan = resources.Plan(e => e.Old);
        var settings = Manifest.Parse("settings.tf", File.ReadAllText(Path.Combine(terraform.Folder, "settings.tf")));
        var ways = Planner.Plan([settings, Manifest.Parse("main.tf", resources.Text(e => e.New))],
            new Baseline("old", [settings, Manifest.Parse("main.tf", resources.Text(e => e.Old))]) { IsEarlierState = true }, Settings.Default,
            new PlanOptions { SaysWayBack = true }).Changes.ToDictionary(c => Verdicts.AddressOf(c.Id), c => c.Back!);
        var (all, replaced) = (0, 0);
        var wrong = new List<string>();
        foreach (var resource in plan["resource_changes"]!.AsArray().Where(r => (string)r!["mode"]! == "managed"))
        {
            var address = (string)resource!["address"]!;
            var actions = AppliedState.Actions(resource);
            // What is no longer there was withdrawn.
            if (!ways.TryGetValue(address, out var way) || actions is "create" or "delete")
                continue;
            all++;
            var isReplaced = actions is "delete,create" or "create,delete";
            replaced += isReplaced ? 1 : 0;
            // Data may be lost without a new resource, and what is refused is planned all the same.
            var agrees = isReplaced ? way.How is BackHow.Replace or BackHow.Loss : way.How is not BackHow.Replace;
            if (!agrees)
                wrong.Add($"{address}: {actions}, and foretold as {way.Name}: {string.Join(" ", way.Reasons)}");
        }

        output.WriteLine($"{all} edits taken back, {replaced} replaced by Terraform, {wrong.Count} foretold otherwise");
        wrong.ForEach(output.WriteLine);
        Assert.True(all >= count / 2, $"Only {all} edits were left.");
        Assert.True(wrong.Count <= all * 0.03, string.Join("\n", wrong));
    }
}
