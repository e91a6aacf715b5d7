using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Selectors that contain a label for the version.</summary>
public sealed class VersionInSelector : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1401";

    /// <inheritdoc/>
    public override string Title => "Selector that names a version";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A selector cannot be changed after creation, so the next release, whose version label differs, "
        + "is refused and the workload has to be deleted first. "
        + "Select by labels that stay, and keep the version in the template's labels only.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates"];

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
              app.kubernetes.io/version: 1.4.2
          template:
            metadata:
              labels:
                app: web
                app.kubernetes.io/version: 1.4.2
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
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
                app.kubernetes.io/version: 1.4.2
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    private static readonly string[] Keys =
    [
        "app.kubernetes.io/version", "helm.sh/chart", "chart", "version", "release-version", "app-version", "image-tag", "tag", "commit",
        "git-commit", "git-sha", "sha", "build", "build-number", "revision",
    ];

    // "v1" names an API or a variant that stays; 1.4.2, a commit or a date names a release.
    private static readonly BoundedRegex Release = new(@"^(v?\d+\.\d+|[0-9a-f]{7,40}$|\d{6,}|.*-\d+\.\d+\.\d+)");

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Kind is not ("Deployment" or "ReplicaSet" or "DaemonSet" or "StatefulSet")
            || resource.Root.At("spec", "selector", "matchLabels") is not MapNode labels)
            return;
        foreach (var entry in labels.AllEntries)
        {
            if (entry.Name is { } key && entry.Value.Resolved is ScalarNode value && Keys.Contains(key)
                && (key is "app.kubernetes.io/version" or "helm.sh/chart" || Release.Matches(value.Value)))
                sink.Add(this, resource, value, $"The selector names the version {value.Value}, and a selector cannot be changed: "
                    + "the next release would be refused. Select by labels that stay.");
        }
    }
}
