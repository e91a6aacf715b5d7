using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What of a Job can be changed, where the values decide.</summary>
internal static class JobUpdates
{
    private static readonly string[] OfServer =
        ["batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name", "controller-uid", "job-name"];

    /// <summary>Labels that the server gave the pods, and those that the selector asks for, stay.</summary>
    public static Verdict Labels(UpdateContext context, FieldChange change, Verdict row)
    {
        if (change.Path.Name is not { } label)
            return row;
        var selected = context.From.At("spec", "selector", "matchLabels")?[label] is not null;
        return selected || OfServer.Contains(label) ? row.Refused : row.InPlace;
    }
}
