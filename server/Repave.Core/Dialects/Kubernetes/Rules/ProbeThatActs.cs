using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Probes that restart or change what they should only look at.</summary>
public sealed class ProbeThatActs : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1109";

    /// <inheritdoc/>
    public override string Title => "Probe that changes something";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A probe that restarts a process or removes files repairs the container in place, unseen, instead of letting it be replaced. "
        + "Let the probe fail, so that the container is replaced.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 SI-14"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  livenessProbe:
                    exec:
                      command: ["sh", "-c", "wget -q localhost:8080 || pkill web"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  livenessProbe:
                    exec:
                      command: ["wget", "-q", "localhost:8080"]
        """;

    /// <inheritdoc/>
    protected override string? WhatOf(ContainerCommand command) =>
        CommandReader.EffectsOf(command.Text).FirstOrDefault(e => e.Kind is CommandKind.Processes or CommandKind.Services)?.What
            .Replace("starts and stops services of the machine", "restarts services").Replace(" of the machine", "");

    /// <inheritdoc/>
    protected override string Advice => "let the probe fail and the container be replaced";

    /// <inheritdoc/>
    protected override IEnumerable<ContainerCommand> CommandsOf(KubernetesResource resource, Container container) =>
        ContainerCommands.InProbes(container);
}
