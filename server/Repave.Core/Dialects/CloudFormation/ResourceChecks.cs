using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What AWS refuses of single resources beyond the shapes of their properties, from the services' documentation.</summary>
internal sealed class ResourceChecks(CloudFormationResource resource, FindingSink sink)
{
    private static readonly BoundedRegex Rate = new("^rate\\(([0-9]+) (minutes?|hours?|days?)\\)$");

    private readonly Template _template = resource.Template;

    public void Check()
    {
        if (_template.HasMacros)
            return;
        if (resource.Type.EndsWith("::MODULE", StringComparison.Ordinal))
            CheckModule();
        CheckCustom();
        if (_template.IsServerless && resource.Type.StartsWith("AWS::Serverless::", StringComparison.Ordinal))
            new Serverless.ServerlessChecks(resource, sink).Check();
        if (resource.Properties is not { } properties || Intrinsic.Of(properties) is not null || FilledInLater.Is(properties))
            return;
        switch (resource.Type)
        {
            case "AWS::DynamoDB::Table":
                CheckKeys(properties);
                break;
            case "AWS::EC2::Instance":
                CheckImage(properties);
                break;
            case "AWS::ElastiCache::ReplicationGroup":
                CheckCluster(properties);
                break;
            case "AWS::Events::Rule":
                CheckSchedule(properties);
                break;
            case "AWS::Lambda::Function":
                CheckPackage(properties);
                break;
            case "AWS::Route53::RecordSet":
                CheckRecordName(properties);
                break;
            case "AWS::CodePipeline::Pipeline":
                new PipelineChecks(resource, sink).Check(properties);
                break;
        }
    }

    private void CheckCustom()
    {
        if (resource.Type != "AWS::CloudFormation::CustomResource" && !resource.Type.StartsWith("Custom::", StringComparison.Ordinal)
            || resource.Properties is { } properties && (Intrinsic.Of(properties) is not null || FilledInLater.Is(properties)
                || properties.Find("ServiceToken") is not null)
            || !resource.Slot.Document.IsWhole)
            return;
        sink.Add(MissingField.Instance, ShapeValidator.Anchor(resource.Properties ?? resource.NameNode),
            "A custom resource needs a ServiceToken, which names who makes it.",
            resource, "Properties.ServiceToken");
    }

    private void CheckImage(MapNode properties)
    {
        if (!properties.Has("ImageId") && !properties.Has("LaunchTemplate") && resource.Slot.Document.IsWhole)
            sink.Add(MissingField.Instance, ShapeValidator.Anchor(properties),
                "An instance needs an ImageId, or a LaunchTemplate that has one.", resource,
                "Properties.ImageId");
    }

    // An archive says nothing of how it is run; an image does.
    private void CheckPackage(MapNode properties)
    {
        if (properties["PackageType"] is { } kind && kind is not ScalarNode { Value: "Zip", Tag: null }
            || properties["Code"] is not MapNode code || Intrinsic.Of(code) is not null || FilledInLater.Is(code)
            || !code.Has("ZipFile") && !code.Has("S3Bucket") || code.Has("ImageUri") || !resource.Slot.Document.IsWhole)
            return;
        foreach (var needed in (string[])["Handler", "Runtime"])
        {
            if (!properties.Has(needed))
                sink.Add(MissingField.Instance, ShapeValidator.Anchor(properties), $"A function whose code is an archive needs '{needed}'.",
                    resource, $"Properties.{needed}");
        }
    }

    private void CheckModule()
    {
        foreach (var name in (string[])["CreationPolicy", "UpdatePolicy"])
        {
            if (resource.Root.Find(name) is { } policy)
                sink.Add(UnknownField.Instance, policy.Key.Span, $"A module takes no {name}.", resource, name);
        }

        if (resource.Properties?.Find("Tags") is { } tags)
            sink.Add(UnknownField.Instance, tags.Key.Span, "A module takes no Tags: they belong to the resources in it.", resource,
                "Properties.Tags");
        if ((resource.Root["Metadata"] as MapNode)?.Find("AWS::CloudFormation::Module") is { } reserved)
            sink.Add(UnknownField.Instance, reserved.Key.Span, "CloudFormation itself writes the metadata AWS::CloudFormation::Module.",
                resource, "Metadata");
    }

    private void CheckKeys(MapNode properties)
    {
        foreach (var scenario in Scenarios(properties, "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes"))
        {
            var defined = new HashSet<string>(StringComparer.Ordinal);
            var used = new HashSet<string>(StringComparer.Ordinal);
            if (!Names(Under(properties["AttributeDefinitions"], scenario), defined)
                || !Names(Under(properties["KeySchema"], scenario), used))
                continue;
            var isKnown = true;
            foreach (var kind in (string[])["GlobalSecondaryIndexes", "LocalSecondaryIndexes"])
            {
                if (Under(properties[kind], scenario) is not { } indexes)
                    continue;
                if (indexes is not ListNode list || Intrinsic.Of(list) is not null
                    || list.ResolvedItems.Any(i => Intrinsic.Of(i) is not null || FilledInLater.Is(i)))
                    isKnown = false;
                else
                    isKnown &= list.ResolvedItems.All(i => Names(Under(i["KeySchema"], scenario), used));
            }

            if (!isKnown || defined.SetEquals(used))
                continue;
            var missing = used.Except(defined).ToList();
            sink.Add(RefusedCombination.Instance, ShapeValidator.Anchor(properties), missing.Count > 0
                ? $"A key names {QuotedNames.Of(missing)}, which AttributeDefinitions does not define."
                : $"AttributeDefinitions defines {QuotedNames.Of([.. defined.Except(used)])}, which no key uses.", resource, "Properties");
            return;
        }
    }

