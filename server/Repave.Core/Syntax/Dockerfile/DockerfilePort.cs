using System.Globalization;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>A port of EXPOSE in its parts: <c>8080</c>, <c>8000-8010/udp</c>, and as it was once allowed
/// <c>127.0.0.1:80:8080</c>.</summary>
/// <param name="HasHost">Whether an address or a port of the host stands before it.</param>
/// <param name="Protocol">The protocol as it is written; empty if none is.</param>
/// <param name="Error">Why a build refuses it; null if it does not.</param>
public readonly record struct DockerfilePort(bool HasHost, string Protocol, string? Error)
{
    private const int Largest = 65_535;

    /// <summary>Takes a port apart.</summary>
    public static DockerfilePort Read(string text)
    {
        var colon = text.LastIndexOf(':');
        var own = text.Substring(colon + 1);
        var slash = own.IndexOf('/');
        var protocol = slash < 0 ? "" : own.Substring(slash + 1);
        var port = slash < 0 ? own : own.Substring(0, slash);
        return new DockerfilePort(colon >= 0, protocol, ErrorOf(port, slash >= 0 ? protocol : "tcp", text));
    }

    private static string? ErrorOf(string port, string protocol, string text)
    {
        if (port.Length == 0)
            return $"A port is missing in '{DockerfileParser.Short(text)}'.";
        if (protocol.Length > 0 && protocol.ToLowerInvariant() is not ("tcp" or "udp" or "sctp"))
            return $"There is no protocol '{DockerfileParser.Short(protocol)}': write tcp, udp or sctp.";
        var dash = port.IndexOf('-');
        var first = NumberOf(dash < 0 ? port : port.Substring(0, dash));
        var last = dash < 0 ? first : NumberOf(port.Substring(dash + 1));
        return first is null || last is null ? $"'{DockerfileParser.Short(port)}' is not a port: ports are numbers from 0 to {Largest}."
            : last < first ? $"'{DockerfileParser.Short(port)}' ends before it begins." : null;
    }

    private static int? NumberOf(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= Largest
            ? number : null;
}
