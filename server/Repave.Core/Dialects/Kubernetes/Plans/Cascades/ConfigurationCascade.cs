using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>What running pods see of a ConfigMap or Secret that changes.</summary>
internal static class ConfigurationCascade
{
    public static void Follow(CascadeContext context)
    {
        foreach (var change in context.Changes.Where(c => c.Action is PlanAction.InPlace or PlanAction.Replace && c.Previous is null)
            .ToList())
        {
            if (CascadeContext.ResourceOf(change) is { Kind: "ConfigMap" or "Secret" } configuration
                && change.Reasons.Any(r => IsContent(r.Path)))
                Follow(context, change, configuration);
        }
    }

    private static bool IsContent(string path) =>
        path.StartsWith("data", StringComparison.Ordinal) || path.StartsWith("binaryData", StringComparison.Ordinal)
            || path.StartsWith("stringData", StringComparison.Ordinal);

    private static void Follow(CascadeContext context, ResourceChange change, KubernetesResource configuration)
    {
        foreach (var user in context.After.UsersOf(configuration)
            .Where(u => u.PodSpec is not null && u.Kind is not ("CronJob" or "PodTemplate")).ToList())
        {
            var its = context.ChangeOf(user);
            if (its?.Action is PlanAction.Roll or PlanAction.Replace or PlanAction.Create or PlanAction.Delete)
                continue;
            var use = context.ConfigurationUseOf(user);
            var (asVariables, asFixedFiles) = (use.AsVariables(configuration), use.AsFixedFiles(configuration));
            if (asVariables || asFixedFiles)
            {
                var where = asVariables ? asFixedFiles ? "in their environment and in files mounted by subPath" : "in their environment"
                    : "in files mounted by subPath";
                change.Warn(PlanWarningKind.NotRolledOut,
                    $"{CascadeContext.NameOf(user)} is not rolled: its pods keep the old values {where} until something restarts them.",
                    user.Id);
            }
            else if (use.AsFiles(configuration))
            {
                change.Warn(PlanWarningKind.Notice, $"{CascadeContext.NameOf(user)} is not rolled: "
                    + "its pods find the new files within a minute or two, each at its own time, and may not read them again.", user.Id);
            }
        }
    }
}
