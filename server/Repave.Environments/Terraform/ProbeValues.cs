namespace Repave.Environments.Terraform;

/// <summary>Values for arguments of which only the type is known: pairs of different ones, the commonest grammars first.</summary>
internal static class ProbeValues
{
    public static readonly (string First, string Second)[] Texts =
    [
        ("repave-a", "repave-b"),
        ("arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/b"),
        ("{\"Version\":\"2012-10-17\",\"Id\":\"a\"}", "{\"Version\":\"2012-10-17\",\"Id\":\"b\"}"),
        ("10.0.0.0/16", "10.1.0.0/16"),
        ("10.0.0.1", "10.0.0.2"),
        ("2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"),
        ("1", "2"),
        ("123456789012", "210987654321"),
        ("https://a.example.com", "https://b.example.com"),
        ("repave_a", "repave_b"),
        ("a@example.com", "b@example.com"),
        ("10m", "20m"),
        ("true", "false"),
        ("YQ==", "Yg=="),
        ("03:00-04:00", "05:00-06:00"),
        ("mon:03:00-mon:04:00", "tue:03:00-tue:04:00"),
        ("rate(5 minutes)", "rate(6 minutes)"),
        ("12345678-1234-1234-1234-123456789012", "22345678-1234-1234-1234-123456789012"),
        ("2001:db8::/64", "2001:db9::/64"),
        ("/repave/a", "/repave/b"),
        ("[{\"name\":\"a\",\"image\":\"a\",\"memory\":128,\"essential\":true}]",
            "[{\"name\":\"b\",\"image\":\"a\",\"memory\":128,\"essential\":true}]"),
        ("vpc-12345678", "vpc-22345678"),
        ("us-east-1", "eu-west-1"),
        ("1.20", "1.21"),
        ("REPAVE_A", "REPAVE_B"),
        ("a.example.com", "b.example.com"),
        ("P1D", "P2D"),
        ("+14155550100", "+14155550101"),
    ];

    public static readonly (long First, long Second)[] Numbers =
        [(1, 2), (10, 20), (60, 120), (100, 200), (1024, 2048), (128, 256), (3600, 7200), (0, 1), (5, 7), (65000, 65001), (86400, 172800)];

    /// <summary>How many pairs there are for a type.</summary>
    public static int Count(string type) => type == "number" || type.EndsWith("(number)", StringComparison.Ordinal) ? Numbers.Length
        : Texts.Length;

    public static object? Of(string type, ProbeLeaf leaf, int variant)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return Scalar(type, leaf, variant);
        var inner = type[(open + 1)..^1];
        return type[..open] switch
        {
            "list" or "set" => new List<object?> { Of(inner, leaf, variant) },
            "map" => new Dictionary<string, object?>(StringComparer.Ordinal) { ["k"] = Of(inner, leaf, variant) },
            "object" => Attributes(inner).ToDictionary(a => a.Name, a => Of(a.Type, leaf, variant), StringComparer.Ordinal),
            _ => new List<object?>(),
        };
    }

    private static object? Scalar(string type, ProbeLeaf leaf, int variant)
    {
        switch (type)
        {
            case "bool":
                return variant == 1;
            case "number":
                if (leaf.Candidate == 0 && (leaf.Minimum ?? leaf.Maximum) is { } bound)
                    return bound + (leaf.Minimum is null ? -variant : variant);
                var numbers = Numbers[leaf.Candidate % Numbers.Length];
                return variant == 0 ? numbers.First : numbers.Second;
            case "string":
                if (leaf.Enum is { Count: > 0 } known)
                    return known[Math.Min(variant, known.Count - 1)];
                var texts = Texts[leaf.Candidate % Texts.Length];
                return variant == 0 ? texts.First : texts.Second;
            default:
                return null;
        }
    }

    /// <summary>The attributes of an object's type, between its braces.</summary>
    private static IEnumerable<(string Name, string Type)> Attributes(string braces)
    {
        var (depth, start) = (0, 1);
        for (var i = 1; i < braces.Length; i++)
        {
            depth += braces[i] is '(' or '{' ? 1 : braces[i] is ')' or '}' ? -1 : 0;
            if ((braces[i] == ',' && depth == 0) || i == braces.Length - 1)
            {
                var attribute = braces[start..i];
                var equals = attribute.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                    yield return (attribute[..equals], attribute[(equals + 1)..]);
                start = i + 1;
            }
        }
    }
}
