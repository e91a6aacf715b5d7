using System.Net;
using System.Net.Sockets;

namespace Repave.Core.Dialects.CloudFormation.Demands;

/// <summary>The formats of texts that the registry names: ids and ARNs by the grammars in the pack, addresses and networks by what they
/// are.</summary>
internal static class AwsFormats
{
    /// <summary>Says what is wrong with a text of a format; null if nothing, and for formats that are not known.</summary>
    public static string? Check(string format, string text)
    {
        switch (format)
        {
            case "ipv4":
                return IsAddress(text, AddressFamily.InterNetwork) ? null : "that is no IPv4 address";
            case "ipv6":
                return IsAddress(text, AddressFamily.InterNetworkV6) ? null : "that is no IPv6 address";
            case "ipv4-network":
                return IsNetwork(text, AddressFamily.InterNetwork, 32) ? null : "that is no IPv4 range such as 10.0.0.0/16";
            case "ipv6-network":
                return IsNetwork(text, AddressFamily.InterNetworkV6, 128) ? null : "that is no IPv6 range such as 2001:db8::/64";
            default:
                // Empty is how some say that they name none.
                return text.Length == 0 || DemandPack.Instance.PatternOf(format) is not { } pattern || pattern.Decides(text) != false ? null
                    : $"{NameOf(format)} must match the pattern {pattern}";
        }
    }

    // AWS::EC2::VPC.Id is the Id of a VPC.
    private static string NameOf(string format)
    {
        var dot = format.IndexOf('.');
        return dot < 0 ? format : $"the {format.Substring(dot + 1)} of {format.Substring(0, dot)}";
    }

    private static bool IsNetwork(string text, AddressFamily family, int bits)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && IsAddress(text.Substring(0, slash), family)
            && int.TryParse(text.Substring(slash + 1), out var length) && length >= 0 && length <= bits;
    }

    private static bool IsAddress(string text, AddressFamily family)
    {
        // Platforms read less than four parts, octal ones, zones and brackets too; AWS does not.
        if (text.Length is 0 or > 45 || text.IndexOfAny(['%', '[', ' ', '/']) >= 0 || !IPAddress.TryParse(text, out var address)
            || address.AddressFamily != family)
            return false;
        return family != AddressFamily.InterNetwork
            || text.Split('.') is { Length: 4 } parts && parts.All(p => p.Length is > 0 and <= 3 && p.All(c => c is >= '0' and <= '9'));
    }
}
