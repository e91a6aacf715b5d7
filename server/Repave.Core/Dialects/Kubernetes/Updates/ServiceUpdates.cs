using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What of a Service can be changed, where the values decide.</summary>
internal static class ServiceUpdates
{
    private const string External = "ExternalName";

    /// <summary>An address can be left out (the server keeps it), not changed. A Service that was or becomes ExternalName
    /// has none.</summary>
    public static Verdict Address(UpdateContext context, FieldChange change, Verdict row)
    {
        var (before, after) = (TypeOf(context.From), TypeOf(context.To));
        if (after == External)
            return before == External ? Nameless(row) : row.InPlace;
        if (before == External)
            return row.InPlace;
        // The server keeps an address that is left out; before 1.21 it refused.
        if (change.To is null)
            return context.Release < new Version(1, 21) && context.To["spec"]?.TextAt("clusterIP") is null ? row.Refused : row.InPlace;
        // A manifest of the past that named no address does not say that there was none.
        return context.From["spec"]?.TextAt("clusterIP") is null or "" ? context.IsLive ? row.InPlace : row.Refused.Unsure
            : Primary(context) ? row.Refused : row.InPlace;
    }

    /// <summary>The first family stays unless the type leaves or becomes ExternalName; the second can come and go.</summary>
    public static Verdict Families(UpdateContext context, FieldChange change, Verdict row)
    {
        var (before, after) = (TypeOf(context.From), TypeOf(context.To));
        if (after == External)
            return before == External ? Nameless(row) : row.InPlace;
        if (before == External || change.To is null)
            return row.InPlace;
        var old = FirstOf(context.From, "ipFamilies");
        var next = FirstOf(context.To, "ipFamilies");
        return old is null ? context.IsLive ? row.InPlace : row.Refused.Unsure : next is null || next == old ? row.InPlace : row.Refused;
    }

    public static Verdict FamilyPolicy(UpdateContext context, FieldChange change, Verdict row) =>
        TypeOf(context.To) == External && TypeOf(context.From) == External && change.To is not null ? Nameless(row) : row.InPlace;

    /// <summary>It stays as long as external traffic is Local before and after; before 1.23 it could not even be left out.</summary>
    public static Verdict HealthPort(UpdateContext context, FieldChange change, Verdict row)
    {
        if (!NeedsHealthPort(context.From) || !NeedsHealthPort(context.To))
            return row.InPlace;
        if (change.To is null)
            return context.Release < new Version(1, 21) ? row.Refused : row.InPlace;
        return change.From is null ? row.Refused.Unsure : row.Refused;
    }

    public static Verdict BalancerClass(UpdateContext context, FieldChange change, Verdict row) =>
        TypeOf(context.From) == "LoadBalancer" && TypeOf(context.To) == "LoadBalancer" ? row.Refused : row.InPlace;

    private static Verdict Nameless(Verdict row) => row.Refused with { Why = "a Service of type ExternalName has no address of its own" };

    private static bool Primary(UpdateContext context)
    {
        var old = context.From["spec"]?.TextAt("clusterIP");
        var next = context.To["spec"]?.TextAt("clusterIP") ?? FirstOf(context.To, "clusterIPs");
        var first = FirstOf(context.To, "clusterIPs");
        return (next is not null && next != old) || (first is not null && first != old);
    }

    private static string? FirstOf(MapNode service, string list) => (service["spec"]?.ItemsAt(list).FirstOrDefault() as ScalarNode)?.Value;

    private static string TypeOf(MapNode service) => service["spec"]?.TextAt("type") ?? "ClusterIP";

    private static bool NeedsHealthPort(MapNode service) =>
        TypeOf(service) == "LoadBalancer" && service["spec"]?.TextAt("externalTrafficPolicy") == "Local";
}
