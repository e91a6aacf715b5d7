using System.Globalization;
using Repave.Core.Plans;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Trees of modules with some words changed: what follows from that is what the real Terraform plans, address by address.
/// REPAVE_TERRAFORM_TREES says how many (6 without it), REPAVE_TERRAFORM_SEED which.</summary>
public sealed class CascadeTests(ITestOutputHelper output)
{
    [Fact]
    public void CascadesAreTerraformsOwn()
    {
        Assert.SkipWhen(RealTerraform.Binary is null, RealTerraform.Missing);
        var trees = new ModuleTrees(LongForm.Number("REPAVE_TERRAFORM_SEED", 1), LongForm.Number("REPAVE_TERRAFORM_TREES", 6));
        using var terraform = RealTerraform.Start();
        var before = trees.Files(false);
        foreach (var (path, text) in before)
            terraform.Write(path, text);
        terraform.Init();
        var state = AppliedState.Of(terraform, (moving, said) => Assert.Fail($"{string.Join(", ", moving)}: {said}"));
        var settings = ("settings.tf", File.ReadAllText(Path.Combine(terraform.Folder, "settings.tf")));
        var atRest = Verdicts.PlanOf([settings, .. before.Select(f => (f.Key, f.Value))], state.Text);
        var after = trees.Files(true);
        foreach (var (path, text) in after)
            terraform.Write(path, text);
        var (plan, _, complaint) = terraform.Plan();
        Assert.True(plan is not null, complaint);
        var verdicts = Verdicts.Of(plan, Verdicts.PlanOf([settings, .. after.Select(f => (f.Key, f.Value))], state.Text), _ => "");
        output.WriteLine(verdicts.ToString());
        var restless = atRest.Changes.Where(c => c.Action != PlanAction.None).ToList();
        foreach (var change in restless)
            output.WriteLine(
                $"At rest: {Verdicts.AddressOf(change.Id)} {change.Action} {string.Join("; ", change.Reasons.Select(r => r.Path))}");
        if (Environment.GetEnvironmentVariable("REPAVE_TERRAFORM_KEEP") is { Length: > 0 } keep)
        {
            foreach (var (path, text) in after)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(keep, path))!);
                File.WriteAllText(Path.Combine(keep, path), text);
            }

            File.WriteAllText(Path.Combine(keep, "terraform.tfstate"), state.Text);
            File.WriteAllText(Path.Combine(keep, "plan.json"), plan.ToJsonString());
        }

        Assert.Empty(restless);
        Assert.True(verdicts.SameAction >= 0.995 && verdicts.SameReplacement >= 0.995, verdicts.ToString());
    }
}
