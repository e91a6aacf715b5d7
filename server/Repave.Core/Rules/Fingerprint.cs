using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Repave.Core.Rules;

/// <summary>Names findings so that the same finding has the same name after lines have moved: by rule, file, resource and field, and by
/// their order where these are equal.</summary>
public static class Fingerprint
{
    /// <summary>The fingerprints of findings, in their order: 32 hexadecimal digits each.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Finding> findings)
    {
        using var sha = SHA256.Create();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var fingerprints = new string[findings.Count];
        for (var i = 0; i < findings.Count; i++)
        {
            var identity = Identity(findings[i]);
            seen.TryGetValue(identity, out var before);
            seen[identity] = before + 1;
            fingerprints[i] = Hash(sha, $"{identity}\n{before.ToString(CultureInfo.InvariantCulture)}");
        }

        return fingerprints;
    }

    private static string Identity(Finding finding)
    {
        var text = finding.Manifest.Source.Text;
        // Where there is no field, the line's own words tell one place from another.
        var place = finding.Path.Length > 0 ? finding.Path : text.LineText(finding.Range.Start.Line).Trim();
        return string.Join("\n", finding.Rule.Id, finding.Manifest.Path, finding.Resource?.Id.ToString() ?? "", place);
    }

    private static string Hash(SHA256 sha, string text)
    {
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        var digits = new StringBuilder(32);
        for (var i = 0; i < 16; i++)
            digits.Append(hash[i].ToString("x2", CultureInfo.InvariantCulture));
        return digits.ToString();
    }
}
