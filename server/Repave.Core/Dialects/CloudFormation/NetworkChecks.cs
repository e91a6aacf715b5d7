using System.Net;
using System.Net.Sockets;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What EC2 refuses of a template's networks together: subnets whose ranges overlap, subnets with two route tables.</summary>
internal sealed class NetworkChecks(Template template, FindingSink sink)
{
    private sealed record Place(string Name, Node At, IReadOnlyList<(string Condition, bool Value)> When, (uint First, uint Last) Range);

    public void Check()
    {
        if (template.HasMacros)
            return;
        CheckAssociations();
        CheckRanges();
    }

    private void CheckAssociations()
    {
        var seen = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        foreach (var (name, root, properties) in OfType("AWS::EC2::SubnetRouteTableAssociation"))
        {
            if (properties.Find("SubnetId") is not { } entry)
                continue;
            foreach (var scenario in Expressions.Scenarios(template, properties, ["SubnetId"], Expressions.ConditionsOf(root)))
            {
                if (Expressions.Under(entry.Value, scenario) is not { } subnet)
                    continue;
                Add(seen, Expressions.KeyOf(subnet), new Place(name, entry.Key, scenario, default));
            }
        }

        foreach (var places in seen.Values)
        {
            foreach (var place in places.GroupBy(p => p.Name).Select(g => g.First()))
            {
                if (places.Find(p => p.Name != place.Name && CanMeet(p, places.Where(q => q.Name == place.Name))) is { } other)
                    sink.Add(RefusedCombination.Instance, place.At.Span,
                        $"'{place.Name}' and '{other.Name}' give the same subnet a route table: a subnet has one.");
            }
        }
    }

    private void CheckRanges()
    {
        var seen = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        foreach (var (name, root, properties) in OfType("AWS::EC2::Subnet"))
        {
            if (properties["VpcId"] is not { } network || properties["CidrBlock"] is not ScalarNode block || Intrinsic.Of(block) is not null
                || RangeOf(block.Value) is not { } range)
                continue;
            Add(seen, Expressions.KeyOf(network), new Place(name, block, Expressions.ConditionsOf(root), range));
            if (NetworkOf(network) is { } whole && (range.First < whole.Range.First || range.Last > whole.Range.Last))
                sink.Add(RefusedCombination.Instance, ShapeValidator.Underline(block),
                    $"The range of '{name}' is not within {whole.Text}, the range of its network.");
        }

        foreach (var places in seen.Values)
        {
            // In the order of their beginnings each can only meet those before it that reach as far.
            var ordered = places.OrderBy(p => p.Range.First).ToList();
            for (var i = 1; i < ordered.Count; i++)
            {
                for (var j = i - 1; j >= 0 && i - j < 50; j--)
                {
                    if (ordered[j].Range.Last < ordered[i].Range.First || !CanMeet(ordered[i], [ordered[j]]))
                        continue;
                    foreach (var (one, other) in ((Place, Place)[])[(ordered[i], ordered[j]), (ordered[j], ordered[i])])
                        sink.Add(RefusedCombination.Instance, ShapeValidator.Underline(one.At),
                            $"The range of '{one.Name}' overlaps with that of '{other.Name}' in the same network.");
                    break;
                }
            }
        }
    }

    // The range of a network of this template that has no other.
    private ((uint First, uint Last) Range, string Text)? NetworkOf(Node reference)
    {
        if (Intrinsic.Of(reference) is not { Name: "Ref", Text: { } name } || OfType("AWS::EC2::VPCCidrBlock").Any()
            || !template.Resources.TryGetValue(name, out var entry) || entry.Value.Resolved is not MapNode root
            || root.TextAt("Type") != "AWS::EC2::VPC" || root["Properties"]?["CidrBlock"] is not ScalarNode block
            || Intrinsic.Of(block) is not null || RangeOf(block.Value) is not { } range)
            return null;
        return (range, block.Value);
    }

    private bool CanMeet(Place one, IEnumerable<Place> others) => others.Any(o => template.Logic.CanBe([.. one.When, .. o.When]));

    private IEnumerable<(string Name, MapNode Root, MapNode Properties)> OfType(string type)
    {
        foreach (var resource in template.Resources)
        {
            if (resource.Value.Value.Resolved is MapNode root && root.TextAt("Type") == type && root["Properties"] is MapNode properties
                && Intrinsic.Of(properties) is null)
                yield return (resource.Key, root, properties);
        }
    }

    private static void Add(Dictionary<string, List<Place>> seen, string key, Place place)
    {
        if (!seen.TryGetValue(key, out var places))
            seen[key] = places = [];
        places.Add(place);
    }

    private static (uint First, uint Last)? RangeOf(string block)
    {
        var slash = block.IndexOf('/');
        if (slash <= 0 || !int.TryParse(block.Substring(slash + 1), out var bits) || bits is < 0 or > 32
            || !IPAddress.TryParse(block.Substring(0, slash), out var address) || address.AddressFamily != AddressFamily.InterNetwork)
            return null;
        var bytes = address.GetAddressBytes();
        var size = bits == 0 ? uint.MaxValue : (1u << (32 - bits)) - 1;
        var first = ((uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3]) & ~size;
        return (first, first | size);
    }
}
