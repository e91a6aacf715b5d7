using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>What a changed property does once the resource's UpdatePolicy is read. The facts are AWS's reference of that attribute,
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html.</summary>
internal static class UpdatePolicies
{
    private const string Group = "AWS::AutoScaling::AutoScalingGroup";

    // The properties whose change the policies of a group act on.
    private static readonly HashSet<string> OfGroup = new(StringComparer.Ordinal)
    {
        "LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy", "PlacementGroup", "VPCZoneIdentifier",
    };

    /// <summary>An effect, and why it is that one.</summary>
    internal readonly record struct Verdict(Effect Effect, Certainty Certainty, string Why, bool KeepsInstances = false);

    /// <summary>What the policy makes of a property's change; null where it has no say.</summary>
    /// <param name="resource">The resource as it will be: the new policy counts.</param>
    /// <param name="property">The property.</param>
    /// <param name="values">The template's values.</param>
    public static Verdict? Of(CloudFormationResource resource, string property, TemplateValues values) => resource.Type switch
    {
        Group when OfGroup.Contains(property) => OfInstances(resource, values),
        "AWS::OpenSearchService::Domain" when property == "EngineVersion" => Switched(resource, values, "EnableVersionUpgrade"),
        "AWS::Elasticsearch::Domain" when property == "ElasticsearchVersion" => Switched(resource, values, "EnableVersionUpgrade"),
        "AWS::ElastiCache::ReplicationGroup" when property is "NumNodeGroups" or "NodeGroupConfiguration" =>
            Switched(resource, values, "UseOnlineResharding"),
        _ => null,
    };

    // Where both policies stand, the replacing one wins if it says WillReplace.
    private static Verdict OfInstances(CloudFormationResource resource, TemplateValues values)
    {
        var policy = resource.Root["UpdatePolicy"];
        var rolls = IsThere(policy, "AutoScalingRollingUpdate", values);
        var rest = rolls ? new Verdict(Effect.Rolls, Certainty.Certain, UpdateBehaviour.WhyOf((Effect.Rolls, Certainty.Certain)))
            : new Verdict(Effect.InPlace, Certainty.Certain, UpdateBehaviour.WhyOf((Effect.InPlace, Certainty.Certain)),
                KeepsInstances: true);
        return SwitchOf(values.Reduce(policy).Node, "AutoScalingReplacingUpdate", "WillReplace", values) switch
        {
            true => new(Effect.Replaces, Certainty.Certain, "WillReplace in its UpdatePolicy makes a new group"),
            false => rest,
            null => new(Effect.Replaces, Certainty.Conditional, "the group is replaced if WillReplace in its UpdatePolicy is true"),
        };
    }

    private static Verdict Switched(CloudFormationResource resource, TemplateValues values, string name) =>
        SwitchOf(resource, null, name, values) switch
        {
            true => new(Effect.InPlace, Certainty.Certain, $"{name} in its UpdatePolicy lets it be updated in place"),
            false => new(Effect.Replaces, Certainty.Certain, $"without {name} in its UpdatePolicy it is replaced"),
            null => new(Effect.Replaces, Certainty.Conditional, $"it is replaced unless {name} in its UpdatePolicy is true"),
        };

    private static bool? SwitchOf(CloudFormationResource resource, string? policy, string name, TemplateValues values) =>
        SwitchOf(values.Reduce(resource.Root["UpdatePolicy"]).Node, policy, name, values);

    private static bool? SwitchOf(Node? policies, string? policy, string name, TemplateValues values)
    {
        var holder = policy is null ? policies : values.Reduce(policies?[policy]).Node;
        var text = holder?[name] is { } value ? values.Text(value) : "";
        return bool.TryParse(text, out var isOn) ? isOn : text.Contains('<') ? null : false;
    }

    private static bool IsThere(Node? policies, string name, TemplateValues values) =>
        values.Reduce(values.Reduce(policies).Node?[name]) is not (null, null);
}
