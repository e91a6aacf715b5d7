using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Containers that change live objects of the cluster.</summary>
public sealed class LiveObjectsChanged : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1115";

    /// <inheritdoc/>
    public override string Title => "Job that changes live objects";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A job that patches, scales, restarts or edits live objects makes the cluster differ from its manifests, "
        + "and nobody reviews what it does. "
        + "Change the manifest and apply it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CM-5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: nightly
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: kubectl
                      image: registry.example.com/kubectl:1.36.2
                      command: ["kubectl", "rollout", "restart", "deployment/web"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: nightly
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: kubectl
                      image: registry.example.com/kubectl:1.36.2
                      command: ["kubectl", "get", "deployment/web"]
        """;

    /// <inheritdoc/>
    protected override string? WhatOf(ContainerCommand command) =>
        CommandReader.EffectsOf(command.Words).FirstOrDefault(e => e.Kind is CommandKind.Live or CommandKind.Release)?.What;

    /// <inheritdoc/>
    protected override string Advice => "change the manifest and apply it";
}
