using System.Globalization;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>Numbers of workloads as their controllers read them.</summary>
internal static class WorkloadBounds
{
    private const int Most = 1_000_000;

    /// <summary>A number or a share (<c>25%</c>) of a total; null if it is neither.</summary>
    public static int? Share(Node? node, int total, bool up, string standard)
    {
        var text = node is ScalarNode { IsNull: false } scalar ? scalar.Value : standard;
        if (!text.EndsWith('%'))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number <= Most
                ? number : null;
        if (!int.TryParse(text.Substring(0, text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent)
            || percent is < 0 or > Most)
            return null;
        var share = (long)total * percent;
        return (int)Math.Min(Most, up ? (share + 99) / 100 : share / 100);
    }

    /// <summary>A whole number; the standard if there is none.</summary>
    public static int Number(Node? node, int standard) =>
        node is ScalarNode { IsNull: false } scalar && scalar.Integer is { } number and >= -Most and <= Most ? (int)number : standard;

    /// <summary>A duration in seconds, as a number or as Go writes it (<c>1h30m</c>); null if it is neither.</summary>
    public static double? Seconds(Node? node)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return null;
        if (double.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds;
        return Helm.GoDuration.Parse(scalar.Value) is { } nanoseconds ? nanoseconds / 1e9 : null;
    }
}
