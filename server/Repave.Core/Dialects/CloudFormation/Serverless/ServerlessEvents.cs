using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>Expands the events of functions and state machines: rules, schedules, subscriptions, mappings, and the permissions and roles by
/// which they call.</summary>
internal static class ServerlessEvents
{
    // What polls for the function, each with the property that says where.
    private static readonly Dictionary<string, string?> Polled = new(StringComparer.Ordinal)
    {
        ["Kinesis"] = "Stream",
        ["DynamoDB"] = "Stream",
        ["SQS"] = "Queue",
        ["MSK"] = "Stream",
        ["MQ"] = "Broker",
        ["SelfManagedKafka"] = null,
        ["DocumentDB"] = "Cluster",
    };

    /// <summary>Expands a function's events.</summary>
    /// <param name="function">The function.</param>
    /// <param name="target">What they call: the function, or its alias.</param>
    /// <param name="to">Where to add them.</param>
    public static void Expand(ServerlessResource function, MapNode target, ServerlessTransform to)
    {
        foreach (var entry in (function.Properties["Events"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is not { } name || entry.Value.Resolved is not MapNode read || read.TextAt("Type") is not { } type)
                continue;
            var properties = read["Properties"] as MapNode ?? function.Nodes.Map();
            new Event(function, function.Name + name, type, properties, target, to).Expand();
        }
    }

    private static Node? Copy(Node? node) => node is null ? null : TemplateNodes.Copy(node);

    private sealed class Event(ServerlessResource owner, string id, string type, MapNode properties, MapNode target, ServerlessTransform to)
    {
        private readonly TemplateNodes _nodes = owner.Nodes;

        private bool IsFunction => owner.Type == "Function";

        public void Expand()
        {
            switch (type)
            {
                case "Schedule":
                    AddRule(("ScheduleExpression", Copy(properties["Schedule"])));
                    break;
                case "EventBridgeRule" or "CloudWatchEvent":
                    AddRule(("EventBusName", Copy(properties["EventBusName"])), ("EventPattern", Copy(properties["Pattern"])));
                    break;
                case "ScheduleV2":
                    AddSchedule();
                    break;
                case "Api":
                    AddApi();
                    break;
                case "HttpApi" when IsFunction:
                    AddHttp();
                    break;
                case "S3" when IsFunction:
                    AddBucket();
                    break;
                case "SNS" when IsFunction:
                    AddTopic();
                    break;
                case "CloudWatchLogs" when IsFunction:
                    AddPermission("logs.amazonaws.com");
                    to.Add(id, "AWS::Logs::SubscriptionFilter", owner, _nodes.Map(("LogGroupName", Copy(properties["LogGroupName"])),
                        ("FilterPattern", Copy(properties["FilterPattern"])), ("DestinationArn", Arn())),
                        ("DependsOn", _nodes.List(_nodes.Text(id + "Permission"))));
                    break;
                case "IoTRule" when IsFunction:
                    AddPermission("iot.amazonaws.com");
                    to.Add(id, "AWS::IoT::TopicRule", owner, _nodes.Map(("TopicRulePayload", _nodes.Map(
                        ("AwsIotSqlVersion", Copy(properties["AwsIotSqlVersion"])), ("Sql", Copy(properties["Sql"])),
                        ("RuleDisabled", _nodes.Text("false")),
                            ("Actions", _nodes.List(_nodes.Map(("Lambda", _nodes.Map(("FunctionArn", Arn()))))))))));
                    break;
                case "AlexaSkill" when IsFunction:
                    AddPermission("alexa-appkit.amazon.com");
                    break;
                case "Cognito" when IsFunction:
                    to.Add(owner.Name + "CognitoPermission", "AWS::Lambda::Permission", owner,
                        Permission("cognito-idp.amazonaws.com", null));
                    break;
                default:
                    if (IsFunction && Polled.TryGetValue(type, out var source))
                        AddMapping(source);
                    break;
            }
        }

        private MapNode Arn() => IsFunction && target["Ref"] is ScalarNode { Value: var name } && name == owner.Name
            ? _nodes.GetAtt(name, "Arn")
            : (MapNode)TemplateNodes.Copy(target);

        private MapNode Permission(string principal, Node? source) => _nodes.Map(("Action", _nodes.Text("lambda:InvokeFunction")),
            ("FunctionName", TemplateNodes.Copy(target)), ("Principal", _nodes.Text(principal)), ("SourceArn", source));

        private void AddPermission(string principal, Node? source = null, string suffix = "") =>
            to.Add($"{id}Permission{suffix}", "AWS::Lambda::Permission", owner, Permission(principal, source));

        private Node? AddLetters(bool withPolicy)
        {
            if (properties["DeadLetterConfig"] is not MapNode letters)
                return null;
            if (letters["Arn"] is { } known)
                return TemplateNodes.Copy(known);
            var queue = to.TextOf(letters["QueueLogicalId"]) ?? id + "Queue";
            to.Add(queue, "AWS::SQS::Queue", owner, _nodes.Map());
            if (withPolicy)
                to.Add(id + "QueuePolicy", "AWS::SQS::QueuePolicy", owner, _nodes.Map(("Queues", _nodes.List(_nodes.Ref(queue))),
                    ("PolicyDocument", _nodes.Map(("Source", _nodes.GetAtt(id, "Arn"))))));
            return _nodes.GetAtt(queue, "Arn");
        }

        private void AddRule(params (string Key, Node? Value)[] when)
        {
            var letters = AddLetters(withPolicy: true);
            var call = _nodes.Map(("Id", Copy(properties["Target"]?["Id"])
                ?? _nodes.Text(id + (IsFunction ? "LambdaTarget" : "StepFunctionsTarget"))),
                ("Arn", Arn()), ("RoleArn", IsFunction ? null : Copy(properties["RoleArn"]) ?? _nodes.GetAtt(id + "Role", "Arn")),
                ("Input", Copy(properties["Input"])),
                ("InputPath", Copy(properties["InputPath"])), ("InputTransformer", Copy(properties["InputTransformer"])),
                ("DeadLetterConfig", letters is null ? null : _nodes.Map(("Arn", letters))),
                    ("RetryPolicy", Copy(properties["RetryPolicy"])));
            var enabled = to.TextOf(properties["Enabled"]);
            to.Add(id, "AWS::Events::Rule", owner, _nodes.Map([.. when, ("Name", Copy(properties["Name"] ?? properties["RuleName"])),
                ("Description", Copy(properties["Description"])),
                ("State", Copy(properties["State"]) ?? (enabled is null ? null : _nodes.Text(enabled == "true" ? "ENABLED" : "DISABLED"))),
                ("Targets", _nodes.List(call))]));
            if (IsFunction)
                AddPermission("events.amazonaws.com", _nodes.GetAtt(id, "Arn"));
            else if (properties["RoleArn"] is null)
                AddRole("events.amazonaws.com");
        }

        private void AddRole(string service) => to.Add(id + "Role", "AWS::IAM::Role", owner, _nodes.Map(
            ("AssumeRolePolicyDocument", ServerlessFunctions.Trust(_nodes, service)),
            ("PermissionsBoundary", Copy(properties["PermissionsBoundary"])),
            ("Policies", _nodes.List(_nodes.Map(("PolicyName", _nodes.Text(id + "Policy")),
                ("PolicyDocument", _nodes.Map(("Resource", Arn()))))))));

        private void AddSchedule()
        {
            var letters = AddLetters(withPolicy: false);
            if (properties["RoleArn"] is null)
                AddRole("scheduler.amazonaws.com");
            var isNamed = to.TextOf(properties["OmitName"]) != "true";
            to.Add(id, "AWS::Scheduler::Schedule", owner, _nodes.Map(
                ("ScheduleExpression", Copy(properties["ScheduleExpression"])),
                ("FlexibleTimeWindow", Copy(properties["FlexibleTimeWindow"]) ?? _nodes.Map(("Mode", _nodes.Text("OFF")))),
                ("Name", Copy(properties["Name"]) ?? (isNamed ? _nodes.Text(id) : null)), ("State", Copy(properties["State"])),
                ("Description", Copy(properties["Description"])), ("StartDate", Copy(properties["StartDate"])),
                ("EndDate", Copy(properties["EndDate"])), ("ScheduleExpressionTimezone", Copy(properties["ScheduleExpressionTimezone"])),
                ("GroupName", Copy(properties["GroupName"])), ("KmsKeyArn", Copy(properties["KmsKeyArn"])),
                ("Target", _nodes.Map(("Arn", Arn()), ("RoleArn", Copy(properties["RoleArn"]) ?? _nodes.GetAtt(id + "Role", "Arn")),
                    ("Input", Copy(properties["Input"])), ("DeadLetterConfig", letters is null ? null : _nodes.Map(("Arn", letters))),
                    ("RetryPolicy", Copy(properties["RetryPolicy"]))))));
        }

        private void AddApi()
        {
            var api = NameOf(properties["RestApiId"]) ?? (properties["RestApiId"] is null ? ServerlessApis.ImplicitRest : null);
            var stage = api is null or ServerlessApis.ImplicitRest ? "Prod" : StageOf(api);
            if (api is not null)
                to.Apis.AddPath(api, id, properties, owner);
            if (!IsFunction)
            {
                to.Add(id + "Role", "AWS::IAM::Role", owner, _nodes.Map(
                    ("AssumeRolePolicyDocument", ServerlessFunctions.Trust(_nodes, "apigateway.amazonaws.com")),
                    ("Policies", _nodes.List(_nodes.Map(("PolicyDocument", _nodes.Map(("Resource", _nodes.Ref(owner.Name)))))))));
                return;
            }

            AddPermission("apigateway.amazonaws.com", api is null ? Copy(properties["RestApiId"]) : _nodes.Map(("Fn::Sub",
                _nodes.List(_nodes.Text("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/"
                    + $"{to.TextOf(properties["Method"])?.ToUpperInvariant()}{to.TextOf(properties["Path"])}"),
                    _nodes.Map(("__ApiId__", _nodes.Ref(api)), ("__Stage__", _nodes.Text("*")))))), stage);
        }

        private string StageOf(string api)
        {
            if (to.Written.Resources.TryGetValue(api, out var entry) && entry.Value["Properties"]?["StageName"] is { } stage)
            {
                var name = Intrinsic.Of(stage) is null && stage is ScalarNode text ? text.Value : null;
                return name is null ? "Stage" : name.All(char.IsLetterOrDigit) ? name : TemplateNodes.Hash(name);
            }

            return "AllStages";
        }

        private void AddHttp()
        {
            var api = NameOf(properties["ApiId"]) ?? (properties["ApiId"] is null ? ServerlessApis.ImplicitHttp : null);
            if (api is not null)
                to.Apis.AddPath(api, id, properties, owner);
            AddPermission("apigateway.amazonaws.com", _nodes.Map(("Fn::Sub", _nodes.List(
                _nodes.Text("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}"
                    + $"{to.TextOf(properties["Path"])}"),
                _nodes.Map(("__ApiId__", api is null ? Copy(properties["ApiId"]) : _nodes.Ref(api)), ("__Stage__", _nodes.Text("*")))))));
        }

        private void AddBucket()
        {
            AddPermission("s3.amazonaws.com");
            if (NameOf(properties["Bucket"]) is not { } bucket || to.PropertiesOf(bucket) is not { } held)
                return;
            var configuration = held["NotificationConfiguration"] as MapNode;
            if (configuration is null)
                held.Add(new MapEntry(_nodes.Text("NotificationConfiguration"), configuration = _nodes.Map()));
            var list = configuration["LambdaConfigurations"] as ListNode;
            if (list is null)
                configuration.Add(new MapEntry(_nodes.Text("LambdaConfigurations"), list = _nodes.List()));
            var events = properties["Events"] is ListNode several ? several.ResolvedItems.ToList() : properties["Events"] is { } one
                ? [one] : [];
            foreach (var single in events)
                list.Add(_nodes.Map(("Event", TemplateNodes.Copy(single)), ("Filter", Copy(properties["Filter"])), ("Function", Arn())));
        }

        private void AddTopic()
        {
            var endpoint = Arn();
            var isQueued = properties["SqsSubscription"] is { } queued && (queued is MapNode || to.TextOf(queued) == "true");
            if (isQueued)
            {
                var given = properties["SqsSubscription"] as MapNode;
                var queue = given is null ? _nodes.GetAtt(id + "Queue", "Arn") : Copy(given["QueueArn"]);
                if (given is null)
                    to.Add(id + "Queue", "AWS::SQS::Queue", owner, _nodes.Map());
                to.Add(to.TextOf(given?["QueuePolicyLogicalId"]) ?? id + "QueuePolicy", "AWS::SQS::QueuePolicy", owner, _nodes.Map(
                    ("Queues", _nodes.List(given is null ? _nodes.Ref(id + "Queue") : Copy(given["QueueUrl"])!)),
                    ("PolicyDocument", _nodes.Map(("Source", Copy(properties["Topic"]))))));
                to.Add(id + "EventSourceMapping", "AWS::Lambda::EventSourceMapping", owner, _nodes.Map(
                    ("FunctionName", TemplateNodes.Copy(target)), ("EventSourceArn", Copy(queue)),
                    ("BatchSize", Copy(given?["BatchSize"]) ?? _nodes.Text("10")), ("Enabled", _nodes.Text("true"))));
                endpoint = queue as MapNode ?? endpoint;
            }
            else
            {
                AddPermission("sns.amazonaws.com", Copy(properties["Topic"]));
            }

            to.Add(id, "AWS::SNS::Subscription", owner,
                _nodes.Map(("Protocol", _nodes.Text(isQueued ? "sqs" : "lambda")), ("Endpoint", Copy(endpoint)),
                ("TopicArn", Copy(properties["Topic"])), ("Region", Copy(properties["Region"])),
                    ("FilterPolicy", Copy(properties["FilterPolicy"])),
                ("FilterPolicyScope", Copy(properties["FilterPolicyScope"])), ("RedrivePolicy", Copy(properties["RedrivePolicy"]))));
        }

        private void AddMapping(string? source)
        {
            var made = new List<(string Key, Node? Value)> { ("FunctionName", TemplateNodes.Copy(target)) };
            foreach (var entry in properties.AllEntries)
            {
                if (entry.Name is { } name && name is not ("SecretsManagerKmsKeyId" or "ConsumerGroupId" or "KafkaBootstrapServers"))
                    made.Add((name == source ? "EventSourceArn" : name, TemplateNodes.Copy(entry.Value)));
            }

            to.Add(id, "AWS::Lambda::EventSourceMapping", owner, _nodes.Map([.. made]));
        }

        private static string? NameOf(Node? node) => node?.Resolved is not { } value ? null
            : Intrinsic.Of(value) is { } function ? function is { Name: "Ref", Text: { } name } ? name : null
            : value is ScalarNode { IsNull: false } text ? text.Value : null;
    }
}
