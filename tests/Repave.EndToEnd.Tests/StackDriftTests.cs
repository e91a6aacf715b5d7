using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests;

/// <summary>Drift of deployed stacks, through a real aws client: resources are changed in a server of AWS's API (moto) behind their stack's
/// back, and <see cref="DriftFront"/> says so as CloudFormation does.</summary>
public sealed class StackDriftTests : IClassFixture<StackTests.Moto>, IDisposable
{
    private const string Template = """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Orders:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: NAME-orders
              DelaySeconds: 5
              VisibilityTimeout: 30
          Parcels:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: NAME-parcels
          Events:
            Type: AWS::SNS::Topic
            Properties: {DisplayName: events}
        """;

    private readonly StackTests.Moto _moto;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-drift-").FullName;

    public StackDriftTests(StackTests.Moto moto) => _moto = moto;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsChangedBehindTheStacksBackIsFoundAndNothingIsWritten()
    {
        var (stack, front) = Deploy("changed");
        using (front)
        {
            Assert.Empty(Drift(front, stack, "--detect-drift")["drift"]!.AsArray());
            Sqs("set-queue-attributes", "--queue-url", UrlOf($"{stack}-orders"), "--attributes", "DelaySeconds=40,VisibilityTimeout=30");
            Sqs("delete-queue", "--queue-url", UrlOf($"{stack}-parcels"));
            // Without being asked nobody looks again.
            Assert.Empty(Drift(front, stack)["drift"]!.AsArray());
            front.Seen.Clear();
            var found = Drift(front, stack, "--detect-drift");
            Assert.Equal([("Orders", "Properties.DelaySeconds", 6), ("Parcels", "", 8)], found["drift"]!.AsArray().Select(d =>
                ((string)d!["resource"]!["name"]!, (string)d["path"]!, (int)d["range"]!["start"]!["line"]!)));
            Assert.All(found["drift"]!.AsArray(), d => Assert.Equal(DriftFront.Time, (string)d!["time"]!));
            // The topic is of a type that it does not look at.
            Assert.Contains(found["notes"]!.AsArray(), n => ((string)n!).Contains("did not look at 1 resource", StringComparison.Ordinal));
            Assert.All(front.Seen, action => Assert.True(action.StartsWith("Describe", StringComparison.Ordinal)
                || action.StartsWith("Get", StringComparison.Ordinal) || action == "DetectStackDrift", action));
            Assert.Contains("DetectStackDrift", front.Seen);

            front.Seen.Clear();
            var again = Drift(front, stack);
            Assert.Equal(found["drift"]!.ToJsonString(), again["drift"]!.ToJsonString());
            Assert.Contains(again["notes"]!.AsArray(), n => ((string)n!).Contains(DriftFront.Time, StringComparison.Ordinal));
            Assert.DoesNotContain("DetectStackDrift", front.Seen);
            Assert.Equal(1, Repave(front, stack, "drift", "--fail-on", "foreign").ExitCode);
            // A plan has nothing to do with it.
            front.Seen.Clear();
            Assert.Equal(0, Repave(front, stack, "plan", "--format", "json").ExitCode);
            Assert.Contains("DescribeStacks", front.Seen);
            Assert.DoesNotContain("DescribeStackResourceDrifts", front.Seen);
            // The record of a change has it too.
            Assert.Contains("DelaySeconds", Repave(front, stack, "plan", "--format", "html").Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatNobodyAskedCloudFormationIsSaid()
    {
        var (stack, front) = Deploy("unasked");
        using (front)
        {
            var found = Drift(front, stack);
            Assert.Empty(found["drift"]!.AsArray());
            Assert.Contains(found["notes"]!.AsArray(), n => ((string)n!).Contains("was never asked", StringComparison.Ordinal));
            Assert.DoesNotContain("DescribeStackResourceDrifts", front.Seen);
        }

        // moto itself cannot tell, and that is said too.
        var answer = Tool.Run(_folder, "env", [.. StackTests.Moto.Credentials, "AWS_MAX_ATTEMPTS=1", .. Tool.Command, "drift", "t.yaml",
            "--live", "--stack", stack, "--endpoint-url", _moto.Address, "--detect-drift", "--format", "json"]);
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        Assert.Contains("CloudFormation could not find out what drifted", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheClientsAnswerInAFileIsReadAsWell()
    {
        var (stack, front) = Deploy("file");
        using (front)
        {
            Sqs("set-queue-attributes", "--queue-url", UrlOf($"{stack}-orders"), "--attributes", "DelaySeconds=40");
            front.Detect();
            var said = Tool.Run(_folder, "env", [.. StackTests.Moto.Credentials, "aws", "--endpoint-url", front.Address, "--output", "json",
                "cloudformation", "describe-stack-resource-drifts", "--stack-name", stack]);
            Assert.True(said.ExitCode == 0, said.Error);
            File.WriteAllText(Path.Combine(_folder, "drifts.json"), said.Output);
        }

        var answer = Tool.Repave(_folder, "drift", "t.yaml", "--from", "drifts.json", "--format", "json");
        var item = Assert.Single(JsonNode.Parse(answer.Output)!["drift"]!.AsArray())!;
        Assert.Equal(("Orders", "Properties.DelaySeconds"), ((string)item["resource"]!["name"]!, (string)item["path"]!));
    }

    private (string Stack, DriftFront Front) Deploy(string stack)
    {
        _moto.Require();
        File.WriteAllText(Path.Combine(_folder, "t.yaml"), Template.Replace("NAME", stack, StringComparison.Ordinal));
        var made = _moto.Aws("create-stack", "--stack-name", stack, "--template-body", File.ReadAllText(Path.Combine(_folder, "t.yaml")));
        Assert.True(made.ExitCode == 0, made.Error);
        return (stack, new DriftFront(_moto.Address, () => new Dictionary<string, string?>
        {
            ["Orders"] = DelayOf($"{stack}-orders"),
            ["Parcels"] = DelayOf($"{stack}-parcels"),
        }));
    }

    private JsonObject Drift(DriftFront front, string stack, params string[] more)
    {
        var answer = Repave(front, stack, ["drift", "--format", "json", .. more]);
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        return JsonNode.Parse(answer.Output)!.AsObject();
    }

    private Answer Repave(DriftFront front, string stack, string command, params string[] more) =>
        Repave(front, stack, [command, .. more]);

    private Answer Repave(DriftFront front, string stack, string[] arguments) => Tool.Run(_folder, "env",
        [.. StackTests.Moto.Credentials, .. Tool.Command, arguments[0], "t.yaml", "--live", "--stack", stack, "--endpoint-url",
            front.Address, .. arguments[1..]]);

    // Null where the queue is gone.
    private string? DelayOf(string queue) => Sqs("get-queue-url", "--queue-name", queue) is { ExitCode: 0 } url
        && Sqs("get-queue-attributes", "--queue-url", (string)JsonNode.Parse(url.Output)!["QueueUrl"]!, "--attribute-names", "All") is
        { ExitCode: 0 } attributes ? (string?)JsonNode.Parse(attributes.Output)!["Attributes"]!["DelaySeconds"] : null;

    private string UrlOf(string queue) => (string)JsonNode.Parse(Sqs("get-queue-url", "--queue-name", queue).Output)!["QueueUrl"]!;

    private Answer Sqs(string verb, params string[] arguments) => Tool.Run(_folder, "env",
        [.. StackTests.Moto.Credentials, "aws", "--endpoint-url", _moto.Address, "--output", "json", "sqs", verb, .. arguments]);
}
