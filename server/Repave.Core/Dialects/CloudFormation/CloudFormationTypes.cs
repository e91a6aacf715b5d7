using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What is known of CloudFormation's resource types, for those who meet them outside of templates.</summary>
public static class CloudFormationTypes
{
    /// <summary>Whether resources of a type (<c>AWS::S3::Bucket</c>) hold data that goes with them.</summary>
    public static bool HoldsData(string type) => CloudFormationSchemas.Instance.IsStateful(type);

    /// <summary>Whether something is lost with one, be it only until it is put there again.</summary>
    internal static bool LosesData(string type) => HoldsData(type) || OneWayFacts.CloudFormation.HoldsContent(type);
}
