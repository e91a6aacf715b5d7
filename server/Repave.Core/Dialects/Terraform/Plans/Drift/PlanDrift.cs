using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Plans.Drift;

/// <summary>What Terraform found changed outside of it when it read the resources for a plan: <c>resource_drift</c> of
/// <c>terraform show -json</c> (Terraform's JSON output format). A plan of <c>-refresh-only</c> has nothing but that.</summary>
internal static class PlanDrift
{
    private const string Answer = "resource_drift";
    private const int MaxDepth = 60;

    /// <summary>Whether a baseline says what drifted.</summary>
    public static bool IsSaid(Baseline baseline) => PlansIn(baseline).Any();

    /// <summary>What was changed behind the configuration's back, in the order of the plan.</summary>
    public static IReadOnlyList<DriftItem> Find(PlanInput input, List<string> notes)
    {
        var plans = PlansIn(input.Baseline).ToList();
        if (plans.Count == 0)
        {
            if (input.Baseline.Unreadable.Count == 0)
                notes.Add("Configurations were left out: a state does not say what drifted since. Use --live --refresh, or --from a file "
                    + "with what 'terraform show -json' prints of a plan (terraform plan -refresh-only -out plan).");
            return [];
        }

        var modules = TerraformModule.All(input.DesiredManifests);
        var items = input.Desired.All.OfType<TerraformItem>().Where(i => i.Kind == TerraformKind.Resource).ToList();
        var found = new List<DriftItem>();
        var unknown = 0;
        foreach (var drift in plans.SelectMany(plan => plan.ItemsAt(Answer)).OfType<MapNode>())
        {
            if (InstanceAddress.Parse(drift.TextAt("address") ?? "") is not { IsData: false } address
                || drift["change"] is not MapNode change)
                continue;
            if (ItemOf(address, items, modules) is not { } item)
            {
                unknown++;
                continue;
            }

            var resource = new PlannedInstance(address, item);
            if (change["after"] is not MapNode after)
            {
                found.Add(Item(resource, FieldPath.Root) with { What = "deleted, and not by Terraform" });
                continue;
            }

            Compare(resource, change["before"], after, FieldPath.Root, found, 0);
        }

        if (unknown > 0)
            notes.Add($"{unknown} changed resource{(unknown == 1 ? " is" : "s are")} in the state, and in no file here.");
        return found;
    }

    private static IEnumerable<MapNode> PlansIn(Baseline baseline) => baseline.Manifests.SelectMany(m => m.Source.Documents)
        .Select(slot => slot.Document.Root).OfType<MapNode>().Where(root => root.Has("format_version")
            && (root[Answer] is ListNode || root["resource_changes"] is ListNode || root["planned_values"] is MapNode));

    // The module that an address leads to, by its calls from a root; of several roots the first that has it.
    private static TerraformItem? ItemOf(InstanceAddress address, List<TerraformItem> items,
        IReadOnlyDictionary<string, TerraformModule> modules)
    {
        var named = items.Where(i => i.ResourceType == address.Type && i.Name == address.Name).ToList();
        var calls = CallsOf(address.Module);
        foreach (var folder in modules.Keys.OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal))
        {
            var at = (string?)folder;
            foreach (var call in calls)
            {
                at = at is not null && modules.TryGetValue(at, out var module)
                    && module.Of(TerraformKind.Module).FirstOrDefault(m => m.Name == call) is { } called
                    && module.Argument(called, "source")?.Text is { } source && ModuleCalls.IsLocal(source)
                        ? TerraformFiles.Join(at, source) : null;
            }

            if (at is not null && named.Find(i => i.Folder == at) is { } item)
                return item;
        }

        return null;
    }

    // module.net["eu"].module.db: net, db.
    private static List<string> CallsOf(string module)
    {
        var names = new List<string>();
        while (module.StartsWith("module.", StringComparison.Ordinal))
        {
            var rest = module.Substring("module.".Length);
            var end = rest.IndexOfAny(['.', '[']);
            names.Add(end < 0 ? rest : rest.Substring(0, end));
            var next = rest.IndexOf(".module.", StringComparison.Ordinal);
            module = next < 0 ? "" : rest.Substring(next + 1);
        }

        return names;
    }

    private static void Compare(PlannedInstance resource, Node? before, Node? after, FieldPath path, List<DriftItem> found, int depth)
    {
        if (before?.Resolved is MapNode old && after?.Resolved is MapNode now && depth < MaxDepth)
        {
            foreach (var name in old.AllEntries.Concat(now.AllEntries).Select(e => e.Name).OfType<string>()
                .Distinct(StringComparer.Ordinal))
                Compare(resource, old[name], now[name], path.Field(name), found, depth + 1);
        }
        else if (before?.Resolved is ListNode olds && after?.Resolved is ListNode news && olds.Items.Count == news.Items.Count
            && depth < MaxDepth)
        {
            for (var i = 0; i < olds.Items.Count; i++)
                Compare(resource, olds.Items[i], news.Items[i], path.Item(i), found, depth + 1);
        }
        else if (TextOf(before) != TextOf(after))
        {
            found.Add(Item(resource, path));
        }
    }

    // Providers read back nothing where nothing was written, and an empty value stands for it as well: no tags are no tags.
    private static string TextOf(Node? node) => node?.Resolved switch
    {
        null or MapNode { AllEntries.Count: 0 } or ListNode { Items.Count: 0 } or ScalarNode { IsNull: true } => "null",
        ScalarNode { Value.Length: 0 } => "null",
        var value => CanonicalJson.Of(value, asPlatform: true),
    };

    private static DriftItem Item(PlannedInstance resource, FieldPath path)
    {
        var name = path.Steps().FirstOrDefault()?.Name;
        var body = resource.Item.Body;
        var span = name is null ? resource.NameSpan
            : body.Attribute(name)?.Span ?? body.Blocks.FirstOrDefault(b => b.Type == name)?.Head ?? resource.NameSpan;
        return new DriftItem(resource, path.ToString(), null, null, null, IsAllowed: false,
            new Place(resource.Manifest, resource.Slot, span));
    }
}
