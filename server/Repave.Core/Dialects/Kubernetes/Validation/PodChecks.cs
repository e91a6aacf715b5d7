namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Pods and pod templates.</summary>
internal static class PodChecks
{
    private static readonly HashSet<string> FieldPaths = new(StringComparer.Ordinal)
    {
        "metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations", "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    };

    /// <summary>Checks a pod's spec.</summary>
    /// <param name="check">Where refusals go.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="extraVolumes">Volumes that a controller adds (a StatefulSet's claim templates).</param>
    public static void Check(ServerCheck check, Field spec, IReadOnlyCollection<string>? extraVolumes = null)
    {
        check.NotAllowed(spec["restartPolicy"], "Always", "Never", "OnFailure");
        check.NotAllowed(spec["dnsPolicy"], "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
        if (spec["dnsPolicy"].Text == "None" && spec["dnsConfig"]["nameservers"].IsEmpty)
            check.Require(spec["dnsConfig"]["nameservers"], "with dnsPolicy None");
        var volumes = new HashSet<string>(extraVolumes ?? [], StringComparer.Ordinal);
        foreach (var volume in spec["volumes"].Items)
        {
            VolumeChecks.Check(check, volume);
            if (volume["name"].Text is { } name && KubernetesFormats.DnsLabel(name) is null)
                volumes.Add(name);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var ports = new HashSet<(string?, long, string)>();
        foreach (var list in (string[])["initContainers", "containers", "ephemeralContainers"])
        {
            foreach (var container in spec[list].Items)
            {
                if (container["name"].Text is { Length: > 0 } name && !names.Add(name))
                    check.Refuse(container["name"], $"Another container of the pod is named \"{name}\" too.");
                CheckContainer(check, container, list, volumes);
                CheckHostPorts(check, spec, container, list, ports);
            }
        }

        CheckScheduling(check, spec);
        foreach (var constraint in spec["topologySpreadConstraints"].Items)
            SelectorChecks.CheckLabelSelector(check, constraint["labelSelector"]);
        CheckSecurity(check, spec["securityContext"]);
    }

    private static void CheckContainer(ServerCheck check, Field container, string list, HashSet<string> volumes)
    {
        // Of templates nobody looks at that; the pods that come of them are refused.
        if (check.Resource.Kind == "Pod" && container["image"].Text is { Length: > 0 } image && image.Trim().Length != image.Length)
            check.Refuse(container["image"], $"'{container["image"].Path}' may not begin or end with a space.");
        foreach (var variable in container["env"].Items)
            CheckVariable(check, variable);
        foreach (var source in container["envFrom"].Items)
        {
            if ((source.Mapping is not null || !source.Exists) && source["configMapRef"].Exists == source["secretRef"].Exists)
                check.Refuse(source, $"'{source.Path}' must have exactly one of configMapRef and secretRef.");
        }

        CheckMounts(check, container, volumes);
        ResourceChecks.CheckRequirements(check, container["resources"]);
        CheckProbe(check, container["livenessProbe"], mustSucceedOnce: true);
        CheckProbe(check, container["startupProbe"], mustSucceedOnce: true);
        CheckProbe(check, container["readinessProbe"], mustSucceedOnce: false);
        var restartable = list == "containers" || container["restartPolicy"].Text == "Always";
        foreach (var field in (string[])["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"])
        {
            if (!restartable)
                check.Forbid(container[field], "on a container that does not run for the pod's whole life");
        }

        CheckHandler(check, container["lifecycle"]["postStart"]);
        CheckHandler(check, container["lifecycle"]["preStop"]);
        CheckPortNames(check, container);
        CheckSecurity(check, container["securityContext"]);
    }

    private static void CheckVariable(ServerCheck check, Field variable)
    {
        var source = variable["valueFrom"];
        if (!source.Exists)
            return;
        if (!variable["value"].IsEmpty)
            check.Refuse(source, $"'{variable.Path}' may not have both value and valueFrom.");
        var sources = source.Fields.Where(f => f.Field.Exists).ToList();
        if (sources.Count != 1)
            check.Refuse(source, $"'{source.Path}' must have exactly one source, not {sources.Count}.");
        CheckResource(check, source["resourceFieldRef"]);
        var fieldPath = source["fieldRef"]["fieldPath"];
        if (fieldPath.Text is { Length: > 0 } path && !IsFieldPath(path))
            check.Refuse(fieldPath, $"'{fieldPath.Path}' is \"{path}\", which is not a field that a container can read.");
    }

    /// <summary>A limit or request of a container that is handed to it.</summary>
    public static void CheckResource(ServerCheck check, Field source)
    {
        var resource = source["resource"];
        if (resource.Text is { Length: > 0 } name && name is not ("limits.cpu" or "limits.memory" or "limits.ephemeral-storage"
            or "requests.cpu" or "requests.memory" or "requests.ephemeral-storage")
            && !name.StartsWith("limits.hugepages-", StringComparison.Ordinal)
            && !name.StartsWith("requests.hugepages-", StringComparison.Ordinal))
            check.Refuse(resource, $"'{resource.Path}' is \"{name}\"; it must be limits or requests of cpu, memory, ephemeral-storage or "
                + "hugepages-…, such as limits.cpu.");
    }

    private static bool IsFieldPath(string path)
    {
        var bracket = path.IndexOf('[');
        return FieldPaths.Contains(bracket > 0 ? path.Substring(0, bracket) : path);
    }

    private static void CheckMounts(ServerCheck check, Field container, HashSet<string> volumes)
    {
        foreach (var mount in container["volumeMounts"].Items)
        {
            var name = mount["name"];
            if (name.Text is { Length: > 0 } volume && !volumes.Contains(volume))
                check.Refuse(name, $"No volume of the pod is named \"{volume}\".");
            var subPath = mount["subPath"];
            if (!subPath.IsEmpty && !mount["subPathExpr"].IsEmpty)
                check.Refuse(mount["subPathExpr"], $"'{mount.Path}' may not have both subPath and subPathExpr.");
            foreach (var path in (Field[])[subPath, mount["subPathExpr"]])
            {
                if (path.Text is { Length: > 0 } text && (text.StartsWith('/') || text.Split('/').Contains("..")))
                    check.Refuse(path, $"'{path.Path}' must be a relative path without '..'.");
            }
        }

        foreach (var device in container["volumeDevices"].Items)
        {
            if (device["name"].Text is { Length: > 0 } volume && !volumes.Contains(volume))
                check.Refuse(device["name"], $"No volume of the pod is named \"{volume}\".");
        }
    }

    private static void CheckPortNames(ServerCheck check, Field container)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var port in container["ports"].Items)
        {
            check.NotAllowed(port["protocol"], "SCTP", "TCP", "UDP");
            if (port["name"].Text is { Length: > 0 } name && !names.Add(name))
                check.Refuse(port["name"], $"Another port of the container is named \"{name}\" too.");
        }
    }

    private static void CheckHostPorts(ServerCheck check, Field spec, Field container, string list, HashSet<(string?, long, string)> taken)
    {
        foreach (var port in container["ports"].Items)
        {
            var host = port["hostPort"];
            if (host.Number is not { } number || number == 0)
                continue;
            if (spec["hostNetwork"].IsTrue && port["containerPort"].Number is { } inside && inside != number)
                check.Refuse(port["containerPort"],
                    $"'{port["containerPort"].Path}' must equal hostPort ({number}) on the host's network.");
            if (list == "containers" && !taken.Add((port["hostIP"].Text, number, port["protocol"].Text ?? "TCP")))
                check.Refuse(host, $"Another port of the pod takes the host's port {number} too.");
        }
    }

    private static void CheckProbe(ServerCheck check, Field probe, bool mustSucceedOnce)
    {
        if (!probe.Exists)
            return;
        CheckHandler(check, probe);
        if (mustSucceedOnce && probe["successThreshold"].Number is { } threshold && threshold is not (0 or 1))
            check.Refuse(probe["successThreshold"], $"'{probe["successThreshold"].Path}' must be 1.");
    }

    private static void CheckHandler(ServerCheck check, Field handler)
    {
        if (handler.Mapping is null)
            return;
        var kinds = new[] { "exec", "httpGet", "tcpSocket", "grpc", "sleep" }.Where(kind => handler[kind].Exists).ToList();
        if (kinds.Count == 0)
            check.Refuse(handler, $"'{handler.Path}' must say what to do: exec, httpGet, "
                + $"tcpSocket{(handler.Path.EndsWith("Probe", StringComparison.Ordinal) ? " or grpc" : " or sleep")}.");
        else if (kinds.Count > 1)
            check.Refuse(handler[kinds[1]], $"'{handler.Path}' may have only one of exec, httpGet, tcpSocket, grpc and sleep.");
    }

    private static void CheckSecurity(ServerCheck check, Field context)
    {
        var escalation = context["allowPrivilegeEscalation"];
        if (escalation.Exists && !escalation.IsTrue && context["privileged"].IsTrue)
            check.Refuse(escalation, "A privileged container cannot be kept from escalating privileges.");
        CheckProfile(check, context["seccompProfile"]);
        CheckProfile(check, context["appArmorProfile"]);
    }

    private static void CheckProfile(ServerCheck check, Field profile)
    {
        check.NotAllowed(profile["type"], "Localhost", "RuntimeDefault", "Unconfined");
        if (profile["type"].Text == "Localhost" && profile["localhostProfile"].IsEmpty)
            check.Require(profile["localhostProfile"], "with the type Localhost");
        else if (profile["type"].Text is "RuntimeDefault" or "Unconfined")
            check.Forbid(profile["localhostProfile"], "unless the type is Localhost");
    }

    private static void CheckScheduling(ServerCheck check, Field spec)
    {
        foreach (var toleration in spec["tolerations"].Items)
            CheckToleration(check, toleration);
        var node = spec["affinity"]["nodeAffinity"];
        foreach (var term in node["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"].Items)
            CheckNodeTerm(check, term);
        foreach (var preference in node["preferredDuringSchedulingIgnoredDuringExecution"].Items)
            CheckNodeTerm(check, preference["preference"]);
        foreach (var kind in (string[])["podAffinity", "podAntiAffinity"])
        {
            var affinity = spec["affinity"][kind];
            foreach (var term in affinity["requiredDuringSchedulingIgnoredDuringExecution"].Items)
                SelectorChecks.CheckLabelSelector(check, term["labelSelector"]);
            foreach (var term in affinity["preferredDuringSchedulingIgnoredDuringExecution"].Items)
                SelectorChecks.CheckLabelSelector(check, term["podAffinityTerm"]["labelSelector"]);
        }
    }

    public static void CheckNodeTerm(ServerCheck check, Field term)
    {
        foreach (var list in (string[])["matchExpressions", "matchFields"])
        {
            foreach (var requirement in term[list].Items)
            {
                check.NotAllowed(requirement["operator"], "DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn");
                if (list == "matchFields" && requirement["values"].Items.Count() > 1)
                    check.Refuse(requirement["values"], $"'{requirement["values"].Path}' must have exactly one value.");
            }

            SelectorChecks.CheckRequirements(check, term[list]);
        }
    }

    public static void CheckToleration(ServerCheck check, Field toleration)
    {
        var operation = toleration["operator"];
        check.NotAllowed(operation, "Equal", "Exists", "Gt", "Lt");
        check.NotAllowed(toleration["effect"], "NoExecute", "NoSchedule", "PreferNoSchedule");
        if (toleration["key"].IsEmpty && operation.Text != "Exists")
            check.Refuse(operation, $"'{operation.Path}' must be Exists where the key is empty.");
        if (operation.Text == "Exists" && !toleration["value"].IsEmpty)
            check.Refuse(operation, $"'{toleration["value"].Path}' must be empty with the operator Exists.");
        if (operation.Text is null or "" or "Equal" && toleration["value"].Text is { } value
            && KubernetesFormats.LabelValue(value) is { } reason)
            check.Refuse(operation, $"The toleration's value is \"{value}\", but {reason}.");
        if (toleration["tolerationSeconds"].Exists && toleration["effect"].Text != "NoExecute")
            check.Refuse(toleration["effect"], $"'{toleration["effect"].Path}' must be NoExecute where tolerationSeconds is set.");
    }
}
