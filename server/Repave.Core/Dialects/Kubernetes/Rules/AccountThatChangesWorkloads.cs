using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Roles that let a workload of the set change live workloads.</summary>
public sealed class AccountThatChangesWorkloads : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1117";

    /// <inheritdoc/>
    public override string Title => "Account that may change workloads";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A pod whose account may patch or update workloads, or run commands in pods, can change the running system past every review. "
        + "Give such rights to the one controller that needs them.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-6", "NIST SP 800-53 CM-5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: web
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: ["apps"]
            resources: ["deployments"]
            verbs: ["get", "patch"]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: web
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: web
        subjects:
          - kind: ServiceAccount
            name: web
            namespace: shop
        ---
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
              serviceAccountName: web
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: web
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: ["apps"]
            resources: ["deployments"]
            verbs: ["get", "list"]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: web
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: web
        subjects:
          - kind: ServiceAccount
            name: web
            namespace: shop
        ---
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
              serviceAccountName: web
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Kind is not ("Role" or "ClusterRole") || resource.Group != "rbac.authorization.k8s.io")
            return;
        foreach (var rule in resource.Root.ItemsAt("rules"))
        {
            if (ChangingVerb(rule) is not { } verb || UserOf(resource, set) is not { } user)
                continue;
            sink.Add(this, resource, verb,
                $"The {user.Kind} '{user.Id.Name}' runs with an account that may '{verb.Value}' live workloads.");
            return;
        }
    }

    private static ScalarNode? ChangingVerb(Node rule)
    {
        var resources = rule.ItemsAt("resources").OfType<ScalarNode>().Select(r => r.Value).ToList();
        var verbs = rule.ItemsAt("verbs").OfType<ScalarNode>().ToList();
        if (resources.Any(r => r is "pods/exec" or "pods/attach" or "pods/ephemeralcontainers"))
            return verbs.FirstOrDefault(v => v.Value is "create" or "get" or "patch" or "update" or "*");
        return resources.Any(
            r => r is "deployments" or "statefulsets" or "daemonsets" or "replicasets" or "pods" or "jobs" or "cronjobs" or "*")
            ? verbs.FirstOrDefault(v => v.Value is "patch" or "update" or "*")
            : null;
    }

    private static KubernetesResource? UserOf(KubernetesResource role, KubernetesSet set)
    {
        var accounts = set.OfKind("RoleBinding").Concat(set.OfKind("ClusterRoleBinding"))
            .Where(b => set.IsBeside(b, role.Id.Namespace ?? b.Id.Namespace) && b.Root["roleRef"]?.TextAt("kind") == role.Kind && b.Root["roleRef"]?.TextAt("name") == role.Id.Name)
            .SelectMany(b => b.Root.ItemsAt("subjects"))
            .Where(s => s.TextAt("kind") == "ServiceAccount")
            .Select(s => (Name: s.TextAt("name"), Namespace: s.TextAt("namespace")))
            .ToList();
        return set.All.FirstOrDefault(r => set.IsBeside(r, role.Id.Namespace ?? r.Id.Namespace) && r.PodSpec?.Node.TextAt("serviceAccountName") is { } account
            && accounts.Exists(a => a.Name == account && KubernetesSet.SameNamespace(a.Namespace, r.Id.Namespace)));
    }
}
