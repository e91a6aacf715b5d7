using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Features in CloudFormation templates, as texts with a cursor (<c>¦</c>) in them.</summary>
public sealed class TemplateFeatureTests : IDisposable
{
    private const string Head = "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Delay: {Type: Number, Default: 0}\nConditions:\n"
        + "  IsLive: !Equals [!Ref Delay, 1]\nResources:\n";
    private const string Queue = "  Orders:\n    Type: AWS::SQS::Queue\n    Condition: IsLive\n    Properties:\n"
        + "      DelaySeconds: !Ref Delay\n";
    private const string Output = "Outputs:\n  Address:\n    Condition: IsLive\n    Value: !Sub \"${Orders.Arn} ${Delay}\"\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Head + "  Orders:\n    Type: AWS::SQS::Q¦\n", "AWS::SQS::Queue", "AWS::S3::Bucket")]
    [InlineData(Head + "  Orders:\n    Type: AWS::SQS::Queue\n    ¦\n", "Properties", "!Type")]
    [InlineData(Head + "  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      ¦\n", "VisibilityTimeout", "QueueName")]
    [InlineData(Head + "  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      FifoQueue: ¦\n", "true", "false")]
    [InlineData(Head + "  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n        - ¦\n",
        "IpProtocol", "FromPort")]
    [InlineData(Head + Queue + "  Other:\n    Type: AWS::SQS::Queue\n    DependsOn: ¦\n", "Orders", "!Other")]
    [InlineData(Head + Queue + "  Other:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Re¦\n",
        "!Ref Orders", "!Ref Delay")]
    [InlineData(Head + Queue + "  Other:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !GetAtt O¦\n", "Orders.Arn",
        "Orders.QueueName")]
    [InlineData(Head + Queue + "  Other:\n    Type: AWS::SNS::Topic\n    Condition: ¦\n", "IsLive", "")]
    [InlineData("Parameters:\n  Delay:\n    Type: ¦\nResources:\n  A:\n    Type: AWS::SQS::Queue\n", "Number", "String")]
    [InlineData("AWSTemplateFormatVersion: \"2010-09-09\"\n¦\n", "Resources", "Outputs")]
    public void CompletionOffersWhatFits(string marked, string first, string second)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
        {
            var items = client.Completion(uri, line, character)
                .Select(i => (string)i!["label"]!).ToList();
            Assert.Contains(first, items);
            if (second is ['!', >= 'A' and <= 'Z', ..] && !second.Contains(' ', StringComparison.Ordinal))
                Assert.DoesNotContain(second[1..], items);
            else if (second.Length > 0)
                Assert.Contains(second, items);
        }
    }

    [Theory]
    [InlineData(Head + "  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      Queue¦Name: orders\n", "**QueueName**: text",
        "**Changing this** replaces the resource")]
    [InlineData(Head + "  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      Instance¦Type: t3.small\n", "**InstanceType**: text",
        "depending on the values")]
    [InlineData("{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {\"Orders\": {\"Type\": \"AWS::SQS::Queue\", "
        + "\"Properties\": {\"Visibility¦Timeout\": 3}}}}",
        "**VisibilityTimeout**: whole number", "mutates in place")]
    public void HoverSaysWhatAPropertyIsAndWhatChangingItDoes(string marked, string one, string other)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
        {
            var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
            Assert.Contains(one, text, StringComparison.Ordinal);
            Assert.Contains(other, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        Head + "  Ord¦ers:\n    Type: AWS::SQS::Queue\n    Condition: IsLive\n    Properties:\n      DelaySeconds: !Ref Delay\n" + Output,
        "Queue", 2, 6)]
    [InlineData(Head + Queue + "Outputs:\n  Address:\n    Condition: IsLive\n    Value: !Sub \"${Ord¦ers.Arn} ${Delay}\"\n", "Queue", 2, 6)]
    [InlineData(
        Head + "  Orders:\n    Type: AWS::SQS::Queue\n    Condition: IsLive\n    Properties:\n      DelaySeconds: !Ref De¦lay\n" + Output,
        "Seconds", 4, 2)]
    [InlineData(
        Head + "  Orders:\n    Type: AWS::SQS::Queue\n    Condition: IsL¦ive\n    Properties:\n      DelaySeconds: !Ref Delay\n" + Output,
        "IsProduction", 3, 4)]
    public void NamesAreFollowedAndChangedEverywhereAndNowhereElse(string marked, string newName, int places, int definition)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
        {
            var at = Client.At(uri, line, character);
            Assert.Equal(definition,
                (int)client.Request("textDocument/definition", at.DeepClone().AsObject())![0]!["range"]!["start"]!["line"]!);
            var old = (string)client.Request("textDocument/prepareRename", at.DeepClone().AsObject())!["placeholder"]!;
            at["newName"] = newName;
            var edits = client.Request("textDocument/rename", at)!["changes"]![uri]!.AsArray();
            Assert.Equal(places, edits.Count);
            var lines = marked.Replace("¦", "", StringComparison.Ordinal).Split('\n');
            foreach (var edit in edits.OrderByDescending(
                e => ((int)e!["range"]!["start"]!["line"]!, (int)e["range"]!["start"]!["character"]!)))
            {
                var (row, from, to) = ((int)edit!["range"]!["start"]!["line"]!, (int)edit["range"]!["start"]!["character"]!,
                    (int)edit["range"]!["end"]!["character"]!);
                Assert.Equal(old, lines[row][from..to]);
                lines[row] = lines[row][..from] + newName + lines[row][to..];
            }

            client.Change(uri, 2, new JsonObject { ["text"] = string.Join('\n', lines) });
            Assert.DoesNotContain(client.Diagnostics(uri, 2), d => (int)d!["severity"]! == 1);
        }
    }

    [Fact]
    public void ThePlanStandsOverResourcesAndBesideTheirChanges()
    {
        File.WriteAllText(Path.Combine(_folder, "before.yaml"), Head + Queue);
        Directory.CreateDirectory(Path.Combine(_folder, "stack"));
        var uri = new Uri(Path.Combine(_folder, "stack", "before.yaml")).AbsoluteUri;
        using var client = Client.Start(Path.Combine(_folder, "stack"), new JsonObject { ["baseline"] = "../before.yaml" });
        var live = (Head + Queue).Replace("Default: 0", "Default: 1", StringComparison.Ordinal);
        client.Open(uri, live.Replace("Properties:\n", "Properties:\n      FifoQueue: true\n", StringComparison.Ordinal));
        client.Wait(n => (string?)n["method"] == "repave/planChanged" && (string?)n["params"]!["summary"] == "1 create");
        var lens = client.Request("textDocument/codeLens", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })![0]!;
        Assert.Equal(6, (int)lens["range"]!["start"]!["line"]!);
    }

    [Theory]
    [InlineData("¦" + Head + Queue + Output)]
    [InlineData("¦{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {\"Orders\": {\"Type\": \"AWS::SQS::Queue\"}}}")]
    public void TheOutlineHoldsEachName(string marked)
    {
        var (client, uri, _, _) = OpenMarked(marked.Length > 0 && marked[1] == '{' ? "{¦" + marked[2..] : marked);
        using (client)
        {
            var symbol = client.Request("textDocument/documentSymbol",
                new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })![0]!;
            Assert.Equal("AWS::SQS::Queue/Orders", (string)symbol["name"]!);
            (int, int) At(string range, string end) => ((int)symbol[range]![end]!["line"]!, (int)symbol[range]![end]!["character"]!);
            // Editors refuse an outline whose names stand outside of what they name.
            Assert.True(At("range", "start").CompareTo(At("selectionRange", "start")) <= 0
                && At("range", "end").CompareTo(At("selectionRange", "end")) >= 0,
                symbol.ToJsonString());
        }
    }

    [Fact]
    public void TheOutlineHoldsParametersConditionsAndOutputs()
    {
        var (client, uri, _, _) = OpenMarked("¦" + Head + Queue + "Outputs:\n  Address: {Value: !Ref Orders}\n");
        using (client)
        {
            var symbols = client.Request("textDocument/documentSymbol",
                new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray();
            Assert.Equal(["AWS::SQS::Queue/Orders", "Parameters/Delay", "Conditions/IsLive", "Outputs/Address"], symbols.Select(s =>
                (string)s!["name"]! is var name && name.Contains('/', StringComparison.Ordinal) ? name
                    : $"{name}/{s["children"]![0]!["name"]}"));
        }
    }

    private (Client Client, string Uri, int Line, int Character) OpenMarked(string marked)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        var before = marked[..at];
        var uri = new Uri(Path.Combine(_folder, marked[0] == '{' ? "a.json" : "a.yaml")).AbsoluteUri;
        var client = Client.Start(_folder);
        client.Open(uri, marked.Remove(at, 1));
        client.Diagnostics(uri, 1);
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        return (client, uri, before.Count(c => c == '\n'), at - (before.LastIndexOf('\n') + 1));
    }
}
