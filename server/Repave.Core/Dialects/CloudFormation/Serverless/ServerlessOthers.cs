using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>Expands tables, layers, state machines, applications, connectors and GraphQL APIs.</summary>
internal static class ServerlessOthers
{
    public static void Expand(ServerlessResource model, ServerlessTransform to)
    {
        switch (model.Type)
        {
            case "SimpleTable":
                AddTable(model, to);
                break;
            case "LayerVersion":
                AddLayer(model, to);
                break;
            case "StateMachine":
                AddMachine(model, to);
                break;
            case "Application":
                AddApplication(model, to);
                break;
            case "Connector":
                AddConnector(model.Name, model, model.Properties["Source"], model.Properties["Destination"],
                    model.Properties["Permissions"], to);
                break;
            case "CapacityProvider":
                AddProvider(model, to);
                break;
            case "WebSocketApi":
                to.Apis.ExpandSocket(model, to);
                break;
            case "GraphQLApi":
                AddGraph(model, to);
                break;
            default:
                // Of a type that is not known here what it becomes is not known either.
                to.Add(model.Name, "AWS::Serverless::" + model.Type, model, model.Properties);
                break;
        }
    }

    /// <summary>Expands the connectors that stand at a resource.</summary>
    public static void ExpandConnectors(string name, MapEntry entry, ServerlessTransform to)
    {
        if (entry.Value.Resolved is not MapNode resource || resource["Connectors"] is not MapNode connectors)
            return;
        foreach (var connector in connectors.AllEntries)
        {
            if (connector.Name is not { } id || connector.Value.Resolved is not MapNode)
                continue;
            var model = new ServerlessResource(name + id, connector, null);
            var source = model.Nodes.Map(("Id", model.Nodes.Text(name)));
            AddConnector(name + id, model, source, model.Properties["Destination"], model.Properties["Permissions"], to);
        }
    }

    private static Node? Copy(Node? node) => node is null ? null : TemplateNodes.Copy(node);

    private static void AddTable(ServerlessResource table, ServerlessTransform to)
    {
        var (nodes, properties) = (table.Nodes, table.Properties);
        var key = Copy(properties["PrimaryKey"]?["Name"]) ?? nodes.Text("id");
        var kind = to.TextOf(properties["PrimaryKey"]?["Type"]) switch { "Number" => "N", "Binary" => "B", _ => "S" };
        to.Add(table.Name, "AWS::DynamoDB::Table", table, nodes.Map(
            ("AttributeDefinitions", nodes.List(nodes.Map(("AttributeName", key), ("AttributeType", nodes.Text(kind))))),
            ("KeySchema", nodes.List(nodes.Map(("AttributeName", TemplateNodes.Copy(key)), ("KeyType", nodes.Text("HASH"))))),
            ("BillingMode", properties.Has("ProvisionedThroughput") ? null : nodes.Text("PAY_PER_REQUEST")),
            ("ProvisionedThroughput", table.Take("ProvisionedThroughput")), ("TableName", table.Take("TableName")),
            ("SSESpecification", table.Take("SSESpecification")),
            ("PointInTimeRecoverySpecification", table.Take("PointInTimeRecoverySpecification")), ("Tags", table.Tags(null))));
    }

    private static void AddProvider(ServerlessResource provider, ServerlessTransform to)
    {
        var (nodes, name) = (provider.Nodes, provider.Name);
        to.Add(name, "AWS::Lambda::CapacityProvider", provider, nodes.Map([.. provider.TakeRest("Tags", "PropagateTags", "OperatorRole"),
            ("PermissionsConfig", nodes.Map(("CapacityProviderOperatorRoleArn",
                provider.Take("OperatorRole") ?? nodes.GetAtt(name + "OperatorRole", "Arn")))), ("Tags", provider.Tags(null))]));
        if (!provider.Properties.Has("OperatorRole"))
            to.Add(name + "OperatorRole", "AWS::IAM::Role", provider, nodes.Map(
                ("AssumeRolePolicyDocument", ServerlessFunctions.Trust(nodes, "lambda.amazonaws.com"))));
    }

