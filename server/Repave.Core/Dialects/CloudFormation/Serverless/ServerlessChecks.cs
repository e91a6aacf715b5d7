using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>What the Serverless Application Model refuses beyond the shapes of its properties. Each line was asked of its own translator
/// (aws-sam-translator), with one property left out of a template that it takes.</summary>
internal sealed class ServerlessChecks(CloudFormationResource resource, FindingSink sink)
{
    // Of names with a bar between them one is enough.
    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["Api"] = ["StageName"],
        ["Application"] = ["Location"],
        ["Connector"] = ["Source", "Destination", "Permissions"],
        ["GraphQLApi"] = ["Auth", "SchemaUri|SchemaInline"],
        ["LayerVersion"] = ["ContentUri"],
        ["StateMachine"] = ["Definition|DefinitionUri"],
    };

    private static readonly Dictionary<string, string[]> NeededByEvents = new(StringComparer.Ordinal)
    {
        ["Api"] = ["Path", "Method"],
        ["CloudWatchLogs"] = ["LogGroupName", "FilterPattern"],
        ["Cognito"] = ["UserPool", "Trigger"],
        ["DocumentDB"] = ["Cluster", "DatabaseName", "SourceAccessConfigurations"],
        ["DynamoDB"] = ["Stream", "StartingPosition"],
        ["IoTRule"] = ["Sql"],
        ["Kinesis"] = ["Stream", "StartingPosition"],
        ["MQ"] = ["Broker", "SourceAccessConfigurations"],
        ["MSK"] = ["Stream", "StartingPosition"],
        ["S3"] = ["Bucket", "Events"],
        ["SNS"] = ["Topic"],
        ["SQS"] = ["Queue"],
        ["Schedule"] = ["Schedule"],
        ["ScheduleV2"] = ["ScheduleExpression"],
        ["SelfManagedKafka"] = ["Topics", "KafkaBootstrapServers", "SourceAccessConfigurations"],
    };

    private static readonly string[] Run = ["Handler", "Runtime"];
    private static readonly string[] NotOfImages = ["Handler", "Runtime", "Layers"];

    public void Check()
    {
        if (!resource.Slot.Document.IsWhole || resource.Root["Properties"] is { } written
            && (written is not MapNode map || !IsPlain(map)))
            return;
        var entry = resource.Template.Resources.TryGetValue(resource.Id.Name, out var own) ? own : null;
        if (entry is null)
            return;
        var model = new ServerlessResource(resource.Id.Name, entry, ServerlessTransform.GlobalsFor(resource.Template, resource.Root));
        if (Needed.TryGetValue(model.Type, out var needed))
            Need(needed, model.Properties, Place, $"AWS::Serverless::{model.Type}", "Properties");
        if (model.Type == "Function")
            CheckFunction(model.Properties);
        if (resource.Properties?["Events"] is MapNode events && IsPlain(events))
            CheckEvents(events);
    }

    private Text.TextSpan Place => resource.Properties is { Entries.Count: > 0 } properties
        ? ShapeValidator.Anchor(properties) : ShapeValidator.Underline(resource.NameNode);

    private static bool IsPlain(MapNode map) => Intrinsic.Of(map) is null && !FilledInLater.Is(map) && map.Find("Fn::Transform") is null;

    private void CheckFunction(MapNode properties)
    {
        switch (properties["PackageType"])
        {
            case null when properties.Find("ImageUri") is not null:
                break;
            case null or ScalarNode { Value: "Zip", Tag: null }:
                Need(Run, properties, Place, "A function whose code is an archive", "Properties");
                break;
            case ScalarNode { Value: "Image", Tag: null }:
                foreach (var name in NotOfImages.Where(n => properties.Find(n) is not null))
                {
                    sink.Add(UnknownField.Instance, resource.Properties?.Find(name)?.Key.Span ?? Place,
                        $"A function that is an image takes no {name}.", resource, $"Properties.{name}");
                }

                break;
        }
    }

    private void CheckEvents(MapNode events)
    {
        foreach (var entry in events.AllEntries)
        {
            if (entry.Value.Resolved is not MapNode source || !IsPlain(source) || source.TextAt("Type") is not { } type
                || !NeededByEvents.TryGetValue(type, out var needed)
                || source["Properties"] is { } written && (written is not MapNode given || !IsPlain(given)))
                continue;
            Need(needed, source["Properties"] as MapNode, entry.Key.Span, $"An event of the type {type}",
                $"Properties.Events.{entry.Name}.Properties");
        }
    }

    private void Need(string[] names, MapNode? properties, Text.TextSpan place, string what, string path)
    {
        foreach (var name in names)
        {
            var ways = name.Split('|');
            if (!ways.Any(way => properties?.Find(way) is not null))
                sink.Add(MissingField.Instance, place, $"{what} needs {string.Join(" or ", ways.Select(w => $"'{w}'"))}.", resource,
                    $"{path}.{ways[0]}");
        }
    }
}
