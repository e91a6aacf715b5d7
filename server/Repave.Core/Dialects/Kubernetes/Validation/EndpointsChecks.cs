using System.Net;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What is refused in Endpoints.</summary>
internal static class EndpointsChecks
{
    public static void Check(ServerCheck check, Field root)
    {
        foreach (var subset in root["subsets"].Items)
        {
            if (subset["addresses"].IsEmpty && subset["notReadyAddresses"].IsEmpty)
                check.Require(subset["addresses"], "where there are no notReadyAddresses");
            foreach (var address in subset["addresses"].Items.Concat(subset["notReadyAddresses"].Items))
            {
                if (address["ip"].Text is { } ip && IPAddress.TryParse(ip, out var parsed) && OwnRange(parsed) is { } range)
                    check.Refuse(address["ip"], $"'{address["ip"].Path}' is \"{ip}\", which may not be {range}.");
            }

            var ports = subset["ports"].Items.ToList();
            foreach (var port in ports)
            {
                if (ports.Count > 1)
                    check.Require(port["name"], "where there are several ports");
            }
        }
    }

    // Addresses that mean something else on each machine.
    private static string? OwnRange(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return "a loopback address";
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return "the unspecified address";
        var bytes = address.GetAddressBytes();
        return address.IsIPv6LinkLocal || (bytes.Length == 4 && bytes[0] == 169 && bytes[1] == 254) ? "a link-local address"
            : (bytes.Length == 4 && bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0)
                || (bytes.Length == 16 && bytes[0] == 0xff && bytes[1] == 2)
                ? "a link-local multicast address"
                : null;
    }
}
