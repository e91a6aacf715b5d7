using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Services.</summary>
internal static class ServiceChecks
{
    public static void Check(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var type = spec["type"].Text is { Length: > 0 } written ? written : "ClusterIP";
        check.NotAllowed(spec["type"], "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        check.NotAllowed(spec["sessionAffinity"], "ClientIP", "None");
        CheckAddress(check, spec, type);
        CheckPorts(check, spec, type);
        if (type != "LoadBalancer")
        {
            check.Forbid(spec["loadBalancerClass"], "unless the type is LoadBalancer");
            check.Forbid(spec["allocateLoadBalancerNodePorts"], "unless the type is LoadBalancer");
            if (!spec["loadBalancerSourceRanges"].IsEmpty)
                check.Forbid(spec["loadBalancerSourceRanges"], "unless the type is LoadBalancer");
        }

        if (type is not ("LoadBalancer" or "NodePort") && spec["externalIPs"].IsEmpty && !spec["externalTrafficPolicy"].IsEmpty)
            check.Forbid(spec["externalTrafficPolicy"], "unless the service can be reached from outside");
        if (spec["healthCheckNodePort"].Number is > 0 && !(type == "LoadBalancer" && spec["externalTrafficPolicy"].Text == "Local"))
            check.Forbid(spec["healthCheckNodePort"], "unless the type is LoadBalancer and externalTrafficPolicy is Local");
    }

    private static void CheckAddress(ServerCheck check, Field spec, string type)
    {
        var address = spec["clusterIP"];
        if (address.Text is { Length: > 0 } ip && ip != "None" && !JsonFormats.IsIPv4(ip) && !JsonFormats.IsIPv6(ip))
            check.Refuse(address, $"'{address.Path}' is \"{ip}\", but it must be None or an IP address.");
        if (type == "ExternalName")
        {
            check.Require(spec["externalName"], "with the type ExternalName");
            if (!address.IsEmpty)
                check.Forbid(address, "with the type ExternalName");
        }
        else if (type is "LoadBalancer" or "NodePort" && address.Text == "None")
        {
            check.Refuse(address, $"'{address.Path}' may not be None with the type {type}.");
        }
    }

    private static void CheckPorts(ServerCheck check, Field spec, string type)
    {
        var ports = spec["ports"].Items.ToList();
        var isHeadless = spec["clusterIP"].Text == "None";
        if (ports.Count == 0 && type != "ExternalName" && !isHeadless)
            check.Require(spec["ports"]);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<(long, string)>();
        var nodePorts = new HashSet<(long, string)>();
        foreach (var port in ports)
        {
            var protocol = port["protocol"].Text ?? "TCP";
            check.NotAllowed(port["protocol"], "SCTP", "TCP", "UDP");
            if (ports.Count > 1 && port.Mapping is not null && port["name"].IsEmpty)
                check.Require(port["name"], "where a service has several ports");
            if (port["name"].Text is { Length: > 0 } name && !names.Add(name))
                check.Refuse(port["name"], $"Another port of the service is named \"{name}\" too.");
            if (port["port"].Number is { } number && !numbers.Add((number, protocol)))
                check.Refuse(port, $"Another port of the service is {number}/{protocol} too.");
            var nodePort = port["nodePort"];
            if (nodePort.Number is not { } outside || outside == 0)
                continue;
            if (type is "ClusterIP" or "ExternalName")
                check.Forbid(nodePort, $"with the type {type}");
            else if (!nodePorts.Add((outside, protocol)))
                check.Refuse(nodePort, $"Another port of the service takes the node port {outside} too.");
        }
    }
}
