using Repave.Core.Text;

namespace Repave.Core.Dialects.Ignition;

/// <summary>Where Ignition fetches from: validateURL (config/v3_*/types/url.go), with the data URLs that its library decodes.</summary>
internal static class SourceUrl
{
    private static readonly string[] Schemes = ["http", "https", "tftp", "s3", "data"];

    private static readonly BoundedRegex BadEscape = BoundedRegex.TryCreate("%(?![0-9A-Fa-f]{2})")!;

    /// <summary>Why Ignition refuses an address; null if it does not.</summary>
    /// <param name="url">The address.</param>
    /// <param name="version">The version of Ignition's configs.</param>
    public static string? Problem(string url, Version version)
    {
        var colon = url.IndexOf(':');
        var scheme = colon < 0 ? "" : url.Substring(0, colon).ToLowerInvariant();
        if (Array.IndexOf(Schemes, scheme) < 0 && !(scheme == "gs" && version >= new Version(3, 1))
            && !(scheme == "arn" && version >= new Version(3, 4)))
            return "Ignition fetches from addresses of http, https, tftp, s3 and gs, and takes data: with the contents themselves.";
        return scheme == "data" ? DataProblem(url.Substring(colon + 1)) : null;
    }

    private static string? DataProblem(string data)
    {
        var comma = data.IndexOf(',');
        if (comma < 0)
            return "What comes before the contents of a data URL ends with a comma: 'data:,contents'.";
        var contents = data.Substring(comma + 1);
        if (data.Substring(0, comma).EndsWith(";base64", StringComparison.Ordinal))
        {
            var plain = contents.IndexOf('%') < 0 ? contents : Uri.UnescapeDataString(contents);
            return IsBase64(plain) ? null : "The contents of this data URL are not base64.";
        }

        return contents.Any(static c => c > '\x7f') ? "The contents of a data URL are written in ASCII, everything else as %XX."
            : BadEscape.Matches(contents) ? "A percent sign in a data URL is written as %25." : null;
    }

    private static bool IsBase64(string text)
    {
        try
        {
            _ = Convert.FromBase64String(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
