namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Finds the checks of a kind.</summary>
internal static class ServerRules
{
    /// <summary>What an API server refuses in a resource beyond its shape.</summary>
    public static void Check(ServerCheck check)
    {
        var root = Field.Root(check.Resource.Root);
        MetadataChecks.Check(check, root);
        RecordChecks.Check(check, root);
        ChecksOf(check.Resource.Kind, check.Resource.Group)?.Invoke(check, root);
    }

    /// <summary>What the controllers of custom kinds demand, which servers take without it.</summary>
    /// <param name="check">The resource.</param>
    /// <param name="isDefined">Whether its definition, which says its fields, is among the files.</param>
    public static void CheckController(ServerCheck check, bool isDefined)
    {
        var root = Field.Root(check.Resource.Root);
        if (check.Resource.Is("Rollout", "argoproj.io"))
        {
            if (!isDefined)
                RolloutChecks.CheckFields(check, root);
            RolloutChecks.Check(check, root);
        }
        else if (check.Resource.Is("Canary", "flagger.app"))
        {
            CanaryChecks.Check(check, root);
        }
        else if (check.Resource.Group == "serving.knative.dev")
        {
            KnativeChecks.Check(check, root);
        }
    }

    private static Action<ServerCheck, Field>? ChecksOf(string kind, string group) => (kind, group) switch
    {
        ("Pod", "") => WorkloadChecks.CheckPod,
        ("PodTemplate", "") => WorkloadChecks.CheckPodTemplate,
        ("ReplicationController", "") => WorkloadChecks.CheckReplicationController,
        ("Deployment", "apps") => WorkloadChecks.CheckDeployment,
        ("ReplicaSet", "apps") => WorkloadChecks.CheckReplicaSet,
        ("DaemonSet", "apps") => WorkloadChecks.CheckDaemonSet,
        ("StatefulSet", "apps") => WorkloadChecks.CheckStatefulSet,
        ("Job", "batch") => WorkloadChecks.CheckJob,
        ("CronJob", "batch") => WorkloadChecks.CheckCronJob,
        ("Service", "") => ServiceChecks.Check,
        ("Endpoints", "") => EndpointsChecks.Check,
        ("Ingress", "networking.k8s.io") => NetworkingChecks.CheckIngress,
        ("NetworkPolicy", "networking.k8s.io") => NetworkingChecks.CheckNetworkPolicy,
        ("EndpointSlice", "discovery.k8s.io") => NetworkingChecks.CheckEndpointSlice,
        ("PersistentVolume", "") => StorageChecks.CheckPersistentVolume,
        ("PersistentVolumeClaim", "") => StorageChecks.CheckPersistentVolumeClaim,
        ("Node", "") => NodeChecks.Check,
        ("VolumeAttachment", "storage.k8s.io") => StorageChecks.CheckAttachment,
        ("CertificateSigningRequest", "certificates.k8s.io") => CertificateChecks.Check,
        ("StorageClass", "storage.k8s.io") => StorageChecks.CheckStorageClass,
        ("CSIDriver", "storage.k8s.io") => StorageChecks.CheckDriver,
        ("RuntimeClass", "node.k8s.io") => StorageChecks.CheckRuntimeClass,
        ("Role" or "ClusterRole", "rbac.authorization.k8s.io") => AccessChecks.CheckRole,
        ("RoleBinding" or "ClusterRoleBinding", "rbac.authorization.k8s.io") => AccessChecks.CheckBinding,
        ("HorizontalPodAutoscaler", "autoscaling") => AutoscalingChecks.CheckAutoscaler,
        ("PodDisruptionBudget", "policy") => AutoscalingChecks.CheckDisruptionBudget,
        ("ResourceQuota", "") => QuotaChecks.CheckQuota,
        ("LimitRange", "") => QuotaChecks.CheckLimits,
        ("CustomResourceDefinition", "apiextensions.k8s.io") => CustomResourceDefinitionChecks.Check,
        ("ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration", "admissionregistration.k8s.io") =>
            ExtensionChecks.CheckWebhooks,
        ("ValidatingAdmissionPolicy", "admissionregistration.k8s.io") => ExtensionChecks.CheckPolicy,
        ("ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io") => ExtensionChecks.CheckPolicyBinding,
        ("APIService", "apiregistration.k8s.io") => ExtensionChecks.CheckApiService,
        ("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io") => FlowControlChecks.CheckPriorityLevel,
        ("FlowSchema", "flowcontrol.apiserver.k8s.io") => FlowControlChecks.CheckFlowSchema,
        ("ResourceClaim", "resource.k8s.io") => ResourceClaimChecks.CheckClaim,
        ("ResourceClaimTemplate", "resource.k8s.io") => ResourceClaimChecks.CheckTemplate,
        ("ConfigMap", "") => ConfigChecks.CheckConfigMap,
        ("Secret", "") => ConfigChecks.CheckSecret,
        _ => null,
    };
}