    private static void AddLayer(ServerlessResource layer, ServerlessTransform to)
    {
        var (nodes, name) = (layer.Nodes, layer.Name);
        // The hash is of the resource as it is written, globals included, without what says how long versions stay.
        var whole = nodes.Map(("Type", nodes.Text("AWS::Serverless::LayerVersion")),
            ("Properties", layer.Properties.Entries.Count == 0 ? null
            : TemplateNodes.Copy(layer.Properties)));
        foreach (var attribute in (string[])["Condition", "DependsOn"])
        {
            if (layer.Root[attribute] is { } value)
                whole.Add(new MapEntry(nodes.Text(attribute), TemplateNodes.Copy(value)));
        }

        var made = name + TemplateNodes.Hash(to.Json(nodes.Map((name, whole))));
        var policy = to.TextOf(layer.Properties["RetentionPolicy"]) == "Delete" ? "Delete" : "Retain";
        to.Add(made, "AWS::Lambda::LayerVersion", layer, nodes.Map([("LayerName", layer.Take("LayerName") ?? nodes.Text(name)),
            ("Content", ServerlessFunctions.LocationOf(layer.Properties["ContentUri"], nodes, "S3", to)),
            .. layer.TakeAll(["Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo"])]),
            ("DeletionPolicy", layer.Root["DeletionPolicy"] is { } own ? TemplateNodes.Copy(own) : nodes.Text(policy)));
        to.Rename(name, made);
    }

    private static void AddMachine(ServerlessResource machine, ServerlessTransform to)
    {
        var (nodes, name, properties) = (machine.Nodes, machine.Name, machine.Properties);
        to.Add(name, "AWS::StepFunctions::StateMachine", machine, nodes.Map(
            ("DefinitionString", machine.Take("Definition")),
            ("DefinitionS3Location", ServerlessFunctions.LocationOf(properties["DefinitionUri"], nodes, "", to)),
            ("DefinitionSubstitutions", machine.Take("DefinitionSubstitutions")), ("StateMachineName", machine.Take("Name")),
            ("LoggingConfiguration", machine.Take("Logging")), ("StateMachineType", machine.Take("Type")),
            ("TracingConfiguration", machine.Take("Tracing")), ("Tags", machine.Tags("stateMachine:createdBy")),
            ("RoleArn", machine.Take("Role") ?? nodes.GetAtt(name + "Role", "Arn"))));
        if (!properties.Has("Role"))
            ServerlessFunctions.AddRole(name + "Role", machine, to, "states.amazonaws.com", null);
        var target = nodes.Ref(name);
        if (to.TextOf(properties["AutoPublishAlias"]) is { Length: > 0 } alias)
        {
            to.Add(name + "Version", "AWS::StepFunctions::StateMachineVersion", machine, nodes.Map(("StateMachineArn", nodes.Ref(name)),
                ("StateMachineRevisionId", nodes.GetAtt(name, "StateMachineRevisionId"))),
                ("DeletionPolicy", nodes.Text("Retain")), ("UpdateReplacePolicy", nodes.Text("Retain")));
            to.Add($"{name}Alias{alias}", "AWS::StepFunctions::StateMachineAlias", machine, nodes.Map(("Name", nodes.Text(alias)),
                ("DeploymentPreference", nodes.Map(("Type", nodes.Text("ALL_AT_ONCE")),
                    ("StateMachineVersionArn", nodes.Ref(name + "Version"))))));
            if (to.TextOf(properties["UseAliasAsEventTarget"]) == "true")
                target = nodes.Ref($"{name}Alias{alias}");
        }

        ServerlessEvents.Expand(machine, target, to);
    }

    private static void AddApplication(ServerlessResource application, ServerlessTransform to)
    {
        var nodes = application.Nodes;
        var location = application.Properties["Location"];
        to.Add(application.Name, "AWS::CloudFormation::Stack", application, nodes.Map(
            ("TemplateURL", location is MapNode map && Intrinsic.Of(map) is null ? nodes.Text(to.Json(map)) : Copy(location)),
            ("Parameters", application.Take("Parameters")), ("NotificationARNs", application.Take("NotificationARNs")),
            ("TimeoutInMinutes", application.Take("TimeoutInMinutes")), ("Tags", application.Take("Tags"))));
    }

