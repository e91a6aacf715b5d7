using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Ingresses, network policies, endpoint slices.</summary>
internal static class NetworkingChecks
{
    public static void CheckIngress(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        if (spec["rules"].IsEmpty && !spec["defaultBackend"].Exists)
            check.Refuse(spec, "'spec' must have rules or a defaultBackend.");
        if (spec["defaultBackend"].Exists)
            CheckBackend(check, spec["defaultBackend"]);
        foreach (var rule in spec["rules"].Items)
        {
            foreach (var path in rule["http"]["paths"].Items)
            {
                CheckPath(check, path);
                CheckBackend(check, path["backend"]);
            }
        }
    }

    private static void CheckPath(ServerCheck check, Field rule)
    {
        check.NotAllowed(rule["pathType"], "Exact", "ImplementationSpecific", "Prefix");
        var path = rule["path"];
        if (rule["pathType"].Text is "Exact" or "Prefix")
        {
            if (path.Text is not { } text || !text.StartsWith('/'))
                check.Refuse(path, $"'{path.Path}' must begin with '/' with the pathType {rule["pathType"].Text}.");
            else if (text.Contains("//", StringComparison.Ordinal) || text.Contains("/./", StringComparison.Ordinal)
                || text.Contains("/../", StringComparison.Ordinal) || text.EndsWith("/..", StringComparison.Ordinal)
                || text.EndsWith("/.", StringComparison.Ordinal) || text.Contains("%2f", StringComparison.OrdinalIgnoreCase))
                check.Refuse(path, $"'{path.Path}' may not contain '//', '/./', '/../' or '%2f'.");
        }
        else if (path.Text is { Length: > 0 } other && !other.StartsWith('/'))
        {
            check.Refuse(path, $"'{path.Path}' must begin with '/'.");
        }
    }

    private static void CheckBackend(ServerCheck check, Field backend)
    {
        var service = backend["service"];
        var resource = backend["resource"];
        if (service.Exists && resource.Exists)
        {
            check.Refuse(backend, $"'{backend.Path}' may not have both service and resource.");
        }
        else if (resource.Exists)
        {
            check.Malformed(resource["apiGroup"], KubernetesFormats.DnsSubdomain);
            check.Malformed(resource["kind"], KubernetesFormats.PathSegment);
            check.Malformed(resource["name"], KubernetesFormats.PathSegment);
        }
        else if (!service.Exists)
        {
            check.Refuse(backend, $"'{backend.Path}' must have a service or a resource.");
        }
        else if (service.Exists)
        {
            var hasName = !service["port"]["name"].IsEmpty;
            var hasNumber = service["port"]["number"].Number is not (null or 0);
            if (hasName == hasNumber)
                check.Refuse(backend,
                    $"'{service["port"].Path}' must have {(hasName ? "only one of" : "a")} number {(hasName ? "and" : "or a")} name.");
        }
    }

    public static void CheckNetworkPolicy(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        SelectorChecks.CheckLabelSelector(check, spec["podSelector"]);
        if (spec["policyTypes"].Items.Count() > 2)
            check.Refuse(spec["policyTypes"], "'spec.policyTypes' may have at most Ingress and Egress.");
        foreach (var (list, peers) in ((string, string)[])[("ingress", "from"), ("egress", "to")])
        {
            foreach (var rule in spec[list].Items)
            {
                foreach (var peer in rule[peers].Items)
                    CheckPeer(check, peer);
                foreach (var port in rule["ports"].Items)
                    CheckPort(check, port);
            }
        }
    }

    private static void CheckPeer(ServerCheck check, Field peer)
    {
        SelectorChecks.CheckLabelSelector(check, peer["podSelector"]);
        SelectorChecks.CheckLabelSelector(check, peer["namespaceSelector"]);
        var selects = peer["podSelector"].Exists || peer["namespaceSelector"].Exists;
        if (!selects && !peer["ipBlock"].Exists)
            check.Refuse(peer, $"'{peer.Path}' must have a podSelector, a namespaceSelector or an ipBlock.");
        else if (selects && peer["ipBlock"].Exists)
            check.Refuse(peer, $"'{peer.Path}' may not have an ipBlock beside a selector.");
    }

    private static void CheckPort(ServerCheck check, Field port)
    {
        if (!port["endPort"].Exists)
            return;
        if (port["port"].Number is not { } first)
            check.Refuse(port["endPort"], $"'{port["endPort"].Path}' may be set only beside a port that is a number.");
        else if (port["endPort"].Number < first)
            check.Refuse(port["endPort"], $"'{port["endPort"].Path}' may not be less than port ({first}).");
    }

    public static void CheckEndpointSlice(ServerCheck check, Field root)
    {
        var type = root["addressType"].Text;
        foreach (var endpoint in root["endpoints"].Items)
        {
            foreach (var address in endpoint["addresses"].Items)
            {
                var ok = type switch
                {
                    "IPv4" => JsonFormats.IsIPv4(address.Text ?? ""),
                    "IPv6" => JsonFormats.IsIPv6(address.Text ?? ""),
                    "FQDN" => KubernetesFormats.DnsSubdomain(address.Text ?? "") is null,
                    _ => true,
                };
                if (!ok && (address.Text is not null || !address.Exists))
                    check.Refuse(address, $"'{address.Path}' is \"{address.Text}\", which is no {type} address.");
            }

            check.Malformed(endpoint["hostname"], KubernetesFormats.DnsLabel);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var port in root["ports"].Items)
        {
            if (!names.Add(port["name"].Text ?? ""))
                check.Refuse(port["name"], $"Another port of the slice is named \"{port["name"].Text}\" too.");
        }
    }
}
