using System.Globalization;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Terraform;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>
/// Edits of single arguments of AWS resources, planned by the real Terraform and by Repave. REPAVE_TERRAFORM_CHANGES says how many (60
/// without it; 500 and more take some minutes), REPAVE_TERRAFORM_SEED which.
/// </summary>
public sealed class SingleEditTests(ITestOutputHelper output)
{
    private const int PerType = 4;

    [Fact]
    public void EditsReplaceWhatTerraformReplaces()
    {
        Assert.SkipWhen(RealTerraform.Binary is null, RealTerraform.Missing);
        var count = LongForm.Number("REPAVE_TERRAFORM_CHANGES", 60);
        using var terraform = RealTerraform.Start();
        var edits = Edits(count + (count / 2), LongForm.Number("REPAVE_TERRAFORM_SEED", 1));
        var resources = new EditedResources(terraform, edits);
        resources.Write(e => e.Old);
        var state = AppliedState.Of(terraform, (moving, _) => resources.Withdraw(moving, e => e.Old));
        (string, string)[] Files() =>
            [("settings.tf", File.ReadAllText(Path.Combine(terraform.Folder, "settings.tf"))),
                ("main.tf", File.ReadAllText(Path.Combine(terraform.Folder, "main.tf")))];
        var atRest = Verdicts.PlanOf(Files(), state.Text);
        resources.Write(e => e.New);
        var plan = resources.Plan(e => e.New);
        string? Words(string address) =>
            edits.TryGetValue(address.Split('.')[1], out var edit) ? $"{edit.Argument} {edit.Kind}" : null;
        var alone = Verdicts.Of(plan, Verdicts.PlanOf(Files(), state.Text), Words);
        using var providers = new WorkspaceProviders(terraform.Folder);
        var asked = Verdicts.Of(plan, Verdicts.PlanOf(Files(), state.Text, providers), Words);
        output.WriteLine($"{edits.Values.Select(e => e.Type).Distinct().Count()} types\nAlone: {alone}\nWith the provider asked: {asked}");
        var restless = atRest.Changes.Where(c => c.Action != Core.Plans.PlanAction.None).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"At rest {atRest.Changes.Count - restless.Count} of {atRest.Changes.Count}"));
        foreach (var change in restless)
        {
            output.WriteLine($"{Verdicts.AddressOf(change.Id)}: {change.Action} "
                + string.Join("; ", change.Reasons.Select(r => $"{r.Path} {r.From} -> {r.To}")));
        }

        if (Environment.GetEnvironmentVariable("REPAVE_TERRAFORM_KEEP") is { Length: > 0 } keep)
        {
            foreach (var file in (string[])["main.tf", "settings.tf", "terraform.tfstate"])
                File.Copy(Path.Combine(terraform.Folder, file), Path.Combine(keep, file), overwrite: true);
            File.WriteAllText(Path.Combine(keep, "plan.json"), plan.ToJsonString());
        }

        Assert.True(alone.Count >= count * 2 / 3, $"Only {alone.Count} edits were left.");
        Assert.True(alone.SameReplacement >= 0.98, alone.ToString());
        Assert.True(asked.SameReplacement >= 0.995 || asked.Count * (1 - asked.SameReplacement) < 1.5, asked.ToString());
    }

    internal static Dictionary<string, ResourceEdit> Edits(int count, int seed)
    {
        var random = new Random(seed);
        var pack = ProviderPacks.Embedded.Provider("hashicorp/aws")!;
        var types = pack.ResourceTypes.Order(StringComparer.Ordinal).Select(t => (Key: random.Next(), Type: t)).OrderBy(t =>
            t.Key).ToList();
        var edits = new Dictionary<string, ResourceEdit>(StringComparer.Ordinal);
        using var client = new ProviderClient(RealTerraform.Binary!);
        client.StandIn(client.Schema().Configuration);
        foreach (var (_, type) in types.TakeWhile(_ => edits.Count < count))
        {
            foreach (var edit in new ResourceTexts(client, pack.Resource(type)!).Edits(random, PerType))
                edits[$"c{edits.Count}"] = edit;
        }

        return edits;
    }
}