    private static void AddConnector(string id, ServerlessResource connector, Node? source, Node? destination, Node? permissions,
        ServerlessTransform to)
    {
        var nodes = connector.Nodes;
        var destinations = destination is ListNode list ? list.ResolvedItems.ToList() : destination is null ? [] : [destination];
        for (var i = 0; i < destinations.Count; i++)
        {
            var (from, end) = (TypeOf(source, to), TypeOf(destinations[i], to));
            var suffix = destination is ListNode && destinations.Count > 1 ? $"Destination{i}" : "";
            var (ends, type) = (from, end) switch
            {
                ("AWS::Events::Rule", "AWS::SNS::Topic") => ("TopicPolicy", "AWS::SNS::TopicPolicy"),
                ("AWS::Events::Rule" or "AWS::SNS::Topic", "AWS::SQS::Queue") => ("QueuePolicy", "AWS::SQS::QueuePolicy"),
                ("AWS::Events::Rule" or "AWS::SNS::Topic" or "AWS::S3::Bucket" or "AWS::ApiGateway::RestApi" or "AWS::ApiGatewayV2::Api"
                    or "AWS::AppSync::GraphQLApi", "AWS::Lambda::Function") => ("WriteLambdaPermission", "AWS::Lambda::Permission"),
                _ => ("Policy", "AWS::IAM::ManagedPolicy"),
            };
            to.Add(id + ends + suffix, type, connector,
                nodes.Map(("Source", Named(source, nodes)), ("Destination", Named(destinations[i], nodes)),
                ("Permissions", Copy(permissions))));
        }
    }

    // Named by their logical ids, or by an address that the author gives.
    private static Node? Named(Node? end, TemplateNodes nodes) =>
        end?.TextAt("Id") is { } id ? nodes.Ref(id) : Copy(end?["Arn"] ?? end?["Name"] ?? end?["RoleName"]);

    private static string? TypeOf(Node? end, ServerlessTransform to) =>
        (end?.TextAt("Type") ?? to.Written.TypeOf(end?.TextAt("Id") ?? "")) switch
        {
            "AWS::Serverless::Function" => "AWS::Lambda::Function",
            "AWS::Serverless::Api" => "AWS::ApiGateway::RestApi",
            "AWS::Serverless::HttpApi" => "AWS::ApiGatewayV2::Api",
            "AWS::Serverless::SimpleTable" => "AWS::DynamoDB::Table",
            "AWS::Serverless::StateMachine" => "AWS::StepFunctions::StateMachine",
            "AWS::Serverless::GraphQLApi" => "AWS::AppSync::GraphQLApi",
            var other => other,
        };