    // The attribute names of a list of definitions or keys; false where one is known only in the stack.
    private static bool Names(Node? node, HashSet<string> names)
    {
        if (node is null)
            return true;
        if (node is not ListNode list || Intrinsic.Of(list) is not null)
            return false;
        foreach (var item in list.ResolvedItems)
        {
            if (item is not MapNode mapping || Intrinsic.Of(item) is not null || FilledInLater.Is(item)
                || mapping["AttributeName"] is not ScalarNode name || Intrinsic.Of(name) is not null || name.Value.Contains("{{"))
                return false;
            names.Add(name.Value);
        }

        return true;
    }

    private void CheckCluster(MapNode properties)
    {
        if (properties.Find("CacheParameterGroupName") is not { } entry)
            return;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scenario in Scenarios(properties, "CacheParameterGroupName", "AutomaticFailoverEnabled", "NumNodeGroups",
            "NumCacheClusters"))
        {
            if (Under(entry.Value, scenario) is not { } group || Intrinsic.Of(group) is not { Name: "Ref", Text: { } name }
                || _template.TypeOf(name) != "AWS::ElastiCache::ParameterGroup"
                || Under(_template.Resources[name].Value.Resolved?["Properties"]?["Properties"], scenario) is not MapNode settings
                || Under(settings["cluster-enabled"], scenario) is not ScalarNode { Value: "yes" })
                continue;
            if (Under(properties["AutomaticFailoverEnabled"], scenario) is ScalarNode failover
                && failover.Value.ToLowerInvariant() == "false"
                && Intrinsic.Of(failover) is null)
                Say("A cluster needs AutomaticFailoverEnabled: leave it out, or set it to true.");
            if (Under(properties["NumNodeGroups"], scenario) is null
                && (Under(properties["NumCacheClusters"], scenario) is var count && count is null
                    || count is ScalarNode { Integer: <= 1 } && Intrinsic.Of(count) is null))
                Say("A cluster needs NumNodeGroups, or more than one in NumCacheClusters.");
        }

        void Say(string message)
        {
            if (said.Add(message))
                sink.Add(RefusedCombination.Instance, entry.Key.Span, message, resource, "Properties.CacheParameterGroupName");
        }
    }

    private void CheckSchedule(MapNode properties)
    {
        if (properties["ScheduleExpression"] is not ScalarNode schedule || Intrinsic.Of(schedule) is not null
            || schedule.Value.Contains("${")
            || schedule.Value.Contains("{{"))
            return;
        if (ScheduleIssue(schedule.Value) is { } wrong)
            sink.Add(MalformedValue.Instance, ShapeValidator.Underline(schedule), wrong, resource, "Properties.ScheduleExpression");
    }

    private static string? ScheduleIssue(string text)
    {
        if (text.StartsWith("rate(", StringComparison.Ordinal) && text.EndsWith(")", StringComparison.Ordinal))
        {
            if (!Rate.Matches(text))
                return "A rate is a whole number and minutes, hours or days, as in rate(5 minutes).";
            var parts = text.Substring(5, text.Length - 6).Split(' ');
            if (parts[0].TrimStart('0').Length == 0)
                return "A rate must be at least 1.";
            var isOne = parts[0].TrimStart('0') == "1";
            return isOne == parts[1].EndsWith("s", StringComparison.Ordinal)
                ? $"The unit of rate({parts[0]} …) is written {(isOne ? parts[1].TrimEnd('s') : parts[1] + "s")}." : null;
        }

        if (!text.StartsWith("cron(", StringComparison.Ordinal) || !text.EndsWith(")", StringComparison.Ordinal))
            return "A schedule is rate(…) or cron(…).";
        var fields = text.Substring(5, text.Length - 6).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6)
            return "cron(…) has six fields: minutes, hours, day of the month, month, day of the week, year.";
        return fields[2] != "?" && fields[4] != "?" ? "Of the day of the month and the day of the week in cron(…) one must be ?." : null;
    }

    private void CheckRecordName(MapNode properties)
    {
        foreach (var scenario in Scenarios(properties, "Name", "HostedZoneName"))
        {
            if (Under(properties["HostedZoneName"], scenario) is not ScalarNode zone || Intrinsic.Of(zone) is not null
                || zone.Value.Contains("${")
                || Under(properties["Name"], scenario) is not ScalarNode name || Intrinsic.Of(name) is not null
                    || name.Value.Contains("${"))
                continue;
            if (!zone.Value.EndsWith(".", StringComparison.Ordinal))
                sink.Add(MalformedValue.Instance, ShapeValidator.Underline(zone),
                    $"The name of a hosted zone ends with a point: '{zone.Value}.'.", resource,
                    "Properties.HostedZoneName");
            var (whole, of) = (name.Value.TrimEnd('.') + ".", zone.Value.TrimEnd('.') + ".");
            if (whole != of && !whole.EndsWith("." + of, StringComparison.Ordinal))
                sink.Add(MalformedValue.Instance, ShapeValidator.Underline(name),
                    $"'{name.Value}' is not in the hosted zone '{zone.Value}'.", resource,
                    "Properties.Name");
            return;
        }
    }

    private IEnumerable<IReadOnlyList<(string Condition, bool Value)>> Scenarios(MapNode properties, params string[] names) =>
        Expressions.Scenarios(_template, properties, names, Expressions.ConditionsOf(resource.Root));

    private static Node? Under(Node? node, IReadOnlyList<(string Condition, bool Value)> scenario) => Expressions.Under(node, scenario);
}
