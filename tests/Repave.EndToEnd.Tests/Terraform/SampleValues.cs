using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Pairs of values for arguments: what their names suggest first, then whatever a provider might take.</summary>
internal static class SampleValues
{
    private const string Role = "arn:aws:iam::123456789012:role/";
    private const string Policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\","
        + "\"Resource\":\"*\",\"Sid\":\"ONE\"}]}";
    private const string Trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
        + "\"Principal\":{\"Service\":\"ONE.amazonaws.com\"}}]}";

    // A part of an argument's name, and a pair that suits it.
    private static readonly (string Part, string First, string Second)[] Named =
    [
        ("assume_role_policy", Trust.Replace("ONE", "ec2"), Trust.Replace("ONE", "ecs")),
        ("container_definitions", "[{\"name\":\"a\",\"image\":\"nginx:1\",\"memory\":128,\"essential\":true}]",
            "[{\"name\":\"a\",\"image\":\"nginx:2\",\"memory\":128,\"essential\":true}]"),
        ("policy", Policy.Replace("ONE", "First"), Policy.Replace("ONE", "Second")),
        ("kms_key", "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111",
            "arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222"),
        ("role", Role + "one", Role + "two"),
        ("topic_arn", "arn:aws:sns:us-east-1:123456789012:one", "arn:aws:sns:us-east-1:123456789012:two"),
        ("arn", "arn:aws:sqs:us-east-1:123456789012:one", "arn:aws:sqs:us-east-1:123456789012:two"),
        ("ipv6_cidr", "2001:db8:1::/56", "2001:db8:2::/56"),
        ("cidr", "10.1.0.0/16", "10.2.0.0/16"),
        ("subnet", "subnet-11111111", "subnet-22222222"),
        ("vpc_id", "vpc-11111111", "vpc-22222222"),
        ("security_group", "sg-11111111", "sg-22222222"),
        ("instance_id", "i-11111111", "i-22222222"),
        ("image_id", "ami-11111111", "ami-22222222"),
        ("ami", "ami-11111111", "ami-22222222"),
        ("availability_zone", "us-east-1a", "us-east-1b"),
        ("region", "us-east-1", "us-west-2"),
        ("account", "111111111111", "222222222222"),
        ("email", "one@example.com", "two@example.com"),
        ("url", "https://one.example.com/a", "https://two.example.com/b"),
        ("endpoint", "https://one.example.com", "https://two.example.com"),
        ("domain", "one.example.com", "two.example.com"),
        ("schedule", "rate(1 hour)", "rate(2 hours)"),
        ("maintenance_window", "sun:05:00-sun:06:00", "mon:05:00-mon:06:00"),
        ("window", "05:00-06:00", "07:00-08:00"),
        ("description", "The first one", "The second one"),
        ("instance_type", "t3.micro", "m5.large"),
        ("instance_class", "db.t3.micro", "db.m5.large"),
        ("node_type", "cache.t3.micro", "cache.m5.large"),
        ("name", "orders-one", "orders-two"),
    ];

    private static readonly (string First, string Second)[] Texts =
    [
        ("one", "two"), ("Orders", "Events"), (Role + "one", Role + "two"),
            (Policy.Replace("ONE", "First"), Policy.Replace("ONE", "Second")),
        ("10.1.0.0/16", "10.2.0.0/16"), ("10.1.2.3", "10.2.3.4"), ("2031-02-03T04:05:06Z", "2032-02-03T04:05:06Z"), ("5", "6"),
        ("111111111111", "222222222222"), ("https://one.example.com", "https://two.example.com"), ("one_a", "two_b"), ("ONE", "TWO"),
        ("one@example.com", "two@example.com"), ("rate(1 hour)", "rate(2 hours)"), ("05:00-06:00", "07:00-08:00"),
        ("sun:05:00-sun:06:00", "mon:05:00-mon:06:00"), ("5m", "6m"), ("b25l", "dHdv"), ("true", "false"), ("/one", "/two"), ("1.1", "1.2"),
        ("11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"), ("one.example.com", "two.example.com"),
        ("us-east-1", "us-west-2"), ("P1D", "P2D"), ("[]", "[1]"), ("111111111111111111111111", "222222222222222222222222"),
        ("2031-02-03", "2032-02-03"), ("one/a", "two/b"), ("vpc-11111111", "vpc-22222222"),
    ];

    private static readonly (long First, long Second)[] Numbers =
        [(1, 2), (3, 4), (30, 31), (60, 120), (400, 500), (1024, 2048), (3600, 7200), (64512, 64513), (86400, 172800), (0, 1)];

    /// <summary>The first or second value of a pair; null where there are no more pairs.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="member">The argument.</param>
    /// <param name="type">Its type.</param>
    /// <param name="pair">Which pair.</param>
    /// <param name="isSecond">Which of the two.</param>
    public static object? Of(string name, SchemaMember member, SchemaType type, int pair, bool isSecond)
    {
        switch (type.Kind)
        {
            case SchemaTypeKind.Bool:
                return pair > 0 ? null : isSecond;
            case SchemaTypeKind.Number:
                if (member.Minimum is { } least && pair == 0)
                    return (long)least + (isSecond ? 1 : 0);
                if (member.Maximum is { } most && pair == 0)
                    return (long)most - (isSecond ? 1 : 0);
                return pair >= Numbers.Length ? null : isSecond ? Numbers[pair].Second : Numbers[pair].First;
            case SchemaTypeKind.String:
                if (member.Enum is { Count: > 1 } values)
                    return pair + 1 >= values.Count ? null : values[isSecond ? pair + 1 : pair];
                if (member.Enum is { Count: 1 } only)
                    return pair > 0 || isSecond ? null : only[0];
                var suited = Named.Where(n => name.Contains(n.Part, StringComparison.Ordinal)).Select(n =>
                    (n.First, n.Second)).Take(2).ToList();
                var at = pair - suited.Count;
                var (first, second) = at < 0 ? suited[pair] : at < Texts.Length ? Texts[at] : default;
                return isSecond ? second : first;
            case SchemaTypeKind.List or SchemaTypeKind.Set:
                return Of(name, member, type.Element!, pair, isSecond) is { } item ? new List<object?> { item } : null;
            case SchemaTypeKind.Map:
                return Of(name, member, type.Element!, pair, isSecond) is { } entry
                    ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = entry } : null;
            case SchemaTypeKind.Object:
                var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, inner) in type.Attributes)
                {
                    if (Of(key, member, inner, pair, isSecond) is not { } value)
                        return null;
                    attributes[key] = value;
                }

                return attributes;
            default:
                return null;
        }
    }
}
