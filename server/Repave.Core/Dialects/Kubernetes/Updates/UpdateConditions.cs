using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>Conditions on an object that rows of updates.facts name with <c>if=</c>.</summary>
internal static class UpdateConditions
{
    private static readonly Dictionary<string, (string Text, Func<UpdateContext, bool> Holds)> All = new(StringComparer.Ordinal)
    {
        ["was-immutable"] = ("it says immutable: true", c => c.From.TextAt("immutable") == "true"),
        ["paused"] = ("spec.paused is true", c => c.To["spec"]?.TextAt("paused") == "true"),
        ["on-delete"] = ("spec.updateStrategy.type is OnDelete", c => c.To.At("spec", "updateStrategy")?.TextAt("type") == "OnDelete"),
        ["partitioned"] = ("spec.updateStrategy.rollingUpdate.partition is above 0",
            c => c.To.At("spec", "updateStrategy", "rollingUpdate")?.ScalarAt("partition") is { IsNull: false } partition
                && partition.Value != "0"),
        ["suspended-unstarted"] = ("spec.suspend is true and no pod was ever started", IsSuspended),
        ["elastic-indexed"] = ("it is Indexed, and completions stays equal to parallelism", IsElastic),
    };

    /// <summary>Whether a condition holds.</summary>
    /// <exception cref="KeyNotFoundException">There is no such condition.</exception>
    public static bool Holds(string name, UpdateContext context) => All[name].Holds(context);

    /// <summary>A condition in words.</summary>
    /// <exception cref="KeyNotFoundException">There is no such condition.</exception>
    public static string TextOf(string name) => All[name].Text;

    private static bool IsSuspended(UpdateContext context) =>
        context.From["spec"]?.TextAt("suspend") == "true" && context.From["status"]?.TextAt("startTime") is null
            && context.From["status"]?.TextAt("active") is null or "0";

    private static bool IsElastic(UpdateContext context) =>
        context.From["spec"] is { } before && context.To["spec"] is { } after
        && before.TextAt("completionMode") == "Indexed" && (after.TextAt("completionMode") ?? "Indexed") == "Indexed"
        && before.TextAt("completions") is { } old && old == before.TextAt("parallelism")
        && after.TextAt("completions") is { } next && next == after.TextAt("parallelism");
}
