using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>What Terraform planned and what Repave plans of the same text and state, resource by resource.</summary>
internal sealed class Verdicts
{
    private readonly List<string> _differences = [];
    private int _all;
    private int _sameReplacement;
    private int _sameAction;
    private int _paths;
    private int _samePaths;

    /// <summary>The part of the resources of which both say alike whether they are replaced.</summary>
    public double SameReplacement => (double)_sameReplacement / Math.Max(1, _all);

    /// <summary>The part of the resources of which both say the same action.</summary>
    public double SameAction => (double)_sameAction / Math.Max(1, _all);

    /// <summary>How many resources were compared.</summary>
    public int Count => _all;

    /// <summary>How many of those Terraform replaces.</summary>
    public int Replaced { get; private set; }

    /// <summary>Compares a plan with Terraform's own.</summary>
    /// <param name="truth">The JSON of Terraform's plan.</param>
    /// <param name="plan">Repave's.</param>
    /// <param name="words">What to say of a resource where they differ; null to leave it out.</param>
    public static Verdicts Of(JsonNode truth, Plan plan, Func<string, string?> words)
    {
        var verdicts = new Verdicts();
        var changes = new Dictionary<string, ResourceChange>(StringComparer.Ordinal);
        foreach (var change in plan.Changes)
            changes[AddressOf(change.Id)] = change;
        foreach (var resource in truth["resource_changes"]!.AsArray())
        {
            var address = (string)resource!["address"]!;
            if ((string)resource["mode"]! == "managed" && words(address) is { } said)
                verdicts.Add(address, said, resource, changes.GetValueOrDefault(address));
        }

        return verdicts;
    }

    /// <summary>Plans a text against a state.</summary>
    public static Plan PlanOf(IEnumerable<(string Path, string Text)> files, string state, object? evidence = null) => Planner.Plan(
        [.. files.Select(f => Manifest.Parse(f.Path, f.Text))],
        new Baseline("state", [Manifest.Parse("terraform.tfstate", state)]) { IsEarlierState = true, Evidence = evidence },
            Settings.Default,
        new PlanOptions());

    /// <summary>How Terraform names a resource.</summary>
    public static string AddressOf(ResourceId id) => $"{(id.Namespace is { Length: > 0 } module ? module + "." : "")}{id.Type}.{id.Name}";

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{_all} resources, of which Terraform replaces {Replaced}: replaced or not alike ");
        text.Append(CultureInfo.InvariantCulture, $"{SameReplacement:0.0000}, action alike {SameAction:0.0000}, ");
        text.Append(CultureInfo.InvariantCulture, $"replacing paths named {_samePaths} of {_paths}\n");
        foreach (var difference in _differences)
            text.Append(difference).Append('\n');
        return text.ToString();
    }

    private void Add(string address, string words, JsonNode resource, ResourceChange? change)
    {
        _all++;
        var expected = AppliedState.Actions(resource) switch
        {
            "no-op" or "forget" => "none",
            "update" => "in-place",
            "create" => "create",
            "delete" => "delete",
            _ => "replace",
        };
        var actual = change is null ? "missing" : PlanNames.Of(change.Action);
        if (expected == "replace")
            Replaced++;
        if (expected == "replace" == (actual == "replace"))
            _sameReplacement++;
        if (expected == actual)
            _sameAction++;
        var mechanism = expected == "replace" && actual == "replace"
            && (AppliedState.Actions(resource) == "create,delete") != (change!.Mechanism == ResourceChange.CreateAndDelete)
                ? $", {change.Mechanism}" : "";
        if (expected != actual || mechanism.Length > 0)
        {
            var reasons = change is null ? "" : string.Join("; ", change.Reasons.Select(r => $"{r.Path} {r.From} -> {r.To} {r.Effect}"));
            _differences.Add($"{address} {words}: "
                + $"Terraform {AppliedState.Actions(resource)} {resource["change"]!["replace_paths"]?.ToJsonString()}, "
                + $"Repave {actual}{(change?.Certainty == Certainty.Conditional ? " (may)" : "")}{mechanism} {reasons}");
        }

        foreach (var path in resource["change"]!["replace_paths"]?.AsArray() ?? [])
        {
            _paths++;
            if (change?.Reasons.Any(r => r.Effect == Effect.Replaces && r.Path.Split('.', '[')[0] == (string)path![0]!) == true)
                _samePaths++;
            else if (expected == actual)
                _differences.Add($"{address} {words}: Terraform replaces for {path!.ToJsonString()}, Repave does not name it");
        }
    }
}
