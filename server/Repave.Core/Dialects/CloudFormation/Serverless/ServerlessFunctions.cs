using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>Expands <c>AWS::Serverless::Function</c>: the function, its role, its version and alias, its URL, where its results go, and its
/// events.</summary>
internal static class ServerlessFunctions
{
    private static readonly string[] Kept =
    [
        "FunctionName", "Handler", "Runtime", "Description", "MemorySize", "Timeout", "Environment", "VpcConfig", "Layers", "KmsKeyArn",
        "Architectures", "EphemeralStorage", "FileSystemConfigs", "ImageConfig", "PackageType", "ReservedConcurrentExecutions", "SnapStart",
        "RuntimeManagementConfig", "LoggingConfig", "RecursiveLoop", "CodeSigningConfigArn", "TenancyConfig", "DurableConfig",
        "FunctionScalingConfig", "PublishToLatestPublished",
    ];

    public static void Expand(ServerlessResource function, ServerlessTransform to)
    {
        var (name, nodes, properties) = (function.Name, function.Nodes, function.Properties);
        var code = CodeOf(function, to);
        var made = new List<(string Key, Node? Value)> { ("Code", code) };
        made.AddRange(function.TakeAll(Kept));
        if (function.Take("Tracing") is { } tracing && to.TextOf(tracing) != "Disabled")
            made.Add(("TracingConfig", nodes.Map(("Mode", tracing))));
        if (properties["DeadLetterQueue"]?["TargetArn"] is { } letters)
            made.Add(("DeadLetterConfig", nodes.Map(("TargetArn", TemplateNodes.Copy(letters)))));
        made.Add(("Tags", function.Tags("lambda:createdBy")));
        var role = function.Take("Role");
        made.Add(("Role", role ?? nodes.GetAtt(name + "Role", "Arn")));
        to.Add(name, "AWS::Lambda::Function", function, nodes.Map([.. made]), ("Metadata", function.Root["Metadata"] is { } metadata
            ? TemplateNodes.Copy(metadata) : null));
        var alias = AddVersion(function, code, to);
        AddUrl(function, alias, to);
        AddInvokes(function, alias, to);
        if (role is null)
            AddRole(name + "Role", function, to, "lambda.amazonaws.com",
                "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        ServerlessEvents.Expand(function, alias is null ? nodes.Ref(name) : nodes.Ref(alias), to);
    }

    /// <summary>Adds the role of a function or a state machine.</summary>
    public static void AddRole(string name, ServerlessResource owner, ServerlessTransform to, string service, string? basic)
    {
        var nodes = owner.Nodes;
        var managed = new List<Node>();
        var inline = new List<Node>();
        if (basic is not null)
            managed.Add(nodes.Sub(basic));
        if (owner.Properties.Has("VpcConfig"))
            managed.Add(nodes.Sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"));
        var policies = owner.Properties["Policies"] switch
        {
            ListNode list when Intrinsic.Of(list) is null => list.ResolvedItems.ToList(),
            { } one => [one],
            _ => [],
        };
        for (var i = 0; i < policies.Count; i++)
        {
            if (policies[i] is ScalarNode || Intrinsic.Of(policies[i]) is not null)
                managed.Add(TemplateNodes.Copy(policies[i]));
            else
                inline.Add(nodes.Map(("PolicyName", nodes.Text($"{name}Policy{i}")), ("PolicyDocument", TemplateNodes.Copy(policies[i]))));
        }

        to.Add(name, "AWS::IAM::Role", owner, nodes.Map(
            ("AssumeRolePolicyDocument", owner.Take("AssumeRolePolicyDocument") ?? Trust(nodes, service)),
            ("ManagedPolicyArns", managed.Count == 0 ? null : nodes.List([.. managed])),
            ("Policies", inline.Count == 0 ? null : nodes.List([.. inline])),
            ("PermissionsBoundary", owner.Take("PermissionsBoundary")),
            ("Path", owner.Take("RolePath")),
            ("Tags", owner.Tags(owner.Type == "StateMachine" ? "stateMachine:createdBy" : "lambda:createdBy"))));
    }

    public static MapNode Trust(TemplateNodes nodes, string service) => nodes.Map(("Version", nodes.Text("2012-10-17")), ("Statement",
        nodes.List(nodes.Map(("Action", nodes.List(nodes.Text("sts:AssumeRole"))), ("Effect", nodes.Text("Allow")),
            ("Principal", nodes.Map(("Service", nodes.List(nodes.Text(service)))))))));

    /// <summary>Where something lies in S3, as resources say it: of a link (<c>s3://bucket/key</c>), or of a mapping.</summary>
    public static Node? LocationOf(Node? node, TemplateNodes nodes, string prefix, ServerlessTransform to)
    {
        if (node is MapNode map && Intrinsic.Of(map) is null)
            return nodes.Map((prefix + "Bucket", Copy(map["Bucket"])), (prefix + "Key", Copy(map["Key"])),
                (prefix + "ObjectVersion", Copy(map["Version"])));
        if (to.TextOf(node) is not { } link || !link.StartsWith("s3://", StringComparison.Ordinal))
            return Copy(node);
        var rest = link.Substring(5);
        var slash = rest.IndexOf('/');
        if (slash < 0)
            return Copy(node);
        var key = rest.Substring(slash + 1);
        var query = key.IndexOf("?versionId=", StringComparison.Ordinal);
        return nodes.Map((prefix + "Bucket", nodes.Text(rest.Substring(0, slash))),
            (prefix + "Key", nodes.Text(query < 0 ? key : key.Substring(0, query))),
            (prefix + "ObjectVersion", query < 0 ? null : nodes.Text(key.Substring(query + 11))));
    }

    private static Node? Copy(Node? node) => node is null ? null : TemplateNodes.Copy(node);

    private static Node? CodeOf(ServerlessResource function, ServerlessTransform to)
    {
        var nodes = function.Nodes;
        if (function.Take("InlineCode") is { } inline)
            return nodes.Map(("ZipFile", inline));
        if (function.Take("ImageUri") is { } image)
            return nodes.Map(("ImageUri", image));
        return LocationOf(function.Properties["CodeUri"], nodes, "S3", to);
    }

    private static string? AddVersion(ServerlessResource function, Node? code, ServerlessTransform to)
    {
        var (name, nodes, properties) = (function.Name, function.Nodes, function.Properties);
        if (to.TextOf(properties["AutoPublishAlias"]) is not { Length: > 0 } alias)
            return null;
        string hash;
        if (to.TextOf(properties["AutoPublishCodeSha256"]) is { Length: > 0 } given)
        {
            hash = given.Substring(0, Math.Min(10, given.Length));
        }
        else if (to.TextOf(properties["AutoPublishAliasAllProperties"]) == "true")
        {
            hash = TemplateNodes.Hash(to.Json(to.PropertiesOf(name)));
        }
        else
        {
            var parts = nodes.Map();
            foreach (var entry in (code as MapNode)?.AllEntries.Concat((properties["Environment"] as MapNode)?.AllEntries ?? []) ?? [])
                parts.Add(new MapEntry(TemplateNodes.Copy(entry.Key), TemplateNodes.Copy(entry.Value)));
            // A path of the author's, in whose place the packaging puts what it uploads.
            if (code is ScalarNode path)
                parts.Add(new MapEntry(nodes.Text("S3Key"), TemplateNodes.Copy(path)));
            if (function.Take("MemorySize") is { } memory)
                parts.Add(new MapEntry(nodes.Text("MemorySize"), memory));
            if (properties["SnapStart"]?.TextAt("ApplyOn") is { } snap and not "None" && snap.Length > 0)
                parts.Add(new MapEntry(nodes.Text("SnapStart"), function.Take("SnapStart")!));
            hash = TemplateNodes.Hash(to.Json(parts));
        }

        var version = $"{name}Version{hash}";
        var aliasName = $"{name}Alias{alias.Replace("-", "D").Replace("_", "U")}";
        to.Add(version, "AWS::Lambda::Version", function, nodes.Map(("FunctionName", nodes.Ref(name)),
            ("Description", function.Take("VersionDescription"))),
            ("DeletionPolicy", function.Root["DeletionPolicy"] is { } policy ? TemplateNodes.Copy(policy)
                : function.Take("VersionDeletionPolicy") ?? nodes.Text("Retain")));
        var preference = properties["DeploymentPreference"];
        var isShifted = preference is MapNode && to.TextOf(preference["Enabled"]) is not "false";
        to.Add(aliasName, "AWS::Lambda::Alias", function, nodes.Map(("Name", nodes.Text(alias)), ("FunctionName", nodes.Ref(name)),
            ("FunctionVersion", nodes.GetAtt(version, "Version")),
            ("ProvisionedConcurrencyConfig", function.Take("ProvisionedConcurrencyConfig"))),
            ("UpdatePolicy", !isShifted ? null : nodes.Map(("CodeDeployLambdaAliasUpdate", nodes.Map(
                ("ApplicationName", nodes.Ref("ServerlessDeploymentApplication")),
                ("DeploymentGroupName", nodes.Ref(name + "DeploymentGroup")))))));
        if (isShifted)
        {
            to.Add("ServerlessDeploymentApplication", "AWS::CodeDeploy::Application", function,
                nodes.Map(("ComputePlatform", nodes.Text("Lambda"))));
            var role = preference!["Role"];
            if (role is null)
                to.Add("CodeDeployServiceRole", "AWS::IAM::Role", function,
                    nodes.Map(("AssumeRolePolicyDocument", Trust(nodes, "codedeploy.amazonaws.com"))));
            to.Add(name + "DeploymentGroup", "AWS::CodeDeploy::DeploymentGroup", function, nodes.Map(
                ("ApplicationName", nodes.Ref("ServerlessDeploymentApplication")),
                ("DeploymentConfigName", Copy(preference["Type"])),
                ("ServiceRoleArn", role is null ? nodes.GetAtt("CodeDeployServiceRole", "Arn") : TemplateNodes.Copy(role)),
                ("AlarmConfiguration", Copy(preference["Alarms"])), ("TriggerConfigurations", Copy(preference["TriggerConfigurations"]))));
        }

        to.Rename(name + ".Version", version);
        to.Rename(name + ".Alias", aliasName);
        return aliasName;
    }

    private static void AddUrl(ServerlessResource function, string? alias, ServerlessTransform to)
    {
        if (function.Properties["FunctionUrlConfig"] is not MapNode settings)
            return;
        var (name, nodes) = (function.Name, function.Nodes);
        to.Add(name + "Url", "AWS::Lambda::Url", function, nodes.Map(("TargetFunctionArn", nodes.Ref(alias ?? name)),
            ("AuthType", Copy(settings["AuthType"])), ("Cors", Copy(settings["Cors"])), ("InvokeMode", Copy(settings["InvokeMode"]))));
        if (to.TextOf(settings["AuthType"]) != "NONE")
            return;
        to.Add(name + "UrlPublicPermissions", "AWS::Lambda::Permission", function,
            nodes.Map(("Action", nodes.Text("lambda:InvokeFunctionUrl")),
            ("FunctionName", nodes.Ref(alias ?? name)), ("Principal", nodes.Text("*")), ("FunctionUrlAuthType", nodes.Text("NONE"))));
        to.Add(name + "URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", function,
            nodes.Map(("Action", nodes.Text("lambda:InvokeFunction")),
            ("FunctionName", nodes.Ref(alias ?? name)), ("Principal", nodes.Text("*")), ("InvokedViaFunctionUrl", nodes.Text("true"))));
    }

    private static void AddInvokes(ServerlessResource function, string? alias, ServerlessTransform to)
    {
        if (function.Properties["EventInvokeConfig"] is not MapNode settings)
            return;
        var (name, nodes) = (function.Name, function.Nodes);
        foreach (var end in (string[])["OnSuccess", "OnFailure"])
        {
            if (settings["DestinationConfig"]?[end] is not MapNode target || target["Destination"] is not null)
                continue;
            if (to.TextOf(target["Type"]) == "SQS")
                to.Add($"{name}EventInvokeConfig{end}Queue", "AWS::SQS::Queue", function, nodes.Map());
            else if (to.TextOf(target["Type"]) == "SNS")
                to.Add($"{name}EventInvokeConfig{end}Topic", "AWS::SNS::Topic", function, nodes.Map());
        }

        to.Add(name + "EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", function, nodes.Map(("FunctionName", nodes.Ref(name)),
            ("Qualifier", alias is null ? nodes.Text("$LATEST") : function.Take("AutoPublishAlias")),
            ("DestinationConfig", Copy(settings["DestinationConfig"])),
            ("MaximumEventAgeInSeconds", Copy(settings["MaximumEventAgeInSeconds"])),
            ("MaximumRetryAttempts", Copy(settings["MaximumRetryAttempts"]))));
    }
}
