using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>What changing a property does, as AWS publishes it, and what the policies of a resource make of it.</summary>
internal static class UpdateBehaviour
{
    // Properties by which a resource gives new instances to those that it manages; from the documentation of UpdatePolicy and of the
    // ECS service.
    private static readonly Dictionary<string, string[]> Rolling = new(StringComparer.Ordinal)
    {
        ["AWS::AutoScaling::AutoScalingGroup"] = ["LaunchTemplate", "LaunchConfigurationName", "MixedInstancesPolicy", "PlacementGroup",
            "VPCZoneIdentifier"],
        ["AWS::ECS::Service"] = ["TaskDefinition", "ForceNewDeployment"],
    };

    /// <summary>Whether a resource is made by a provider of the author's own.</summary>
    public static bool IsCustom(string type) =>
        type == "AWS::CloudFormation::CustomResource" || type.StartsWith("Custom::", StringComparison.Ordinal);

    /// <summary>What is said of a change to a resource whose type AWS does not publish: of modules, and of types of the author's own. Null
    /// for
    /// types that are known.</summary>
    public static (Effect Effect, string Why)? OfUnknown(string type)
    {
        if (IsCustom(type) || CloudFormationSchemas.Instance.Has(type))
            return null;
        if (type.EndsWith("::MODULE", StringComparison.Ordinal))
            return (Effect.InPlace, "the module decides what becomes of its resources");
        return type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) ? null
            : (Effect.Replaces, "nothing is known of the type here, so it may be replaced");
    }

    /// <summary>Whether CloudFormation takes a snapshot of a resource without a DeletionPolicy when it deletes it.
    /// See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html.</summary>
    public static bool IsKeptAsSnapshot(CloudFormationResource resource) =>
        resource.Type == "AWS::RDS::DBCluster"
        || (resource.Type == "AWS::RDS::DBInstance" && resource.Properties?.Has("DBClusterIdentifier") != true);

    /// <summary>The fields that lead to a property's part, as far as the shape knows them.</summary>
    /// <param name="properties">The properties of the resource type.</param>
    /// <param name="path">The names of the fields; <c>[]</c> for an item of a list.</param>
    public static IReadOnlyList<ShapeField> FieldsAt(Shape? properties, IEnumerable<string> path)
    {
        var fields = new List<ShapeField>();
        var at = properties;
        foreach (var step in path)
        {
            if (step == "[]")
            {
                at = at?.Items;
                continue;
            }

            if (at?.Fields?[step] is not { } field)
            {
                at = at?.Additional;
                if (at is null)
                    break;
                continue;
            }

            fields.Add(field);
            at = field.Shape;
        }

        return fields;
    }

    /// <summary>The effect of changing the last of some fields: the strongest that one of them has.</summary>
    public static (Effect Effect, Certainty Certainty) Of(string type, IReadOnlyList<ShapeField> fields)
    {
        if (fields.Any(f => f.Update == UpdateEffect.Replaces))
            return (Effect.Replaces, Certainty.Certain);
        // What the registry calls conditional there is decided by the resource's UpdatePolicy.
        if (fields.Count > 0 && Rolls(type, fields[0].Name))
            return (Effect.Rolls, Certainty.Certain);
        if (fields.Any(f => f.Update == UpdateEffect.MayReplace))
            return (Effect.Replaces, Certainty.Conditional);
        return (Effect.InPlace, Certainty.Certain);
    }

    /// <summary>Whether changing a property gives the managed instances new ones.</summary>
    public static bool Rolls(string type, string property) =>
        Rolling.TryGetValue(type, out var properties) && properties.Contains(property);

    /// <summary>What a property's change does, for people who ask before they edit.</summary>
    public static Explanation Explain(string type, string path, (Effect Effect, Certainty Certainty) effect) =>
        new(type, path, effect.Effect, effect.Certainty, null, WhyOf(effect))
        {
            DependsOnValue = effect is { Effect: Effect.Replaces, Certainty: Certainty.Conditional },
        };

    /// <summary>The published rule in a few words.</summary>
    public static string WhyOf((Effect Effect, Certainty Certainty) effect) => effect switch
    {
        { Effect: Effect.Replaces, Certainty: Certainty.Certain } => "update requires replacement",
        { Effect: Effect.Replaces } => "update may require replacement",
        { Effect: Effect.Rolls } => "new instances replace the old ones",
        _ => "update requires no interruption, or some",
    };
}
