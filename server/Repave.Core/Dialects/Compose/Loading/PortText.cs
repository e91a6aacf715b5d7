using System.Globalization;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>The short form of a published port: <c>address:host:container/protocol</c>, each of the two a port or a range.</summary>
internal static class PortText
{
    // Longer ranges are written out by nobody, and would cost a machine's memory.
    private const int MaxPorts = 65_536;

    /// <summary>The ports in their long form; null where the text is none.</summary>
    public static List<ComposeValue>? TryParse(string text, ValuePlace? place, out string problem)
    {
        problem = "";
        var parts = text.Split(':');
        var container = parts[parts.Length - 1];
        var host = parts.Length > 1 ? parts[parts.Length - 2] : "";
        var address = parts.Length > 2 ? string.Join(":", parts.Take(parts.Length - 2)) : "";
        if (address.Length > 1 && address[0] == '[' && address[address.Length - 1] == ']')
            address = address.Substring(1, address.Length - 2);
        if (address.Length > 0 && !IsAddress(address))
        {
            problem = $"'{address}' is not an IP address";
            return null;
        }

        var protocol = "tcp";
        if (container.IndexOf('/') is var slash and >= 0)
        {
            protocol = container.Substring(slash + 1) is { Length: > 0 } named ? named : "tcp";
            container = container.Substring(0, slash);
        }

        if (container.Length == 0)
        {
            problem = "no port of the container is named";
            return null;
        }

        if (Range(container) is not var (first, last))
        {
            problem = $"'{container}' is not a port";
            return null;
        }

        (int First, int Last)? published = host.Length == 0 ? null : Range(host);
        if (host.Length > 0 && published is null)
        {
            problem = $"'{host}' is not a port";
            return null;
        }

        if (published is { } range && range.Last - range.First != last - first && first != last)
        {
            problem = "the two ranges are not equally long";
            return null;
        }

        if (protocol.ToLowerInvariant() is not ("tcp" or "udp" or "sctp"))
        {
            problem = $"'{protocol}' is not a protocol";
            return null;
        }

        var ports = new List<(string Key, ComposeValue Port)>();
        for (var i = 0; i <= Math.Min(last - first, MaxPorts); i++)
        {
            var port = ComposeValue.Map(place);
            port.Set("mode", ComposeValue.Of("ingress"));
            if (address.Length > 0)
                port.Set("host_ip", ComposeValue.Of(address, place));
            port.Set("target", ComposeValue.Of((long)first + i, place));
            if (published is { } hosts)
                port.Set("published", ComposeValue.Of(first == last && hosts.First != hosts.Last ? $"{hosts.First}-{hosts.Last}"
                    : (hosts.First + i).ToString(CultureInfo.InvariantCulture), place));
            port.Set("protocol", ComposeValue.Of(protocol.ToLowerInvariant()));
            ports.Add(($"{first + i}/{protocol}", port));
        }

        return [.. ports.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Port)];
    }

    /// <summary>Whether a text is an IP address.</summary>
    public static bool IsAddress(string text) => System.Net.IPAddress.TryParse(text, out var address)
        && (text.IndexOf(':') >= 0 || text.Split('.').Length == 4) && address is not null;

    private static (int First, int Last)? Range(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 2 || Port(parts[0]) is not { } first || Port(parts[parts.Length - 1]) is not { } last || last < first)
            return null;
        return (first, last);
    }

    private static int? Port(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
