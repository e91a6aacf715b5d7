using Repave.Core.Dialects.Kubernetes.Plans.Applying;

namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Workloads, whose structure is one under every apiVersion and whose defaults are not.</summary>
internal static class WorkloadVersions
{
    private const string Newest = "apps/v1";
    private const string Forever = "2147483647";

    public static bool Convert(Dictionary<string, object?> root, string kind, string from, string to)
    {
        if (!IsOne(from) || !IsOne(to))
            return false;
        var spec = root.MapOrNew("spec");
        var labels = spec.Map("template")?.Map("metadata")?.Map("labels");
        if (labels is not null && from is "extensions/v1beta1" or "apps/v1beta1")
        {
            if (!spec.Has("selector"))
                spec.MapOrNew("selector")["matchLabels"] = JsonValue.Copy(labels!);
            var metadata = root.MapOrNew("metadata");
            if (metadata.Map("labels") is not { Count: > 0 })
                metadata["labels"] = JsonValue.Copy(labels!);
        }

        switch (kind, from)
        {
            case ("Deployment", "extensions/v1beta1"):
                Rolls(spec, ObjectParts.Plain("1"));
                spec.Default("revisionHistoryLimit", ObjectParts.Plain(Forever));
                spec.Default("progressDeadlineSeconds", ObjectParts.Plain(Forever));
                break;
            case ("Deployment", "apps/v1beta1"):
                Rolls(spec, ObjectParts.Text("25%"));
                spec.Default("revisionHistoryLimit", ObjectParts.Plain("2"));
                break;
            case ("DaemonSet", "extensions/v1beta1"):
            case ("StatefulSet", "apps/v1beta1"):
                spec.MapOrNew("updateStrategy").Default("type", ObjectParts.Text("OnDelete"));
                break;
        }

        // Removed with apps/v1beta2.
        if (to == Newest)
            spec.Remove("rollbackTo");
        return true;
    }

    private static bool IsOne(string apiVersion) => apiVersion is Newest or "apps/v1beta2" or "apps/v1beta1" or "extensions/v1beta1";

    private static void Rolls(Dictionary<string, object?> spec, object step)
    {
        var strategy = spec.MapOrNew("strategy");
        strategy.Default("type", ObjectParts.Text("RollingUpdate"));
        if (strategy.TextAt("type") != "RollingUpdate")
            return;
        var rolling = strategy.MapOrNew("rollingUpdate");
        rolling.Default("maxSurge", step);
        rolling.Default("maxUnavailable", step);
    }
}
