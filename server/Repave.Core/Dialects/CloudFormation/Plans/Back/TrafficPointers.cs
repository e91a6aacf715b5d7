using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.CloudFormation.Plans.Back;

/// <summary>Resources that only say which kept version gets the traffic: an alias of a function (AWS Lambda developer guide, "Lambda
/// function aliases") and a stage of an API (Amazon API Gateway developer guide, deployments).</summary>
internal static class TrafficPointers
{
    private static readonly HashSet<(string Type, string Property)> Pointers =
    [
        ("AWS::Lambda::Alias", "FunctionVersion"), ("AWS::Lambda::Alias", "RoutingConfig"),
        ("AWS::ApiGateway::Stage", "DeploymentId"), ("AWS::ApiGatewayV2::Stage", "DeploymentId"),
    ];

    public static void Judge(ReturnPair pair)
    {
        // A version that is created again because of something else is not kept.
        if (pair.Way.How != BackHow.InPlace || pair.Reverse is not { CausedBy.Count: 0 } back || back.Reasons.Count == 0)
            return;
        if (back.Reasons.TrueForAll(r => Pointers.Contains((back.Id.Type, PropertyPaths.PropertyOf(r.Path)))))
            pair.Way.Set(BackHow.AtOnce, "The version is kept, and gets the traffic back.");
    }
}
