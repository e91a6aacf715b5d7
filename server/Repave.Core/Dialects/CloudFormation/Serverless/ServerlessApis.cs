using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>Expands APIs, written ones and those that events imply, with their deployments, stages, domains and keys.</summary>
internal sealed class ServerlessApis
{
    public const string ImplicitRest = "ServerlessRestApi";
    public const string ImplicitHttp = "ServerlessHttpApi";

    private static readonly string[] OfRest =
    [
        "Name", "Description", "BinaryMediaTypes", "MinimumCompressionSize", "ApiKeySourceType", "DisableExecuteApiEndpoint", "Mode",
            "Policy",
        "SecurityPolicy", "EndpointAccessMode",
    ];

    private static readonly string[] OfStage =
    [
        "CacheClusterEnabled", "CacheClusterSize", "Variables", "MethodSettings", "AccessLogSetting", "CanarySetting", "TracingEnabled",
    ];

    private readonly Dictionary<string, List<(string Id, MapNode Event, ServerlessResource Owner)>> _paths = new(StringComparer.Ordinal);

    /// <summary>Adds what an event asks an API to serve.</summary>
    public void AddPath(string api, string id, MapNode read, ServerlessResource owner)
    {
        if (!_paths.TryGetValue(api, out var paths))
            _paths[api] = paths = [];
        paths.Add((id, read, owner));
    }

    /// <summary>Expands an <c>AWS::Serverless::Api</c>.</summary>
    public void ExpandRest(ServerlessResource api, ServerlessTransform to) => AddRest(api, api.Name, api.Take("StageName"), to);

    /// <summary>Expands an <c>AWS::Serverless::HttpApi</c>.</summary>
    public void ExpandHttp(ServerlessResource api, ServerlessTransform to) => AddHttp(api, api.Name, to);

