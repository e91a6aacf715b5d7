using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What a plan that Terraform made (<c>terraform show -json</c>) says of each instance. Its word is the last one.</summary>
internal sealed class PlanVerdicts
{
    private readonly Dictionary<InstanceAddress, MapNode> _changes = [];

    private PlanVerdicts(MapNode root)
    {
        foreach (var change in root.ItemsAt("resource_changes").OfType<MapNode>())
        {
            if (change.TextAt("address") is { } text && InstanceAddress.Parse(text) is { IsData: false } address && !change.Has("deposed"))
                _changes[address] = change;
        }
    }

    /// <summary>The verdicts among manifests; null where none of them is a plan.</summary>
    public static PlanVerdicts? In(IEnumerable<Manifest> manifests)
    {
        foreach (var slot in manifests.SelectMany(m => m.Source.Documents))
        {
            if (slot.Document.Root is MapNode root && root.Has("format_version") && root["resource_changes"] is ListNode)
                return new PlanVerdicts(root);
        }

        return null;
    }

    /// <summary>Puts the plan's actions in the place of ours; what it has and we have not is added.</summary>
    public void Obey(List<ResourceChange> changes, List<ResourceChange> deletions)
    {
        var byId = changes.Concat(deletions).GroupBy(c => c.Id).ToDictionary(g => g.Key, g => g.First());
        foreach (var (address, verdict) in _changes)
        {
            var id = address.ToId();
            var actions = (verdict["change"] as MapNode)?.ItemsAt("actions").OfType<ScalarNode>().Select(a => a.Value).ToList() ?? [];
            var (action, mechanism) = ActionOf(actions);
            if (!byId.TryGetValue(id, out var change))
            {
                change = new ResourceChange(id) { Action = action };
                (action == PlanAction.Delete ? deletions : changes).Add(change);
            }

            var isOther = change.Action != action;
            change.Action = action;
            change.Mechanism = mechanism;
            change.Certainty = Certainty.Certain;
            if (isOther)
                change.Note = "as Terraform's plan has it";
            if (verdict.TextAt("previous_address") is { } previous && InstanceAddress.Parse(previous) is { } before)
                change.Previous = before.ToId();
            Blame(change, verdict);
            byId.Remove(id);
        }

        // What the plan does not name does not change.
        foreach (var change in byId.Values.Where(c => c.Action != PlanAction.None))
        {
            change.Action = PlanAction.None;
            change.Mechanism = null;
            change.Note = "Terraform's plan does not change it";
        }
    }

    // Of the reasons those that the plan names force it, and no others do.
    private static void Blame(ResourceChange change, MapNode verdict)
    {
        var paths = new HashSet<string>((verdict["change"] as MapNode)?.ItemsAt("replace_paths").OfType<ListNode>()
            .Select(p => (p.ResolvedItems.FirstOrDefault() as ScalarNode)?.Value ?? "") ?? [], StringComparer.Ordinal);
        for (var i = 0; i < change.Reasons.Count; i++)
        {
            var reason = change.Reasons[i];
            var forces = change.Action == PlanAction.Replace && paths.Contains(reason.Path.Split('.', '[')[0]);
            change.Reasons[i] = reason with
            {
                Effect = forces ? Effect.Replaces : Effect.InPlace,
                Certainty = Certainty.Certain,
                Why = forces ? "Terraform's plan says that it forces the replacement" : "",
            };
        }

        if (change.Action is PlanAction.None or PlanAction.Create or PlanAction.Delete)
            change.Reasons.Clear();
        var ordered = change.Reasons.OrderByDescending(r => r.Effect).ToList();
        change.Reasons.Clear();
        change.Reasons.AddRange(ordered);
        change.Note = verdict.TextAt("action_reason") switch
        {
            "replace_because_tainted" => "it is tainted: its last creation failed, or somebody marked it",
            "replace_by_triggers" => "replace_triggered_by names what changes",
            "replace_by_request" => "somebody asked for it with -replace",
            "delete_because_no_resource_config" => "no text defines it any more",
            "delete_because_no_module" => "its module is not called any more",
            _ => change.Note,
        };
    }

    private static (PlanAction Action, string? Mechanism) ActionOf(List<string> actions) => (actions.Count, actions.FirstOrDefault()) switch
    {
        (2, "create") => (PlanAction.Replace, ResourceChange.CreateAndDelete),
        (2, "delete") => (PlanAction.Replace, ResourceChange.DeleteAndCreate),
        (_, "create") => (PlanAction.Create, null),
        (_, "update") => (PlanAction.InPlace, null),
        (_, "delete") => (PlanAction.Delete, null),
        _ => (PlanAction.None, null),
    };
}
