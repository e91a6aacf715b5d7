using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Programs that update themselves while they run.</summary>
public sealed class SelfUpdate : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1108";

    /// <inheritdoc/>
    public override string Title => "Program that updates itself";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that upgrades its packages or updates itself leaves the version that was tested and rolled out. "
        + "Build a new image and roll it out.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-2", "NIST SP 800-53 CM-3"];

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
                  command: ["sh", "-c", "apt-get update && apt-get -y upgrade && exec web"]
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
                  command: ["web"]
        """;

    /// <inheritdoc/>
    protected override string? WhatOf(ContainerCommand command) =>
        InstallCommands.Upgrades(CommandReader.EffectsOf(command.Text), command.Text);

    /// <inheritdoc/>
    protected override string Advice => "build a new image and roll it out";
}
