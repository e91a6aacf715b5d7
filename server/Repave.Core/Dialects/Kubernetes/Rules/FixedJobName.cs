using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Jobs with a fixed name whose template will change.</summary>
public sealed class FixedJobName : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1403";

    /// <inheritdoc/>
    public override string Title => "Job whose name stays";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The template of a Job cannot be changed, so applying the next version under the same name is refused. "
        + "Put the version into the name, use generateName, or let a CronJob or a hook make the Job.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/job/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/migrate:1.4.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: migrate-
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/migrate:1.4.2
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Job", "batch") || resource.Metadata is not { } metadata || metadata.ScalarAt("name") is not { } name
            || name.Value.Any(char.IsDigit))
            return;
        // Hooks of deployment tools delete the Job before they make it anew, and a Job that cleans itself up makes room.
        var isHook = metadata.MappingAt("annotations")?.AllEntries.Any(e => e.Name is "helm.sh/hook" or "argocd.argoproj.io/hook"
            or "argocd.argoproj.io/sync-options" or "kustomize.toolkit.fluxcd.io/force") == true;
        if (!isHook && resource.Root["spec"]?["ttlSecondsAfterFinished"] is null)
            sink.Add(this, resource, name,
                $"The template of a Job cannot be changed: the next version of '{name.Value}' under this name would be refused.");
    }
}
