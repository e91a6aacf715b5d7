using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>preStop hooks that wait longer than the pod may take.</summary>
public sealed class DrainingCutShort : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1314";

    /// <inheritdoc/>
    public override string Title => "Shutdown longer than its time";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A hook that waits longer than terminationGracePeriodSeconds is cut off together with the program, "
        + "so connections break at each replacement. "
        + "Raise terminationGracePeriodSeconds above the wait.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"];

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
                  lifecycle:
                    preStop:
                      exec:
                        command: ["sleep", "60"]
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
              terminationGracePeriodSeconds: 90
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  lifecycle:
                    preStop:
                      exec:
                        command: ["sleep", "60"]
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        var grace = pod.Node.ScalarAt("terminationGracePeriodSeconds") is { } written ? written.Integer ?? 30 : 30;
        foreach (var container in pod.Containers)
        {
            if (container.Node.At("lifecycle", "preStop") is { } hook && WaitOf(hook) is { } wait && wait >= grace)
                sink.Add(this, resource, hook, $"The preStop hook of '{container.Name}' waits {wait} s, "
                    + $"and the pod is killed after {grace} s: raise terminationGracePeriodSeconds.");
        }
    }

    private static long? WaitOf(Node hook)
    {
        if (hook.At("sleep")?.ScalarAt("seconds") is { } seconds)
            return seconds.Integer;
        var words = hook["exec"]?.ItemsAt("command").OfType<ScalarNode>().Select(w => w.Value).ToList() ?? [];
        var script = string.Join(" ", words).Split([' ', ';', '&', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(script, "sleep");
        return at >= 0 && at + 1 < script.Length ? YamlScalars.IntegerOf(script[at + 1].TrimEnd('s')) : null;
    }
}
