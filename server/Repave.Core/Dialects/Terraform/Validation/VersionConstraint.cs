using System.Globalization;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>What versions a configuration takes (<c>~&gt; 5.0, != 5.3.1</c>).</summary>
internal sealed class VersionConstraint
{
    private readonly List<(string Operator, int[] Version)> _parts;

    private VersionConstraint(List<(string, int[])> parts) => _parts = parts;

    /// <summary>Reads a constraint; null for what is none.</summary>
    public static VersionConstraint? Parse(string text)
    {
        var parts = new List<(string, int[])>();
        foreach (var part in text.Split(','))
        {
            var trimmed = part.Trim();
            var at = 0;
            while (at < trimmed.Length && trimmed[at] is '=' or '!' or '<' or '>' or '~')
                at++;
            var sign = trimmed.Substring(0, at);
            if (sign is not ("" or "=" or "!=" or "<" or "<=" or ">" or ">=" or "~>")
                || Numbers(trimmed.Substring(at).Trim()) is not { } version)
                return null;
            parts.Add((sign, version));
        }

        return new VersionConstraint(parts);
    }

    /// <summary>Whether a version is taken.</summary>
    public bool Takes(string version) => Numbers(version) is { } numbers && _parts.TrueForAll(p => Takes(p.Operator, p.Version, numbers));

    /// <summary>Whether it takes the next major version after one.</summary>
    public bool TakesAfter(string version) =>
        Numbers(version) is { Length: > 0 } numbers && _parts.TrueForAll(p => Takes(p.Operator, p.Version, [numbers[0] + 1, 0, 0]));

    /// <summary>The first number of the oldest version that it names as taken; null if it names none.</summary>
    public int? Oldest => _parts.Where(p => p.Operator is "" or "=" or ">" or ">=" or "~>").Select(p => (int?)p.Version[0]).Max();

    private static bool Takes(string sign, int[] wanted, int[] version)
    {
        var order = Compare(version, wanted);
        return sign switch
        {
            "" or "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            // All numbers but the last stay.
            _ => order >= 0 && version.Take(Math.Max(1, wanted.Length - 1)).SequenceEqual(wanted.Take(Math.Max(1, wanted.Length - 1))),
        };
    }

    private static int Compare(int[] left, int[] right)
    {
        for (var i = 0; i < 3; i++)
        {
            var order = (i < left.Length ? left[i] : 0).CompareTo(i < right.Length ? right[i] : 0);
            if (order != 0)
                return order;
        }

        return 0;
    }

    private static int[]? Numbers(string text)
    {
        var end = text.IndexOfAny(['-', '+']);
        var parts = (end < 0 ? text : text.Substring(0, end)).TrimStart('v').Split('.');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return numbers;
    }
}
