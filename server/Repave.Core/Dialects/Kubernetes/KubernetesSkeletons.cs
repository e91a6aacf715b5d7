namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What a kind needs beyond the fields that its schema demands: fields of which one must be there, and values that must be those
/// of another field. What stands in braces is to be replaced (<c>{name}</c>), everywhere at once.</summary>
internal static class KubernetesSkeletons
{
    private const string Template = """
          template:
            metadata:
              labels:
                app: {name}
            spec:
              containers:
                - name: {name}
                  image: {image}
        """;

    private const string Selector = """
          selector:
            matchLabels:
              app: {name}
        """;

    private const string Job = """
          template:
            spec:
              restartPolicy: {Never}
              containers:
                - name: {name}
                  image: {image}
        """;

    private const string Rules = """
        rules:
          - apiGroups: ["{}"]
            resources: ["{configmaps}"]
            verbs: ["{get}"]
        """;

    private const string Binding = """
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: {ClusterRole}
          name: {view}
        subjects:
          - kind: {ServiceAccount}
            name: {account}
            namespace: {default}
        """;

    private const string Webhook = """
        webhooks:
          - name: {hook.example.com}
            admissionReviewVersions: ["v1"]
            sideEffects: {None}
            clientConfig:
              service:
                namespace: {default}
                name: {hook}
            rules:
              - apiGroups: ["{apps}"]
                apiVersions: ["{v1}"]
                operations: ["{CREATE}"]
                resources: ["{deployments}"]
        """;

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["Deployment"] = $"spec:\n{Selector}\n{Template}",
        ["ReplicaSet"] = $"spec:\n{Selector}\n{Template}",
        ["DaemonSet"] = $"spec:\n{Selector}\n{Template}",
        ["StatefulSet"] = $"spec:\n  serviceName: {{name}}\n{Selector}\n{Template}",
        ["ReplicationController"] = $"spec:\n  selector:\n    app: {{name}}\n{Template}",
        ["Job"] = $"spec:\n{Job}",
        ["CronJob"] = "spec:\n  schedule: \"{0 3 * * *}\"\n  jobTemplate:\n    spec:\n" + Deeper(Job, 4),
        ["Pod"] = "spec:\n  containers:\n    - name: {name}\n      image: {image}",
        ["PodTemplate"] = "template:\n  metadata:\n    labels:\n      app: {name}\n  spec:\n    containers:\n      - name: {name}\n"
            + "        image: {image}",
        ["Service"] = "spec:\n  selector:\n    app: {name}\n  ports:\n    - port: {80}",
        ["Ingress"] = """
            spec:
              rules:
                - host: {name.example.com}
                  http:
                    paths:
                      - path: {/}
                        pathType: {Prefix}
                        backend:
                          service:
                            name: {name}
                            port:
                              number: {80}
            """,
        ["ConfigMap"] = "data:\n  {key}: \"{value}\"",
        ["Secret"] = "type: {Opaque}\nstringData:\n  {key}: \"{value}\"",
        ["PersistentVolumeClaim"] = "spec:\n  accessModes: [\"{ReadWriteOnce}\"]\n"
            + "  resources:\n    requests:\n      storage: {1Gi}",
        ["PersistentVolume"] = "spec:\n  capacity:\n    storage: {1Gi}\n  accessModes: [\"{ReadWriteOnce}\"]\n"
            + "  storageClassName: {standard}\n"
            + "  csi:\n    driver: {driver.example.com}\n    volumeHandle: {handle}",
        ["Role"] = Rules,
        ["ClusterRole"] = Rules,
        ["RoleBinding"] = Binding,
        ["ClusterRoleBinding"] = Binding,
        ["NetworkPolicy"] = "spec:\n  podSelector:\n    matchLabels:\n      app: {name}\n  policyTypes: [\"{Ingress}\"]",
        ["PodDisruptionBudget"] = "spec:\n  maxUnavailable: {1}\n  selector:\n    matchLabels:\n      app: {name}",
        ["HorizontalPodAutoscaler"] = """
            spec:
              scaleTargetRef:
                apiVersion: apps/v1
                kind: {Deployment}
                name: {name}
              minReplicas: {2}
              maxReplicas: {4}
              metrics:
                - type: Resource
                  resource:
                    name: cpu
                    target:
                      type: Utilization
                      averageUtilization: {80}
            """,
        ["StorageClass"] = "provisioner: {driver.example.com}",
        ["PriorityClass"] = "value: {1000}",
        ["RuntimeClass"] = "handler: {handler}",
        ["ResourceQuota"] = "spec:\n  hard:\n    pods: \"{10}\"",
        ["LimitRange"] = "spec:\n  limits:\n    - type: Container\n      default:\n        memory: {256Mi}\n"
            + "      defaultRequest:\n        memory: {256Mi}",
        ["Endpoints"] = "subsets:\n  - addresses:\n      - ip: {10.0.0.1}\n    ports:\n      - port: {80}",
        ["EndpointSlice"] = "addressType: {IPv4}\nendpoints:\n  - addresses: [\"{10.0.0.1}\"]\nports:\n  - port: {80}",
        ["APIService"] = """
            spec:
              group: {example.com}
              version: {v1}
              groupPriorityMinimum: {1000}
              versionPriority: {10}
              service:
                namespace: {default}
                name: {server}
            """,
        ["CustomResourceDefinition"] = """
            spec:
              group: {example.com}
              names:
                kind: {Widget}
                plural: {widgets}
              scope: {Namespaced}
              versions:
                - name: {v1}
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
            """,
        ["ValidatingAdmissionPolicy"] = """
            spec:
              matchConstraints:
                resourceRules:
                  - apiGroups: ["{apps}"]
                    apiVersions: ["{v1}"]
                    operations: ["{CREATE}", "{UPDATE}"]
                    resources: ["{deployments}"]
              validations:
                - expression: {object.spec.replicas <= 5}
                  message: {At most 5 replicas.}
            """,
        ["ControllerRevision"] = "revision: {1}\ndata:\n  {key}: {value}",
        ["CSIStorageCapacity"] = "storageClassName: {standard}\ncapacity: {1Gi}",
        ["IngressClass"] = "spec:\n  controller: {example.com/ingress}",
        ["ResourceClass"] = "driverName: {driver.example.com}",
        ["VolumeAttachment"] = "spec:\n  attacher: {driver.example.com}\n  nodeName: {node}\n  source:\n"
            + "    persistentVolumeName: {volume}",
        ["VolumeAttributesClass"] = "driverName: {driver.example.com}\nparameters:\n  {key}: \"{value}\"",
        ["ValidatingWebhookConfiguration"] = Webhook,
        ["MutatingWebhookConfiguration"] = Webhook,
    };

    /// <summary>What stands below a resource's metadata, with what is to be replaced in braces; null where the schema says all that is
    /// needed.</summary>
    public static string? BodyOf(string kind) => Bodies.TryGetValue(kind, out var body) ? body : null;

    /// <summary>What stands for a resource's name, with what is to be replaced in braces: that of some kinds is made of fields.</summary>
    public static string NameOf(string kind) => kind switch
    {
        "APIService" => "{v1}.{example.com}",
        "CustomResourceDefinition" => "{widgets}.{example.com}",
        _ => "{name}",
    };

    /// <summary>Whether nobody writes a kind by hand: a request for a certificate holds what a program has signed.</summary>
    public static bool IsOfPrograms(string kind) => kind == "CertificateSigningRequest";

    private static string Deeper(string text, int by) =>
        string.Join("\n", text.Split('\n').Select(line => new string(' ', by) + line));
}
