using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Packages installed or scripts fetched when a container starts.</summary>
public sealed class PackagesInstalledAtStart : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1102";

    /// <inheritdoc/>
    public override string Title => "Software fetched at container start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Software that is installed or fetched when a container starts differs from one start to the next and fails when its source does, "
        + "so the same image is never the same program. "
        + "Build it into the image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-7", "NIST SP 800-53 SI-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/containers/images/"];

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
                  command: ["sh", "-c", "apt-get update && apt-get install -y curl && exec web"]
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
        InstallCommands.What(CommandReader.EffectsOf(command.Text), command.Text);

    /// <inheritdoc/>
    protected override string Advice => "build it into the image";
}
