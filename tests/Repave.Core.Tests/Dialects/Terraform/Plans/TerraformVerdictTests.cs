using System.Text.Json;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Terraform.Plans;

/// <summary>
/// Pairs of texts with a state, and what Terraform itself decided of them (<c>truth.json</c>, from <c>terraform plan -refresh=false</c>).
/// </summary>
public class TerraformVerdictTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Fixtures", "terraform");

    public static TheoryData<string> Cases()
    {
        var data = new TheoryData<string>();
        foreach (var folder in Directory.GetDirectories(Folder).Order(StringComparer.Ordinal))
            data.Add(Path.GetFileName(folder));
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ActionsAreTerraformsOwn(string name)
    {
        var folder = Path.Combine(Folder, name);
        var state = Manifest.Parse("terraform.tfstate", File.ReadAllText(Path.Combine(folder, "terraform.tfstate")));
        var plan = Plan(folder, "new.tf", new Baseline("state", [state]) { IsEarlierState = true });
        Assert.Equal(Expected(folder), Actual(plan));
    }

    /// <summary>A text planned against the state that it made changes nothing, unless it says the time of day.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void WhatWasAppliedIsAtRest(string name)
    {
        if (name is "d04_timestamp_trigger")
            return;
        var folder = Path.Combine(Folder, name);
        var state = Manifest.Parse("terraform.tfstate", File.ReadAllText(Path.Combine(folder, "terraform.tfstate")));
        var plan = Plan(folder, "old.tf", new Baseline("state", [state]) { IsEarlierState = true });
        Assert.All(plan.Changes, c => Assert.True(c.Action == PlanAction.None,
            $"{c.Id}: {c.Action} {string.Join(", ", c.Reasons.Select(r => $"{r.Path} {r.From} -> {r.To}"))}"));
    }

    /// <summary>Against the earlier text the replacements are the same as against its state.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void AnEarlierTextStandsForItsState(string name)
    {
        var folder = Path.Combine(Folder, name);
        var old = Manifest.Parse("main.tf", File.ReadAllText(Path.Combine(folder, "old.tf")));
        var plan = Plan(folder, "new.tf", new Baseline("old", [old]) { IsEarlierState = true });
        Assert.Equal(Expected(folder).Where(e => e.Value is "replace" or "delete"), Actual(plan).Where(e =>
            e.Value is "replace" or "delete"));
    }

    /// <summary>What made Terraform replace is among the reasons that do so.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ReplacingPathsAreNamed(string name)
    {
        var folder = Path.Combine(Folder, name);
        var state = Manifest.Parse("terraform.tfstate", File.ReadAllText(Path.Combine(folder, "terraform.tfstate")));
        var plan = Plan(folder, "new.tf", new Baseline("state", [state]) { IsEarlierState = true });
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        foreach (var entry in truth.RootElement.EnumerateObject())
        {
            if (entry.Value.GetProperty("replace_paths") is not { ValueKind: JsonValueKind.Array } paths)
                continue;
            var change = Assert.Single(plan.Changes, c => AddressOf(c) == entry.Name);
            foreach (var path in paths.EnumerateArray())
                Assert.Contains(change.Reasons, r => r.Effect == Effect.Replaces && r.Path.Split('.', '[')[0] == path[0].GetString());
            Assert.Equal(entry.Value.GetProperty("actions")[0].GetString() == "create" ? ResourceChange.CreateAndDelete
                : ResourceChange.DeleteAndCreate,
                change.Mechanism);
        }
    }

    private static Plan Plan(string folder, string file, Baseline baseline) =>
        Planner.Plan([Manifest.Parse("main.tf", File.ReadAllText(Path.Combine(folder, file)))], baseline, Settings.Default,
            new PlanOptions());

    private static string AddressOf(ResourceChange change) =>
        $"{(change.Id.Namespace is { Length: > 0 } module ? module + "." : "")}{change.Id.Type}.{change.Id.Name}";

    private static SortedDictionary<string, string> Actual(Plan plan) =>
        new(plan.Changes.ToDictionary(AddressOf, c => PlanNames.Of(c.Action)), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Expected(string folder)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in truth.RootElement.EnumerateObject())
        {
            var actions = string.Join(',', entry.Value.GetProperty("actions").EnumerateArray().Select(a => a.GetString()));
            // Data that is read is no resource of a plan.
            if (actions == "read")
                continue;
            expected[entry.Name] = actions switch
            {
                "no-op" or "forget" => "none",
                "update" => "in-place",
                "create" => "create",
                "delete" => "delete",
                _ => "replace",
            };
        }

        return expected;
    }
}
