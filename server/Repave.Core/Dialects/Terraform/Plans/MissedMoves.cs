using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Plans;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Finds what goes and comes again under another address, so that a <c>moved</c> block would keep it.</summary>
internal static class MissedMoves
{
    // Of very many no two are looked at together.
    private const long MaxPairs = 20_000;
    private const double MinSimilarity = 0.8;

    /// <summary>Warns of pairs.</summary>
    /// <param name="made">What is created.</param>
    /// <param name="gone">What is deleted.</param>
    public static void Find(IReadOnlyList<(InstancePlan Instance, ResourceChange Change)> made,
        IReadOnlyList<(StateInstance State, ResourceChange Change)> gone)
    {
        var byType = gone.ToLookup(g => (g.State.Address.Module, g.State.Address.Type));
        foreach (var group in made.GroupBy(m => (m.Instance.Address.Module, m.Instance.Address.Type)))
        {
            var old = byType[group.Key].ToList();
            if (old.Count > 0 && (long)old.Count * group.Count() <= MaxPairs)
                Pair([.. group], old);
        }

        FindModules(made, gone);
    }

    private static void Pair(List<(InstancePlan Instance, ResourceChange Change)> made,
        List<(StateInstance State, ResourceChange Change)> gone)
    {
        var pairs = made.SelectMany(m => gone.Select(g => (Made: m, Gone: g, Likeness: Likeness(m.Instance, g.State)
            // Of two that are alike the one of the same key is meant.
            + (m.Instance.Address.Key == g.State.Address.Key ? 0.05 : 0)))).Where(p => p.Likeness >= MinSimilarity)
            .OrderByDescending(p => p.Likeness).ToList();
        var taken = new HashSet<ResourceChange>();
        var chosen = pairs.Where(p => !taken.Contains(p.Made.Change) && !taken.Contains(p.Gone.Change)
            && taken.Add(p.Made.Change) && taken.Add(p.Gone.Change)).ToList();
        foreach (var of in chosen.GroupBy(p => (From: p.Gone.State.Address.Resource, To: p.Made.Instance.Address.Resource)))
        {
            // A block without keys moves all instances of a resource.
            var isWhole = of.Key.From != of.Key.To && of.All(p => p.Gone.State.Address.Key == p.Made.Instance.Address.Key);
            var isFirst = true;
            foreach (var (one, was, _) in of)
            {
                var from = (isWhole ? of.Key.From : was.State.Address) with { Module = "" };
                var to = (isWhole ? of.Key.To : one.Instance.Address) with { Module = "" };
                one.Change.Warn(new PlanWarning(PlanWarningKind.Renamed,
                    $"{was.State.Address} goes and {one.Instance.Address} comes with the same values: a 'moved' block would keep it.",
                    was.Change.Id)
                {
                    Insertion = isWhole && !isFirst ? null
                        : ("Write the 'moved' block", $"\n\nmoved {{\n  from = {from}\n  to   = {to}\n}}"),
                });
                isFirst = false;
            }
        }
    }

    // The part of what the text says that is as it was; what is not known says nothing.
    private static double Likeness(InstancePlan instance, StateInstance state)
    {
        var schema = instance.Node.Schema;
        var prior = state.Value ?? (state.Attributes is null ? null : schema is null ? StateValues.Read(state.Attributes)
            : StateValues.Read(state.Attributes, schema.Body));
        if (prior is null)
            return 0;
        var (same, all) = (0, 0);
        var (module, item) = (instance.Node.Module.Module, instance.Node.Item);
        // Defaults are alike in all.
        var written = new HashSet<string>(module.Arguments(item).Select(a => a.Name).Concat(module.Blocks(item)
            .Select(b => b.Type == "dynamic" ? b.Label(0) ?? "" : b.Type)), StringComparer.Ordinal);
        foreach (var entry in instance.Planned.Entries)
        {
            var (name, value) = (entry.Key, entry.Value);
            if (!written.Contains(name) || !value.IsWhollyKnown || ValueChanges.IsEmpty(value) || schema?.Body[name]?.IsReadOnly == true)
                continue;
            all++;
            var was = ValueChanges.Entry(prior, name);
            if (schema?.Body[name] is { } member ? ValueChanges.Same(member, was, value) : ValueChanges.AreAlike(was, value, false))
                same++;
        }

        return all == 0 ? 0 : (double)same / all;
    }

    // A call under another name: all that was in the one is in the other.
    private static void FindModules(IReadOnlyList<(InstancePlan Instance, ResourceChange Change)> made,
        IReadOnlyList<(StateInstance State, ResourceChange Change)> gone)
    {
        var old = gone.Where(g => g.State.Address.Module.Length > 0).GroupBy(g => g.State.Address.Module).ToList();
        foreach (var group in made.Where(m => m.Instance.Address.Module.Length > 0).GroupBy(m => m.Instance.Address.Module))
        {
            var names = new HashSet<string>(group.Select(m => (m.Instance.Address with { Module = "" }).ToString()),
                StringComparer.Ordinal);
            var same = old.Where(o => ParentOf(o.Key) == ParentOf(group.Key) && o.Key != group.Key
                && names.SetEquals(o.Select(g => (g.State.Address with { Module = "" }).ToString()))).ToList();
            if (same.Count != 1)
                continue;
            foreach (var (instance, change) in group)
            {
                change.Warn(new PlanWarning(PlanWarningKind.Renamed, $"{same[0].Key} goes and {group.Key} comes with the same resources: "
                    + $"'moved {{ from = {LastOf(same[0].Key)}, to = {LastOf(group.Key)} }}' beside its call would keep them."));
            }
        }
    }

    private static string ParentOf(string module) => module.LastIndexOf("module.", StringComparison.Ordinal) is var at and > 0
        ? module.Substring(0, at) : "";

    private static string LastOf(string module) => module.Substring(ParentOf(module).Length);
}
