using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The places in a resource that name others.</summary>
internal static class KubernetesReferences
{
    /// <summary>The references of a resource to ConfigMaps, Secrets, Services, ServiceAccounts and claims.</summary>
    public static IEnumerable<Reference> Of(KubernetesResource resource)
    {
        if (resource.PodSpec is { } pod)
        {
            foreach (var reference in OfPod(resource, pod))
                yield return reference;
        }

        if (resource.Is("StatefulSet", "apps")
            && resource.Root["spec"]?.ScalarAt("serviceName") is { IsNull: false, Value.Length: > 0 } service)
            yield return To(resource, service, "Service");
        if (resource.Is("Ingress", "networking.k8s.io"))
        {
            foreach (var reference in OfIngress(resource))
                yield return reference;
        }

        if (resource.Kind is "RoleBinding" or "ClusterRoleBinding")
        {
            foreach (var subject in resource.Root.ItemsAt("subjects"))
            {
                if (subject.TextAt("kind") == "ServiceAccount" && subject.ScalarAt("name") is { IsNull: false } account)
                    yield return new Reference(resource, account,
                        new ResourceId(KubernetesDialect.DialectName, "ServiceAccount", subject.TextAt("namespace"), account.Value), false);
            }
        }
    }

    /// <summary>Whether every namespace has the resource without anyone defining it.</summary>
    public static bool IsBuiltIn(ResourceId id) =>
        (id.Type == "ServiceAccount" && (id.Name == "default" || id.Namespace?.StartsWith("kube-", StringComparison.Ordinal) == true))
        || (id.Type == "ConfigMap" && id.Name == "kube-root-ca.crt")
        || (id.Type == "Service" && id.Name == "kubernetes");

    private static IEnumerable<Reference> OfPod(KubernetesResource resource, PodSpec pod)
    {
        if (pod.Node.ScalarAt("serviceAccountName") is { IsNull: false, Value.Length: > 0 } account)
            yield return To(resource, account, "ServiceAccount");
        foreach (var secret in pod.Node.ItemsAt("imagePullSecrets"))
        {
            if (Named(resource, secret, "name", "Secret") is { } reference)
                yield return reference;
        }

        // A StatefulSet's claim template takes the place of a volume of its name.
        var templates =
            new HashSet<string?>((resource.Root["spec"]?.ItemsAt("volumeClaimTemplates") ?? []).Select(t => t["metadata"]?.TextAt("name")));
        foreach (var volume in pod.Volumes.Where(v => !templates.Contains(v.TextAt("name"))))
        {
            foreach (var reference in OfVolume(resource, volume))
                yield return reference;
        }

        foreach (var container in pod.Containers)
        {
            foreach (var source in container.Node.ItemsAt("envFrom")
                .Concat(container.Node.ItemsAt("env").Select(v => v["valueFrom"]).OfType<Node>()))
            {
                foreach (var (field, kind) in ((string, string)[])[("configMapRef", "ConfigMap"), ("secretRef", "Secret"),
                    ("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")])
                {
                    if (Named(resource, source[field], "name", kind) is { } reference)
                        yield return reference;
                }
            }
        }
    }

    private static IEnumerable<Reference> OfVolume(KubernetesResource resource, Node volume)
    {
        foreach (var (holder, field, kind) in VolumeSources(volume))
        {
            if (Named(resource, holder, field, kind) is { } reference)
                yield return reference;
        }
    }

    private static IEnumerable<(Node? Holder, string Field, string Kind)> VolumeSources(Node volume)
    {
        yield return (volume["configMap"], "name", "ConfigMap");
        yield return (volume["secret"], "secretName", "Secret");
        yield return (volume["persistentVolumeClaim"], "claimName", "PersistentVolumeClaim");
        if (volume["projected"] is not { } projected)
            yield break;
        foreach (var source in projected.ItemsAt("sources"))
        {
            yield return (source["configMap"], "name", "ConfigMap");
            yield return (source["secret"], "name", "Secret");
        }
    }

    private static IEnumerable<Reference> OfIngress(KubernetesResource resource)
    {
        var spec = resource.Root["spec"];
        if (spec is null)
            yield break;
        var backends = new List<Node?> { spec["defaultBackend"] };
        foreach (var rule in spec.ItemsAt("rules"))
            backends.AddRange((rule["http"]?.ItemsAt("paths") ?? []).Select(path => path["backend"]));
        foreach (var backend in backends)
        {
            if (Named(resource, backend?["service"], "name", "Service") is { } reference)
                yield return reference;
        }

        foreach (var tls in spec.ItemsAt("tls"))
        {
            if (Named(resource, tls, "secretName", "Secret") is { } reference)
                yield return reference;
        }
    }

    private static Reference? Named(KubernetesResource resource, Node? holder, string field, string kind)
    {
        if (holder?.ScalarAt(field) is not { IsNull: false, Value.Length: > 0 } name)
            return null;
        return To(resource, name, kind, holder.TextAt("optional") == "true");
    }

    private static Reference To(KubernetesResource resource, ScalarNode name, string kind, bool isOptional = false) =>
        new(resource, name, new ResourceId(KubernetesDialect.DialectName, kind, resource.Id.Namespace, name.Value), isOptional);
}
