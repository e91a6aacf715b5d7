using System.Globalization;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The grammars of names and values that API servers check. Each method says what is wrong with a text, or null.</summary>
public static class KubernetesFormats
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>Checks a text against a format of the schema packs; formats it does not know are let pass.</summary>
    public static string? Check(string format, string value) => Placeholders.IsMarked(value) ? null : CheckText(format, value);

    private static string? CheckText(string format, string value) => format switch
    {
        "quantity" => Quantity.TryParse(value, out _) ? null
            : "it must be a quantity: a number with a unit such as m, k, M, G, Ki, Mi or Gi, or none",
        "byte" => JsonFormats.IsBase64(value) ? null : "it must be base64",
        "date-time" => JsonFormats.IsDateTime(value) ? null : "it must be a date and time such as 2026-01-31T12:00:00Z",
        "dns-label" => DnsLabel(value),
        "dns-label-1035" => DnsLabel1035(value),
        "dns-subdomain" => DnsSubdomain(value),
        "dns-search" => DnsSearch(value),
        "label-key" => LabelKey(value),
        "annotation-key" or "qualified-name-any-case" => LabelKey(value.ToLowerInvariant()),
        "label-value" => LabelValue(value),
        "port" => Port(value),
        // Nothing, and 0, mean the port that is reached.
        "target-port" => value is "" or "0" ? null : Port(value),
        "path-segment" => PathSegment(value),
        "port-name" => PortName(value),
        "env-name" => EnvName(value),
        "config-key" => ConfigKey(value),
        "ip" => JsonFormats.IsIPv4(value) || JsonFormats.IsIPv6(value) ? null : "it must be an IP address",
        "cidr" => Cidr(value),
        "http-header" => value.All(c => IsAlphanumeric(c) || c == '-') ? null : "a header's name has letters, digits and '-' only",
        "sysctl" => value.Length is > 0 and <= 253 && value.All(c => IsLowerAlphanumeric(c) || c is '.' or '/' or '-' or '_') ? null
            : "it must be the name of a sysctl in lower case",
        "cron" => CronSchedule.Check(value),
        "time-zone" =>
            TimeZoneNames.Contains(value) ? null : "it must be a time zone of the IANA database such as Europe/Berlin or Etc/UTC",
        "ingress-host" => IngressHost(value),
        "domain-path" => DomainPath(value),
        "csi-driver" => value.Length <= MaxLabel ? DnsSubdomain(value.ToLowerInvariant()) : $"it may have at most {MaxLabel} characters",
        "webhook-name" =>
            DnsSubdomain(value) ?? (value.Split('.').Length >= 3 ? null : "it must be a domain name with at least three parts"),
        "kind-name" => DnsLabel1035(value.ToLowerInvariant()),
        "cel" => Cel.CelParser.Check(value),
        "cel-self" => Cel.CelParser.Check(value, ["self", "oldSelf"]),
        _ => null,
    };

    /// <summary>RFC 1123 label: what most names inside objects are.</summary>
    public static string? DnsLabel(string value)
    {
        if (value.Length > MaxLabel)
            return $"it may have at most {MaxLabel} characters";
        return IsLabel(value) ? null : "it must have lower-case letters, digits and '-' only, and begin and end with a letter or digit";
    }

    /// <summary>RFC 1035 label: as <see cref="DnsLabel"/>, and begins with a letter.</summary>
    public static string? DnsLabel1035(string value)
    {
        if (value.Length > MaxLabel)
            return $"it may have at most {MaxLabel} characters";
        return IsLabel(value) && value[0] is >= 'a' and <= 'z' ? null
            : "it must have lower-case letters, digits and '-' only, begin with a letter and end with a letter or digit";
    }

    /// <summary>RFC 1123 subdomain: what most objects' names are.</summary>
    public static string? DnsSubdomain(string value)
    {
        if (value.Length > MaxSubdomain)
            return $"it may have at most {MaxSubdomain} characters";
        return value.Split('.').All(IsLabel) ? null
            : "it must have lower-case letters, digits, '-' and '.' only, and begin and end with a letter or digit";
    }

    /// <summary>A label's key: an optional domain and a slash, then a name of up to 63 characters.</summary>
    public static string? LabelKey(string value)
    {
        var slash = value.IndexOf('/');
        var name = value.Substring(slash + 1);
        if (slash == 0 || name.Contains('/'))
            return "it must be a name, or a domain, one '/' and a name";
        if (slash > 0 && DnsSubdomain(value.Substring(0, slash)) is { } reason)
            return "before the '/' " + reason;
        if (name.Length is 0 or > MaxLabel)
            return $"its name must have 1 to {MaxLabel} characters";
        return IsQualified(name) ? null
            : "its name must have letters, digits, '-', '_' and '.' only, and begin and end with a letter or digit";
    }

    /// <summary>A label's value: empty, or up to 63 characters.</summary>
    public static string? LabelValue(string value)
    {
        if (value.Length > MaxLabel)
            return $"it may have at most {MaxLabel} characters";
        return value.Length == 0 || IsQualified(value) ? null
            : "it must have letters, digits, '-', '_' and '.' only, and begin and end with a letter or digit";
    }

    /// <summary>A name that becomes a part of an address: anything but '.', '..', '/' and '%'.</summary>
    public static string? PathSegment(string value)
    {
        if (value is "." or "..")
            return "it may not be '.' or '..'";
        return value.Contains('/') || value.Contains('%') ? "it may not contain '/' or '%'" : null;
    }

    private static string? DnsSearch(string value)
    {
        var name = value.EndsWith('.') ? value.Substring(0, value.Length - 1) : value;
        return name.Length == 0 ? null : DnsSubdomain(name.Replace('_', 'a'));
    }

    private static string? Port(string value)
    {
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number is >= 1 and <= 65535 ? null : "a port's number is between 1 and 65535";
        return PortName(value);
    }

    private static string? PortName(string value)
    {
        if (value.Length is 0 or > 15)
            return "a port's name has 1 to 15 characters";
        if (!value.All(c => IsLowerAlphanumeric(c) || c == '-') || value[0] == '-' || value.EndsWith('-')
            || value.Contains("--", StringComparison.Ordinal))
            return "a port's name has lower-case letters, digits and single '-' inside only";
        return value.Any(c => c is >= 'a' and <= 'z') ? null : "a port's name has at least one letter";
    }

    private static string? EnvName(string value) =>
        value.All(c => c is >= ' ' and <= '~' and not '=') ? null : "a variable's name has printable ASCII characters other than '=' only";

    private static string? ConfigKey(string value)
    {
        if (value.Length is 0 or > MaxSubdomain)
            return $"it must have 1 to {MaxSubdomain} characters";
        if (value is "." || value.StartsWith("..", StringComparison.Ordinal))
            return "it may not be '.' or begin with '..'";
        return value.All(c => IsAlphanumeric(c) || c is '-' or '_' or '.') ? null : "it must have letters, digits, '-', '_' and '.' only";
    }

    private static string? Cidr(string value)
    {
        const string message = "it must be an address range such as 10.0.0.0/8";
        var slash = value.IndexOf('/');
        if (slash < 0 || !int.TryParse(value.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
            return message;
        var address = value.Substring(0, slash);
        if (JsonFormats.IsIPv4(address))
            return bits <= 32 ? null : message;
        return JsonFormats.IsIPv6(address) && bits <= 128 ? null : message;
    }

    private static string? IngressHost(string value)
    {
        if (JsonFormats.IsIPv4(value) || JsonFormats.IsIPv6(value))
            return "it must be a host name, not an address";
        return value.StartsWith("*.", StringComparison.Ordinal) ? DnsSubdomain(value.Substring(2)) : DnsSubdomain(value);
    }

    private static string? DomainPath(string value)
    {
        var slash = value.IndexOf('/');
        if (slash <= 0 || slash == value.Length - 1)
            return "it must be a domain, '/' and a path";
        return DnsSubdomain(value.Substring(0, slash)) is { } reason ? "before the '/' " + reason : null;
    }

    private static bool IsLabel(string value)
    {
        if (value.Length == 0 || value[0] == '-' || value.EndsWith('-'))
            return false;
        foreach (var c in value)
        {
            if (!IsLowerAlphanumeric(c) && c != '-')
                return false;
        }

        return true;
    }

    private static bool IsQualified(string value)
    {
        if (value.Length == 0 || !IsAlphanumeric(value[0]) || !IsAlphanumeric(value[value.Length - 1]))
            return false;
        foreach (var c in value)
        {
            if (!IsAlphanumeric(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }

    private static bool IsLowerAlphanumeric(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    private static bool IsAlphanumeric(char c) => IsLowerAlphanumeric(c) || c is >= 'A' and <= 'Z';
}
