using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What of a pod can be changed, where the values decide.</summary>
internal static class PodUpdates
{
    private const int DefaultSeconds = 300;

    // The server gives every pod a toleration of these for five minutes, on updates too.
    private static readonly string[] AddedKeys = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    private readonly record struct Toleration(string Key, string Operator, string Value, string Effect);

    public static Verdict Deadline(UpdateContext context, FieldChange change, Verdict row)
    {
        if (change.To is not ScalarNode to)
            return row.Refused;
        if (change.From is not ScalarNode from)
            return row.InPlace;
        return to.Integer is { } after && from.Integer is { } before && after <= before ? row.InPlace : row.Refused;
    }

    /// <summary>Every toleration must stay but for its seconds; others may come.</summary>
    public static Verdict Tolerations(UpdateContext context, FieldChange change, Verdict row)
    {
        // What the server adds, leaving it out does not take away.
        if (change.To is null && change.From is MapNode gone && AddedKeys.Contains(gone.TextAt("key")))
            return row with { Effect = Effect.None };
        var before = Read(context.From);
        var after = Read(context.To);
        foreach (var key in AddedKeys)
        {
            if (!after.Any(t => (t.Key == key || t.Key.Length == 0) && t.Effect is "NoExecute" or ""))
                after.Add(new Toleration(key, "Exists", "", "NoExecute"));
        }

        return before.All(after.Contains) ? row.InPlace : row.Refused;
    }

    public static Verdict Gates(UpdateContext context, FieldChange change, Verdict row) => change.To is null ? row.InPlace : row.Refused;

    public static Verdict GatedSelector(UpdateContext context, FieldChange change, Verdict row) =>
        IsGated(context) && change.From is null ? row.InPlace : row.Refused;

    /// <summary>A term may get further expressions; none may be changed or taken away. Where there was no affinity any
    /// is narrower.</summary>
    public static Verdict GatedAffinity(UpdateContext context, FieldChange change, Verdict row)
    {
        if (!IsGated(context))
            return row.Refused;
        string[] required = ["spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
        if (!change.Path.StartsWith(required))
            return row.InPlace;
        if (context.From.At(required) is not { } old)
            return row.InPlace;
        var before = old.ItemsAt("nodeSelectorTerms").ToList();
        var after = context.To.At(required)?.ItemsAt("nodeSelectorTerms").ToList() ?? [];
        return before.Count > 0 && before.Count == after.Count && before.Zip(after, Narrows).All(n => n) ? row.InPlace : row.Refused;
    }

    private static bool Narrows(Node before, Node after) =>
        ((string[])["matchExpressions", "matchFields"]).All(list =>
        {
            var kept = before.ItemsAt(list).Select(e => CanonicalJson.Of(e, true)).ToList();
            return kept.SequenceEqual(after.ItemsAt(list).Select(e => CanonicalJson.Of(e, true)).Take(kept.Count));
        });

    private static bool IsGated(UpdateContext context) => context.From["spec"]?.ItemsAt("schedulingGates").Any() == true;

    private static List<Toleration> Read(MapNode pod) =>
        [.. (pod["spec"]?.ItemsAt("tolerations") ?? []).Select(t => new Toleration(t.TextAt("key") ?? "", t.TextAt("operator") ?? "",
            t.TextAt("value") ?? "", t.TextAt("effect") ?? ""))];
}
