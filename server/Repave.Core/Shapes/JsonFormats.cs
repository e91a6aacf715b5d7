using System.Globalization;

namespace Repave.Core.Shapes;

/// <summary>The formats of JSON Schema that say something about a text by themselves. Unknown formats are let pass.</summary>
public static class JsonFormats
{
    /// <summary>What is wrong with the text, or null.</summary>
    public static string? Check(string format, string value) => format switch
    {
        "date-time" => IsDateTime(value) ? null : "it must be a date and time such as 2026-01-31T12:00:00Z",
        "date" => DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null
            : "it must be a date such as 2026-01-31",
        "ipv4" => IsIPv4(value) ? null : "it must be an IPv4 address",
        "ipv6" => IsIPv6(value) ? null : "it must be an IPv6 address",
        "byte" => IsBase64(value) ? null : "it must be base64 (standard alphabet, padded)",
        "uuid" or "guid" => Guid.TryParse(value, out _) ? null : "it must be a UUID",
        "email" => value.IndexOf('@') is var at && at > 0 && at < value.Length - 1 ? null : "it must be an e-mail address",
        _ => null,
    };

    /// <summary>Whether the text is an RFC 3339 date and time.</summary>
    public static bool IsDateTime(string value) =>
        value.Length >= 20 && (value[10] is 'T' or 't') && ((value[value.Length - 1] is 'Z' or 'z') || value[value.Length - 3] == ':')
        && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Whether the text is four decimal numbers up to 255 without leading zeros.</summary>
    public static bool IsIPv4(string value)
    {
        var parts = value.Split('.');
        return parts.Length == 4 && parts.All(p => p.Length is > 0 and <= 3 && p.All(c => c is >= '0' and <= '9')
            && (p.Length == 1 || p[0] != '0') && int.Parse(p, CultureInfo.InvariantCulture) <= 255);
    }

    /// <summary>Whether the text is an IPv6 address.</summary>
    public static bool IsIPv6(string value) =>
        value.Contains(':') && !value.Contains('%') && !value.Contains('/')
        && value.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or ':' or '.')
        && System.Net.IPAddress.TryParse(value, out _);

    /// <summary>Whether the text is base64 in the standard alphabet with padding; line breaks are let pass, as Go's decoder does.</summary>
    public static bool IsBase64(string value)
    {
        var count = 0;
        var padding = 0;
        foreach (var c in value)
        {
            if (c is '\r' or '\n')
                continue;
            if (c == '=')
                padding++;
            else if (padding > 0 || !(c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/'))
                return false;
            count++;
        }

        return count % 4 == 0 && padding <= 2;
    }
}
