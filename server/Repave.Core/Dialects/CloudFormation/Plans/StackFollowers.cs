using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Warns of what does not follow a change: versions and deployments are made once, of what was there then, and whoever takes the
/// latest version takes it when it starts something.</summary>
internal static class StackFollowers
{
    // What an API of API Gateway consists of; its deployments hold copies.
    private static readonly HashSet<string> PartsOfRest = new(StringComparer.Ordinal)
    {
        "AWS::ApiGateway::Authorizer", "AWS::ApiGateway::GatewayResponse", "AWS::ApiGateway::Method", "AWS::ApiGateway::Model",
        "AWS::ApiGateway::RequestValidator", "AWS::ApiGateway::Resource", "AWS::ApiGateway::RestApi",
    };

    private static readonly HashSet<string> PartsOfOther = new(StringComparer.Ordinal)
    {
        "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer", "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::IntegrationResponse",
        "AWS::ApiGatewayV2::Model", "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::RouteResponse",
    };

    // Of an API itself, what no deployment holds.
    private static readonly HashSet<string> NotDeployed = new(StringComparer.Ordinal)
    {
        "Description", "Name", "Tags", "ApiKeySourceType",
    };

    /// <summary>Adds the warnings.</summary>
    public static void Warn(IReadOnlyList<ResourceChange> changes, TemplateValues now)
    {
        var byName = new Dictionary<string, ResourceChange>(StringComparer.Ordinal);
        foreach (var change in changes)
            byName[change.Id.Name] = change;
        WarnOfVersions(changes, byName, now);
        WarnOfDeployments(changes, "AWS::ApiGateway::Deployment", "RestApiId", PartsOfRest, now);
        WarnOfDeployments(changes, "AWS::ApiGatewayV2::Deployment", "ApiId", PartsOfOther, now);
        WarnOfTemplates(changes, byName, now);
    }

    private static void WarnOfVersions(IReadOnlyList<ResourceChange> changes, Dictionary<string, ResourceChange> byName, TemplateValues now)
    {
        foreach (var change in changes)
        {
            if (change.Action != PlanAction.None || change.Desired is not CloudFormationResource { Type: "AWS::Lambda::Version" } version
                || NamedIn(version, "FunctionName", now) is not { } name || !byName.TryGetValue(name, out var function)
                || function.Action != PlanAction.InPlace || function.Id.Type != "AWS::Lambda::Function"
                || function.Reasons.TrueForAll(r => r.Path.StartsWith("Properties.Tags", StringComparison.Ordinal)
                    || r.Path.StartsWith("Properties.ReservedConcurrentExecutions", StringComparison.Ordinal)))
                continue;
            function.Warn(PlanWarningKind.NotRolledOut,
                $"The version '{change.Id.Name}' stays what '{name}' was when it was published, and so "
                + "does every alias of it: publish a new one under another logical id.", change.Id);
        }
    }

    private static void WarnOfDeployments(IReadOnlyList<ResourceChange> changes, string type, string property, HashSet<string> parts,
        TemplateValues now)
    {
        var deployments = changes.Where(c => c.Id.Type == type && c.Desired is CloudFormationResource)
            .Select(c => (Change: c, Api: NamedIn((CloudFormationResource)c.Desired!, property, now))).Where(d => d.Api is not null)
            .ToLookup(d => d.Api!, d => d.Change, StringComparer.Ordinal);
        if (deployments.Count == 0)
            return;
        var automatic = new HashSet<string>(changes.Select(c => c.Desired).OfType<CloudFormationResource>()
            .Where(r => r.Type == "AWS::ApiGatewayV2::Stage" && r.Properties?["AutoDeploy"] is { } on && now.Text(on) == "true")
            .Select(r => NamedIn(r, property, now) ?? ""), StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change.Action is PlanAction.None or PlanAction.Unknown || !parts.Contains(change.Id.Type))
                continue;
            var resource = (CloudFormationResource?)change.Desired ?? (CloudFormationResource)change.Baseline!;
            var isApi = change.Id.Type is "AWS::ApiGateway::RestApi" or "AWS::ApiGatewayV2::Api";
            if (isApi && (change.Action != PlanAction.InPlace
                || change.Reasons.TrueForAll(r => NotDeployed.Contains(PropertyPaths.PropertyOf(r.Path)))))
                continue;
            var api = isApi ? change.Id.Name : NamedIn(resource, property, now);
            if (api is null || automatic.Contains(api) || !deployments.Contains(api)
                || deployments[api].Any(d => d.Action is PlanAction.Create or PlanAction.Replace))
                continue;
            var deployment = deployments[api].First();
            change.Warn(PlanWarningKind.NotRolledOut,
                $"The deployment '{deployment.Id.Name}' is not created again, so its stages go on serving "
                + "the API as it was: give the deployment another logical id with each change.", deployment.Id);
        }
    }

    private static void WarnOfTemplates(IReadOnlyList<ResourceChange> changes, Dictionary<string, ResourceChange> byName,
        TemplateValues now)
    {
        foreach (var user in changes)
        {
            if (user.Desired is not CloudFormationResource resource || user.Action
                is PlanAction.Create or PlanAction.Replace or PlanAction.Delete)
                continue;
            foreach (var specification in SpecificationsIn(resource.Properties, 0))
            {
                var named = specification["LaunchTemplateId"] ?? specification["LaunchTemplateName"] ?? specification["Id"];
                var version = specification["Version"] is { } written ? now.Text(written) : "$Default";
                if (version is not ("$Latest" or "$Default") || named is null)
                    continue;
                foreach (var reference in TemplateReference.In(named, now.Template.Document.Text))
                {
                    if (!byName.TryGetValue(reference.Name, out var template) || template.Id.Type != "AWS::EC2::LaunchTemplate"
                        || template.Action != PlanAction.InPlace)
                        continue;
                    template.Warn(PlanWarningKind.NotRolledOut, version == "$Latest"
                        ? $"'{user.Id.Name}' takes {version} of '{template.Id.Name}' when it starts an instance; those "
                            + "that run stay as they are."
                        : $"'{user.Id.Name}' takes the default version of '{template.Id.Name}', which a new version is not.", user.Id);
                }
            }
        }
    }

    private static IEnumerable<MapNode> SpecificationsIn(Node? node, int depth)
    {
        if (depth > 12 || node?.Resolved is not { } value)
            return [];
        return value switch
        {
            MapNode map => map.AllEntries.SelectMany(e => e.Name is "LaunchTemplate" or "LaunchTemplateSpecification"
                && e.Value.Resolved is MapNode found && !found.Has("LaunchTemplateSpecification") ? [found]
                    : SpecificationsIn(e.Value, depth + 1)),
            ListNode list => list.ResolvedItems.SelectMany(i => SpecificationsIn(i, depth + 1)),
            _ => [],
        };
    }

    private static string? NamedIn(CloudFormationResource resource, string property, TemplateValues now) =>
        TemplateReference.In(resource.Properties?.Find(property)?.Value, now.Template.Document.Text).Select(r => r.Name).FirstOrDefault();
}
