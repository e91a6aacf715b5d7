using System.Globalization;
using System.Numerics;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A version as Masterminds/semver reads it: with or without a leading v, and with fewer than three numbers too.</summary>
internal sealed class SemVer : IComparable<SemVer>
{
    private SemVer(ulong major, ulong minor, ulong patch, string prerelease, string metadata, string original)
    {
        (Major, Minor, Patch, Prerelease, Metadata, Original) = (major, minor, patch, prerelease, metadata, original);
    }

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    public string Prerelease { get; }

    public string Metadata { get; }

    public string Original { get; }

    /// <summary>Reads a version; null if it is none.</summary>
    public static SemVer? Parse(string text)
    {
        var rest = text.StartsWith('v') ? text.Substring(1) : text;
        if (rest.Length is 0 or > 256)
            return null;
        string metadata = "", prerelease = "";
        var plus = rest.IndexOf('+');
        if (plus >= 0)
        {
            (metadata, rest) = (rest.Substring(plus + 1), rest.Substring(0, plus));
            if (!AreIdentifiers(metadata))
                return null;
        }

        var dash = rest.IndexOf('-');
        if (dash >= 0)
        {
            (prerelease, rest) = (rest.Substring(dash + 1), rest.Substring(0, dash));
            if (!AreIdentifiers(prerelease) || prerelease.Split('.').Any(part => part.Length > 1 && part[0] == '0' && part.All(IsDigit)))
                return null;
        }

        var parts = rest.Split('.');
        if (parts.Length > 3)
            return null;
        var numbers = new ulong[3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0 || !parts[i].All(IsDigit)
                || !ulong.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new SemVer(numbers[0], numbers[1], numbers[2], prerelease, metadata, text);
    }

    /// <summary>A version of numbers.</summary>
    public static SemVer Of(ulong major, ulong minor, ulong patch, string prerelease = "") =>
        new(major, minor, patch, prerelease, "", $"{major}.{minor}.{patch}");

    /// <inheritdoc/>
    public int CompareTo(SemVer? other)
    {
        if (other is null)
            return 1;
        var order = Major.CompareTo(other.Major);
        order = order != 0 ? order : Minor.CompareTo(other.Minor);
        order = order != 0 ? order : Patch.CompareTo(other.Patch);
        if (order != 0 || Prerelease == other.Prerelease)
            return order;
        if (Prerelease.Length == 0 || other.Prerelease.Length == 0)
            return Prerelease.Length == 0 ? 1 : -1;
        var (one, two) = (Prerelease.Split('.'), other.Prerelease.Split('.'));
        for (var i = 0; i < Math.Max(one.Length, two.Length); i++)
        {
            if (i >= one.Length || i >= two.Length)
                return i >= one.Length ? -1 : 1;
            if (one[i] == two[i])
                continue;
            var (a, b) = (one[i].All(IsDigit), two[i].All(IsDigit));
            if (a && b)
            {
                return BigInteger.Parse(one[i], CultureInfo.InvariantCulture)
                    .CompareTo(BigInteger.Parse(two[i], CultureInfo.InvariantCulture));
            }

            return a ? -1 : b ? 1 : string.CompareOrdinal(one[i], two[i]);
        }

        return 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}.{Patch}" + (Prerelease.Length > 0 ? "-" + Prerelease : "")
        + (Metadata.Length > 0 ? "+" + Metadata : "");

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool AreIdentifiers(string text) => text.Length > 0 && text.Split('.').All(part => part.Length > 0
        && part.All(c => IsDigit(c) || c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-'));
}