    private static void AddGraph(ServerlessResource api, ServerlessTransform to)
    {
        var (nodes, name, properties) = (api.Nodes, api.Name, api.Properties);
        to.Add(name, "AWS::AppSync::GraphQLApi", api, nodes.Map([("Name", api.Take("Name") ?? nodes.Text(name)),
            ("AuthenticationType", Copy(properties["Auth"]?["Type"])), ("Tags", api.Tags(null)),
            .. api.TakeAll(["XrayEnabled", "Visibility", "OwnerContact", "IntrospectionConfig", "QueryDepthLimit", "ResolverCountLimit"]),
            ("LogConfig", properties["Logging"] is MapNode logging ? TemplateNodes.Copy(logging)
                : to.TextOf(properties["Logging"]) == "false" ? null
                    : nodes.Map(("CloudWatchLogsRoleArn", nodes.GetAtt(name + "CloudWatchRole", "Arn"))))]));
        if (to.TextOf(properties["Logging"]) != "false" && properties["Logging"]?["CloudWatchLogsRoleArn"] is null)
            to.Add(name + "CloudWatchRole", "AWS::IAM::Role", api, nodes.Map(
                ("AssumeRolePolicyDocument", ServerlessFunctions.Trust(nodes, "appsync.amazonaws.com"))));
        var id = ("ApiId", (Node?)nodes.GetAtt(name, "ApiId"));
        to.Add(name + "Schema", "AWS::AppSync::GraphQLSchema", api, nodes.Map(id, ("Definition", api.Take("SchemaInline")),
            ("DefinitionS3Location", api.Take("SchemaUri"))));
        foreach (var key in EntriesOf(properties["ApiKeys"]))
            to.Add(name + key.Name, "AWS::AppSync::ApiKey", api,
                nodes.Map([("ApiId", nodes.GetAtt(name, "ApiId")), .. AllOf(key.Value, "ApiKeyId")]));
        foreach (var kind in EntriesOf(properties["DataSources"]))
        {
            foreach (var source in EntriesOf(kind.Value.Resolved))
                AddSource(name, kind.Name == "DynamoDb" ? "DynamoDB" : kind.Name!, source, api, to);
        }

        if (EntriesOf(properties["Functions"]).Any(f => to.TextOf(f.Value.Resolved?["DataSource"])?.ToUpperInvariant() == "NONE"))
            to.Add(name + "NoneDataSource", "AWS::AppSync::DataSource", api, nodes.Map(("ApiId", nodes.GetAtt(name, "ApiId")),
                ("Name", nodes.Text(name + "NoneDataSource")), ("Type", nodes.Text("NONE"))));

        foreach (var function in EntriesOf(properties["Functions"]))
        {
            // One that is there already has an id only.
            if (function.Value.Resolved?["Id"] is null)
                AddFunction(function);
        }

        void AddFunction(MapEntry function) =>
            to.Add(name + function.Name, "AWS::AppSync::FunctionConfiguration", api, nodes.Map([("ApiId", nodes.GetAtt(name, "ApiId")),
                ("Name", nodes.Text(function.Name!)), .. AllOf(function.Value)]));
        foreach (var kind in EntriesOf(properties["Resolvers"]))
        {
            foreach (var field in EntriesOf(kind.Value.Resolved))
                to.Add(name + kind.Name + field.Name, "AWS::AppSync::Resolver", api, nodes.Map([("ApiId", nodes.GetAtt(name, "ApiId")),
                    ("TypeName", nodes.Text(kind.Name!)),
                        ("FieldName", nodes.Text(to.TextOf(field.Value.Resolved?["FieldName"]) ?? field.Name!)),
                    .. AllOf(field.Value)]));
        }

        if (properties["Cache"] is { } cache)
            to.Add(name + "ApiCache", "AWS::AppSync::ApiCache", api, nodes.Map([("ApiId", nodes.GetAtt(name, "ApiId")), .. AllOf(cache)]));
        if (properties["DomainName"] is { } domain)
        {
            to.Add(name + "DomainName", "AWS::AppSync::DomainName", api, nodes.Map([.. AllOf(domain)]));
            to.Add(name + "DomainNameApiAssociation", "AWS::AppSync::DomainNameApiAssociation", api, nodes.Map(
                ("ApiId", nodes.GetAtt(name, "ApiId")), ("DomainName", nodes.Ref(name + "DomainName"))));
        }
    }

    private static void AddSource(string api, string kind, MapEntry source, ServerlessResource from, ServerlessTransform to)
    {
        var (nodes, id) = (from.Nodes, $"{api}{source.Name}{kind}DataSource");
        var role = source.Value.Resolved?["ServiceRoleArn"];
        to.Add(id, "AWS::AppSync::DataSource", from, nodes.Map([("ApiId", nodes.GetAtt(api, "ApiId")),
            ("Name", Copy(source.Value.Resolved?["Name"]) ?? nodes.Text(source.Name!)), ("Type", nodes.Text(kind)),
            ("ServiceRoleArn", Copy(role) ?? nodes.GetAtt(id + "Role", "Arn")), ("Settings", Copy(source.Value))]));
        if (role is not null)
            return;
        to.Add(id + "Role", "AWS::IAM::Role", from, nodes.Map(
            ("AssumeRolePolicyDocument", ServerlessFunctions.Trust(nodes, "appsync.amazonaws.com"))));
        to.Add($"{id}To{(kind == "DynamoDB" ? "Table" : kind)}ConnectorPolicy", "AWS::IAM::ManagedPolicy", from, nodes.Map(
            ("Source", nodes.Ref(id)), ("Destination", Copy(source.Value.Resolved?["TableArn"] ?? source.Value.Resolved?["FunctionArn"]))));
    }

    private static IEnumerable<MapEntry> EntriesOf(Node? node) => (node as MapNode)?.AllEntries.Where(e => e.Name is not null) ?? [];

    private static IEnumerable<(string Key, Node? Value)> AllOf(Node? node, params string[] but) =>
        (node?.Resolved as MapNode)?.AllEntries.Where(e => e.Name is { } name && Array.IndexOf(but, name) < 0
            && name is not ("Name" or "FieldName" or "ApiId"))
            .Select(e => (e.Name!, (Node?)TemplateNodes.Copy(e.Value))) ?? [];
}
