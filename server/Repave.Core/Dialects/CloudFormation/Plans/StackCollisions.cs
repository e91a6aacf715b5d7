using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Warns where something is made while another of the same identity is there: CloudFormation makes first and deletes when
/// everything is made.</summary>
internal static class StackCollisions
{
    private const string Subnet = "AWS::EC2::Subnet";

    /// <summary>Adds the warnings.</summary>
    public static void Warn(IReadOnlyList<ResourceChange> changes, TemplateValues then, TemplateValues now)
    {
        // What is deleted stays until all is made, and what is kept stays longer.
        var going = new Dictionary<string, ResourceChange>(StringComparer.Ordinal);
        foreach (var change in changes.Where(c => c.Action == PlanAction.Delete))
        {
            foreach (var key in KeysOf((CloudFormationResource)change.Baseline!, then))
                going[key] = change;
        }

        var made = new HashSet<string>(changes.Where(c => c.Action is PlanAction.Create or PlanAction.Replace).Select(c => c.Id.Name));
        foreach (var change in changes.Where(c => c.Action == PlanAction.Create && c.Desired is not null && c.Baseline is null))
        {
            var resource = (CloudFormationResource)change.Desired!;
            foreach (var key in KeysOf(resource, now))
            {
                if (!going.TryGetValue(key, out var old) || DependsOnNew(resource, made, now))
                    continue;
                change.Warn(PlanWarningKind.Refused,
                    $"'{old.Id.Name}' has the same name, and is deleted only when '{change.Id.Name}' is made: "
                    + "CloudFormation fails because it exists already. Keep the logical id, give it another name, or go by two updates.",
                    old.Id);
                break;
            }
        }

        WarnOfRanges(changes, then, now);
    }

    private static IEnumerable<string> KeysOf(CloudFormationResource resource, TemplateValues values)
    {
        foreach (var names in PhysicalIdentities.Of(resource.Type))
        {
            if (PhysicalIdentities.ValueOf(names, resource.Properties, values) is { } value)
                yield return $"{resource.Type}\n{string.Join(",", names)}\n{value}";
        }
    }

    // What belongs to something new has no other beside it.
    private static bool DependsOnNew(CloudFormationResource resource, HashSet<string> made, TemplateValues now)
    {
        foreach (var names in PhysicalIdentities.Of(resource.Type))
        {
            foreach (var name in names)
            {
                if (TemplateReference.In(resource.Properties?.Find(name.TrimEnd('?'))?.Value, now.Template.Document.Text)
                    .Any(r => made.Contains(r.Name)))
                    return true;
            }
        }

        return false;
    }

    // Subnets of one network share no address.
    private static void WarnOfRanges(IReadOnlyList<ResourceChange> changes, TemplateValues then, TemplateValues now)
    {
        var old = changes.Where(c => c.Action is PlanAction.Delete or PlanAction.Replace && c.Baseline
            is CloudFormationResource { Type: Subnet })
            .ToList();
        var news = changes.Where(c => c.Action is PlanAction.Create or PlanAction.Replace && c.Desired
            is CloudFormationResource { Type: Subnet })
            .ToList();
        if (old.Count == 0 || old.Count * (long)news.Count > 10_000)
            return;
        var replaced = new HashSet<string>(changes.Where(c => c.Action is PlanAction.Create or PlanAction.Replace).Select(c => c.Id.Name));
        foreach (var change in news)
        {
            var resource = (CloudFormationResource)change.Desired!;
            if (TemplateReference.In(resource.Properties?.Find("VpcId")?.Value, now.Template.Document.Text)
                .Any(r => replaced.Contains(r.Name)))
                continue;
            var (network, range) = Of(resource, now);
            foreach (var other in old)
            {
                var (otherNetwork, otherRange) = Of((CloudFormationResource)other.Baseline!, then);
                // The same range is said with the identity.
                if (network != otherNetwork || range is null || otherRange is null || range == otherRange || !Overlap(range, otherRange))
                    continue;
                change.Warn(PlanWarningKind.Refused, $"The range {range} of '{change.Id.Name}' overlaps {otherRange} of the "
                    + $"{(other == change ? "old one" : $"subnet '{other.Id.Name}'")}, which is there until the new one "
                    + "is made: EC2 refuses it.",
                    other.Id);
            }
        }
    }

    private static (string? Network, string? Range) Of(CloudFormationResource subnet, TemplateValues values) =>
        (subnet.Properties?["VpcId"] is { } network ? values.Text(network) : null,
            subnet.Properties?["CidrBlock"] is { } range ? values.Text(range) : null);

    private static bool Overlap(string left, string right) =>
        RangeOf(left) is { } a && RangeOf(right) is { } b && a.First <= b.Last && b.First <= a.Last;

    private static (long First, long Last)? RangeOf(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || !int.TryParse(text.Substring(slash + 1), out var bits) || bits is < 0 or > 32)
            return null;
        var parts = text.Substring(0, slash).Split('.');
        if (parts.Length != 4)
            return null;
        long address = 0;
        foreach (var part in parts)
        {
            if (!byte.TryParse(part, out var value))
                return null;
            address = (address << 8) | value;
        }

        var size = 1L << (32 - bits);
        var first = address / size * size;
        return (first, first + size - 1);
    }
}