    /// <summary>Expands an <c>AWS::Serverless::WebSocketApi</c>.</summary>
    public void ExpandSocket(ServerlessResource api, ServerlessTransform to)
    {
        var (nodes, name) = (api.Nodes, api.Name);
        to.Add(name, "AWS::ApiGatewayV2::Api", api,
            nodes.Map([("ProtocolType", nodes.Text("WEBSOCKET")), .. api.TakeAll(["Name", "Description",
            "ApiKeySelectionExpression", "DisableExecuteApiEndpoint", "DisableSchemaValidation", "IpAddressType",
                "RouteSelectionExpression"]),
            ("Tags", api.Take("Tags"))]));
        foreach (var entry in (api.Properties["Routes"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is not { } key || entry.Value.Resolved is not MapNode route)
                continue;
            // The keys of the protocol's own routes begin with a dollar.
            var id = new StringBuilder(name);
            var word = key.TrimStart('$');
            if (word.Length > 0)
                id.Append(char.ToUpperInvariant(word[0])).Append(word.Substring(1));
            var function = route["FunctionArn"];
            to.Add(id + "Route", "AWS::ApiGatewayV2::Route", api, nodes.Map(("ApiId", nodes.Ref(name)), ("RouteKey", nodes.Text(key)),
                ("Target", nodes.Map(("Fn::Join",
                    nodes.List(nodes.Text("/"), nodes.List(nodes.Text("integrations"), nodes.Ref(id + "Integration")))))),
                ("Settings", TemplateNodes.Copy(route))));
            to.Add(id + "Integration", "AWS::ApiGatewayV2::Integration", api, nodes.Map(("ApiId", nodes.Ref(name)),
                ("IntegrationType", nodes.Text("AWS_PROXY")), ("IntegrationUri", Copy(function))));
            to.Add(id + "Permission", "AWS::Lambda::Permission", api, nodes.Map(("Action", nodes.Text("lambda:InvokeFunction")),
                ("FunctionName", Copy(function)), ("Principal", nodes.Text("apigateway.amazonaws.com"))));
        }

        var stage = api.Take("StageName") ?? nodes.Text("default");
        var plain = PlainOf(stage);
        var stageName = plain == "default" ? name + "DefaultStage" : StageName(name, plain, isHttp: false);
        to.Add(stageName, "AWS::ApiGatewayV2::Stage", api, nodes.Map([("ApiId", nodes.Ref(name)), ("StageName", stage),
            .. api.TakeAll(["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]),
                ("AutoDeploy", nodes.Text("true")),
            ("Tags", api.Take("Tags"))]));
        to.Rename(name + ".Stage", stageName);
        AddDomain(api, name, stageName, "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping", "ApiGatewayDomainNameV2",
            "ApiMapping",
            "ApiId", to);
    }

    /// <summary>Expands the APIs that events imply by naming none.</summary>
    public void ExpandImplicit(List<ServerlessResource> models, ServerlessTransform to, Node? globals)
    {
        foreach (var (name, type) in ((string, string)[])[(ImplicitRest, "Api"), (ImplicitHttp, "HttpApi")])
        {
            if (!_paths.TryGetValue(name, out var paths) || models.Exists(m => m.Name == name))
                continue;
            // It stands where the first event of it stands.
            var nodes = paths[0].Owner.Nodes;
            var implied = new ServerlessResource(name,
                new MapEntry(nodes.Text(name), nodes.Map(("Type", nodes.Text("AWS::Serverless::" + type)))),
                globals?[type] as MapNode);
            if (type == "Api")
                AddRest(implied, name, nodes.Text("Prod"), to);
            else
                AddHttp(implied, name, to);
        }
    }

    private static Node? Copy(Node? node) => node is null ? null : TemplateNodes.Copy(node);

    private static string StageName(string api, string? stage, bool isHttp) =>
        stage is null ? api + "Stage" : isHttp && stage == "$default" ? api + "ApiGatewayDefaultStage"
        : stage.All(char.IsLetterOrDigit) ? $"{api}{stage}Stage" : $"{api}Stage{TemplateNodes.Hash(stage)}";

    private static string? PlainOf(Node? stage) =>
        stage?.Resolved is { } value && Intrinsic.Of(value) is null ? (value as ScalarNode)?.Value : null;

    // The body that the model writes of paths, as far as plans need it: that it changes, and what it names.
    private MapNode? PathsOf(string api, TemplateNodes nodes)
    {
        if (!_paths.TryGetValue(api, out var paths))
            return null;
        return nodes.Map([.. paths.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => (p.Id, (Node?)nodes.Map(
            ("Event", nodes.Map([.. p.Event.AllEntries.Where(e => e.Name is not (null or "RestApiId" or "ApiId"))
                .Select(e => (e.Name!, (Node?)TemplateNodes.Copy(e.Value)))])),
            ("Target", p.Owner.Type == "Function" ? nodes.GetAtt(p.Owner.Name, "Arn") : nodes.Ref(p.Owner.Name)))))]);
    }

    private void AddRest(ServerlessResource api, string name, Node? stage, ServerlessTransform to)
    {
        var nodes = api.Nodes;
        var paths = PathsOf(name, nodes);
        var body = api.Take("DefinitionBody");
        var location = body is null ? ServerlessFunctions.LocationOf(api.Properties["DefinitionUri"], nodes, "", to) : null;
        // To a body that the author writes events add nothing.
        var content = body ?? (location is null ? paths ?? nodes.Map() : null);
        foreach (var part in (string[])["Auth", "Cors", "Models", "GatewayResponses"])
        {
            if (content is MapNode map && Intrinsic.Of(map) is null && api.Take(part) is { } said)
                map.Add(new MapEntry(nodes.Text("x-" + part), said));
        }

        var endpoint = api.Properties["EndpointConfiguration"];
        to.Add(name, "AWS::ApiGateway::RestApi", api,
            nodes.Map([("Body", Copy(content)), ("BodyS3Location", location), .. api.TakeAll(OfRest),
            ("EndpointConfiguration", endpoint switch
            {
                null => null,
                MapNode map when Intrinsic.Of(map) is null =>
                    nodes.Map(("Types", map["Type"] is { } kind ? nodes.List(TemplateNodes.Copy(kind)) : null),
                    ("VpcEndpointIds", Copy(map["VPCEndpointIds"]))),
                _ => nodes.Map(("Types", nodes.List(TemplateNodes.Copy(endpoint)))),
            }),
            ("Parameters", endpoint is null ? null
                : nodes.Map(("endpointConfigurationTypes", Copy(endpoint is MapNode m && Intrinsic.Of(m) is null ? m["Type"] : endpoint)))),
            ("Tags", api.Tags(null))]));
        var hash = TemplateNodes.Hash(to.Json(nodes.Map(("Body", Copy(content ?? location)), ("OpenApi", api.Take("OpenApiVersion")),
            ("Domain", api.Take("Domain")))));
        var deployment = $"{name}Deployment{hash}";
        to.Add(deployment, "AWS::ApiGateway::Deployment", api, nodes.Map(("RestApiId", nodes.Ref(name)),
            ("Description", nodes.Text("RestApi deployment id: " + hash))));
        var stageName = StageName(name, PlainOf(stage), isHttp: false);
        to.Add(stageName, "AWS::ApiGateway::Stage", api, nodes.Map([("DeploymentId", nodes.Ref(deployment)), ("RestApiId", nodes.Ref(name)),
            ("StageName", Copy(stage)), .. api.TakeAll(OfStage), ("Tags", api.Tags(null))]));
        to.Rename(name + ".Stage", stageName);
        to.Rename(name + ".Deployment", deployment);
        var isPrivate = to.TextOf(api.Properties["Domain"]?["EndpointConfiguration"]) == "PRIVATE" ? "V2" : "";
        AddDomain(api, name, stageName, "AWS::ApiGateway::DomainName" + isPrivate, "AWS::ApiGateway::BasePathMapping" + isPrivate,
            "ApiGatewayDomainName" + isPrivate, "BasePathMapping", "RestApiId", to);
        AddPlan(api, name, stageName, to);
        AddAuthorizers(api, name, to);
    }

    private void AddHttp(ServerlessResource api, string name, ServerlessTransform to)
    {
        var nodes = api.Nodes;
        var paths = PathsOf(name, nodes);
        var body = api.Take("DefinitionBody");
        var location = body is null ? ServerlessFunctions.LocationOf(api.Properties["DefinitionUri"], nodes, "", to) : null;
        var content = body ?? (location is null ? paths ?? nodes.Map() : null);
        foreach (var part in (string[])["Auth", "CorsConfiguration"])
        {
            if (content is MapNode map && Intrinsic.Of(map) is null && api.Take(part) is { } said)
                map.Add(new MapEntry(nodes.Text("x-" + part), said));
        }

        to.Add(name, "AWS::ApiGatewayV2::Api", api, nodes.Map([("Body", content), ("BodyS3Location", location),
            .. api.TakeAll(["Name", "Description", "FailOnWarnings", "DisableExecuteApiEndpoint"]), ("Tags", api.Take("Tags"))]));
        var stage = api.Take("StageName") ?? nodes.Text("$default");
        var stageName = StageName(name, PlainOf(stage), isHttp: true);
        to.Add(stageName, "AWS::ApiGatewayV2::Stage", api, nodes.Map([("ApiId", nodes.Ref(name)), ("StageName", stage),
            .. api.TakeAll(["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]),
                ("AutoDeploy", nodes.Text("true")),
            ("Tags", api.Take("Tags"))]));
        to.Rename(name + ".Stage", stageName);
        AddDomain(api, name, stageName, "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping", "ApiGatewayDomainNameV2",
            "ApiMapping", "ApiId", to);
        AddAuthorizers(api, name, to);
    }

    private static void AddDomain(ServerlessResource api, string name, string stage, string domainType, string mappingType, string prefix,
        string mapping, string property, ServerlessTransform to)
    {
        if (api.Properties["Domain"] is not MapNode domain || domain["DomainName"] is not { } host)
            return;
        var nodes = api.Nodes;
        var hashed = host is ScalarNode { Tag: null } plain ? plain.Value : to.Json(host);
        var domainName = prefix + TemplateNodes.Hash(hashed);
        to.Add(domainName, domainType, api, nodes.Map([.. domain.AllEntries.Where(e => e.Name is not (null or "BasePath" or "Route53"))
            .Select(e => (e.Name!, (Node?)TemplateNodes.Copy(e.Value)))]));
        var paths = domain["BasePath"] is ListNode list ? list.ResolvedItems.Select(i => to.TextOf(i) ?? "").ToList()
            : [to.TextOf(domain["BasePath"]) is { } one && property == "ApiId" ? one : ""];
        foreach (var path in paths)
        {
            var part = new StringBuilder();
            foreach (var letter in path.Where(l => char.IsLetterOrDigit(l)))
                part.Append(letter);
            to.Add(name + part + mapping, mappingType, api, nodes.Map(("DomainName", nodes.Ref(domainName)), (property, nodes.Ref(name)),
                ("Stage", nodes.Ref(stage)), ("BasePath", path.Length == 0 ? Copy(domain["BasePath"]) : nodes.Text(path))));
        }

        if (domain["Route53"] is MapNode route && (route["HostedZoneId"] ?? route["HostedZoneName"]) is { } zone)
        {
            var records = "RecordSetGroup" + TemplateNodes.Hash(zone is ScalarNode { Tag: null } text ? text.Value : to.Json(zone));
            to.Add(records, "AWS::Route53::RecordSetGroup", api, nodes.Map(("HostedZoneId", Copy(route["HostedZoneId"])),
                ("HostedZoneName", Copy(route["HostedZoneName"])),
                    ("RecordSets", nodes.List(nodes.Map(("Name", TemplateNodes.Copy(host)), ("Type", nodes.Text("A")))))));
        }
    }

    private static void AddPlan(ServerlessResource api, string name, string stage, ServerlessTransform to)
    {
        var nodes = api.Nodes;
        if (api.Properties["Auth"]?["UsagePlan"] is not MapNode plan || to.TextOf(plan["CreateUsagePlan"]) is not { } how || how == "NONE")
            return;
        var prefix = how == "SHARED" ? "Serverless" : name;
        to.Add(prefix + "UsagePlan", "AWS::ApiGateway::UsagePlan", api,
            nodes.Map(("ApiStages", nodes.List(nodes.Map(("ApiId", nodes.Ref(name)),
            ("Stage", nodes.Ref(stage))))), ("Description", Copy(plan["Description"])), ("Quota", Copy(plan["Quota"])),
            ("Throttle", Copy(plan["Throttle"])), ("UsagePlanName", Copy(plan["UsagePlanName"]))));
        to.Add(prefix + "ApiKey", "AWS::ApiGateway::ApiKey", api, nodes.Map(("Enabled", nodes.Text("true")),
            ("StageKeys", nodes.List(nodes.Map(("RestApiId", nodes.Ref(name)), ("StageName", nodes.Ref(stage)))))));
        to.Add(prefix + "UsagePlanKey", "AWS::ApiGateway::UsagePlanKey", api, nodes.Map(("KeyId", nodes.Ref(prefix + "ApiKey")),
            ("KeyType", nodes.Text("API_KEY")), ("UsagePlanId", nodes.Ref(prefix + "UsagePlan"))));
    }

    private static void AddAuthorizers(ServerlessResource api, string name, ServerlessTransform to)
    {
        foreach (var entry in (api.Properties["Auth"]?["Authorizers"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is null || entry.Value.Resolved?["FunctionArn"] is not { } function
                || entry.Value.Resolved["FunctionInvokeRole"] is not null
                || to.TextOf(entry.Value.Resolved["EnableFunctionDefaultPermissions"]) == "false"
                || (api.Type == "HttpApi" && to.TextOf(entry.Value.Resolved["EnableFunctionDefaultPermissions"]) != "true"))
                continue;
            to.Add($"{name}{entry.Name}AuthorizerPermission", "AWS::Lambda::Permission", api, api.Nodes.Map(
                ("Action", api.Nodes.Text("lambda:InvokeFunction")), ("FunctionName", TemplateNodes.Copy(function)),
                ("Principal", api.Nodes.Text("apigateway.amazonaws.com"))));
        }
    }
}
