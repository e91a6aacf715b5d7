using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Volumes, claims and classes.</summary>
internal static class StorageChecks
{
    private static readonly HashSet<string> NotSources = new(StringComparer.Ordinal)
    {
        "accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "persistentVolumeReclaimPolicy", "storageClassName",
        "volumeAttributesClassName", "volumeMode",
    };

    private static readonly string[] SecretsOfDrivers =
    [
        "controllerExpandSecretRef", "controllerPublishSecretRef", "nodeExpandSecretRef", "nodePublishSecretRef", "nodeStageSecretRef",
    ];

    public static void CheckPersistentVolume(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        check.Require(spec["accessModes"]);
        CheckModes(check, spec["accessModes"]);
        check.Require(spec["capacity"]);
        if (!spec["capacity"].IsEmpty && spec["capacity"].Fields.Any(f => f.Name != "storage"))
            check.Refuse(spec["capacity"], $"'{spec["capacity"].Path}' may have storage only.");
        CheckPositive(check, spec["capacity"]["storage"]);
        if (!spec["capacity"].IsEmpty && !spec["capacity"]["storage"].Exists)
            check.Require(spec["capacity"]["storage"]);
        var known = check.FieldsOf("V1PersistentVolumeSpec");
        var sources = spec.Fields.Where(f => !NotSources.Contains(f.Name) && f.Field.Exists && known[f.Name] is not null).ToList();
        if (sources.Count == 0)
            check.Refuse(spec, "'spec' must have a source for the volume (csi, nfs, hostPath, …).");
        else if (sources.Count > 1)
            check.Refuse(sources[1].Field,
                $"'spec' may have only one source, and has {string.Join(" and ", sources.Select(s => s.Name))}.");
        if (spec["hostPath"]["path"].Text == "/" && spec["persistentVolumeReclaimPolicy"].Text == "Recycle")
            check.Refuse(spec["persistentVolumeReclaimPolicy"], "The host's root may not be recycled.");
        foreach (var term in spec["nodeAffinity"]["required"]["nodeSelectorTerms"].Items)
            PodChecks.CheckNodeTerm(check, term);
        if (spec["nfs"]["path"].Text is { Length: > 0 } path && !path.StartsWith('/'))
            check.Refuse(spec["nfs"]["path"], $"'{spec["nfs"]["path"].Path}' must be an absolute path.");
        if (spec["iscsi"]["secretRef"].Exists)
            check.Require(spec["iscsi"]["secretRef"]["name"]);
        foreach (var name in SecretsOfDrivers)
        {
            var secret = spec["csi"][name];
            if (!secret.Exists)
                continue;
            check.Require(secret["name"]);
            check.Require(secret["namespace"]);
            check.Malformed(secret["name"], KubernetesFormats.DnsSubdomain);
            check.Malformed(secret["namespace"], KubernetesFormats.DnsLabel);
        }

        if (spec["local"].Exists && spec["nodeAffinity"].IsEmpty)
            check.Require(spec["nodeAffinity"], "for a local volume");
    }

    public static void CheckPersistentVolumeClaim(ServerCheck check, Field root) => CheckClaim(check, root["spec"]);

    public static void CheckClaim(ServerCheck check, Field spec)
    {
        check.Require(spec["accessModes"]);
        CheckModes(check, spec["accessModes"]);
        SelectorChecks.CheckLabelSelector(check, spec["selector"]);
        var storage = spec["resources"]["requests"]["storage"];
        if (storage.IsEmpty)
            check.Require(storage);
        CheckPositive(check, storage);
    }

    private static void CheckModes(ServerCheck check, Field modes)
    {
        if (modes.Items.Count() > 1 && modes.Texts.Contains("ReadWriteOncePod"))
            check.Refuse(modes, $"'{modes.Path}' may not have other modes beside ReadWriteOncePod.");
    }

    private static void CheckPositive(ServerCheck check, Field amount)
    {
        if (ResourceChecks.Amount(amount) is { } value && value <= 0)
            check.Refuse(amount, $"'{amount.Path}' must be greater than 0.");
    }

    public static void CheckStorageClass(ServerCheck check, Field root)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in root["allowedTopologies"].Items)
        {
            if (term.Value is { } node && !terms.Add(CanonicalJson.Of(node, asPlatform: true)))
                check.Refuse(term["matchLabelExpressions"], $"Another term of '{root["allowedTopologies"].Path}' is the same.");
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var requirement in term["matchLabelExpressions"].Items)
            {
                if (requirement["key"].Text is { Length: > 0 } key && !keys.Add(key))
                    check.Refuse(requirement["key"], $"Another requirement of the term has the key \"{key}\" too.");
                var values = new HashSet<string>(StringComparer.Ordinal);
                foreach (var value in requirement["values"].Items)
                {
                    if (value.Text is { } text && !values.Add(text))
                        check.Refuse(value, $"Duplicate value \"{text}\".");
                }
            }
        }
    }

    public static void CheckAttachment(ServerCheck check, Field root)
    {
        var source = root["spec"]["source"];
        if (!source["persistentVolumeName"].IsEmpty == source["inlineVolumeSpec"].Exists)
            check.Refuse(source, "'spec.source' must have exactly one of persistentVolumeName and inlineVolumeSpec.");
    }

    public static void CheckDriver(ServerCheck check, Field root)
    {
        var audiences = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in root["spec"]["tokenRequests"].Items)
        {
            if (!audiences.Add(request["audience"].Text ?? ""))
                check.Refuse(request["audience"], $"Another token is requested for the audience \"{request["audience"].Text}\" too.");
        }
    }

    public static void CheckRuntimeClass(ServerCheck check, Field root)
    {
        foreach (var (name, amount) in root["overhead"]["podFixed"].Fields)
        {
            if (!ResourceChecks.IsContainerResource(name))
                check.Refuse(amount,
                    $"'{name}' is not a resource of pods: it must be cpu, memory, ephemeral-storage or a name with a domain.");
        }

        var tolerations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var toleration in root["scheduling"]["tolerations"].Items)
        {
            PodChecks.CheckToleration(check, toleration);
            if (toleration.Value is { } node && !tolerations.Add(CanonicalJson.Of(node, asPlatform: true)))
                check.Refuse(toleration, $"Another item of '{root["scheduling"]["tolerations"].Path}' is the same.");
        }
    }
}
