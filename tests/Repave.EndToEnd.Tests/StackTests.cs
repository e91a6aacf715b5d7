using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>Plans against deployed stacks: a real aws client and a server of AWS's API (moto).</summary>
public sealed class StackTests : IClassFixture<StackTests.Moto>, IDisposable
{
    private const string Template = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Delay: {Type: Number, Default: 0}
          Password: {Type: String, NoEcho: true}
        Resources:
          Orders:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: NAME
              DelaySeconds: !Ref Delay
          Events:
            Type: AWS::SNS::Topic
            Properties: {DisplayName: events}
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              BillingMode: PAY_PER_REQUEST
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Orders]
              PolicyDocument: {Version: "2012-10-17", Statement: []}
        """;

    private readonly Moto _moto;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-stack-").FullName;
    private readonly string _programs = Directory.CreateTempSubdirectory("repave-programs-").FullName;

    public StackTests(Moto moto) => _moto = moto;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_programs, recursive: true);
    }

    [Fact]
    public void AChangedTemplateIsPlannedAgainstTheDeployedOne()
    {
        var stack = Deploy("changed");
        Write(Template.Replace("NAME", "changed", StringComparison.Ordinal)
            .Replace("QueueName:", "FifoQueue: true\n      QueueName:", StringComparison.Ordinal)
            .Replace("AttributeName: id", "AttributeName: key", StringComparison.Ordinal)
            .Replace("events", "news", StringComparison.Ordinal));
        var plan = Plan(stack);
        var actions = plan["changes"]!.AsArray().ToDictionary(c => (string)c!["resource"]!["name"]!, c => (string)c!["action"]!);
        Assert.Equal([("Events", "in-place"), ("Orders", "replace"), ("Policy", "in-place"), ("Table", "replace")],
            actions.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value)));
        var table = plan["changes"]!.AsArray().Single(c => (string)c!["resource"]!["name"]! == "Table")!;
        // The name that AWS gave it.
        Assert.Contains(table["warnings"]!.AsArray(), w => ((string)w!).Contains($"'Table' ({stack}-Table-", StringComparison.Ordinal));
        var policy = plan["changes"]!.AsArray().Single(c => (string)c!["resource"]!["name"]! == "Policy")!;
        Assert.Equal("Orders", (string)policy["causedBy"]![0]!["name"]!);
        Assert.Equal(18, (int)table["reasons"]![0]!["range"]!["start"]!["line"]!);
    }

    [Fact]
    public void TheDeployedTemplateIsInSyncAndReadingChangesNothing()
    {
        var stack = Deploy("same");
        var before = _moto.Aws("describe-stacks", "--stack-name", stack).Output;
        var plan = Plan(stack);
        Assert.All(plan["changes"]!.AsArray(), c => Assert.Equal("none", (string)c!["action"]!));
        // The parameter has another value than the template's default.
        Assert.Contains("\"5\"", before, StringComparison.Ordinal);
        Plan(stack, "--change-set");
        Assert.Equal(before, _moto.Aws("describe-stacks", "--stack-name", stack).Output);
        Assert.Contains("\"Summaries\": []", _moto.Aws("list-change-sets", "--stack-name", stack).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStacksPolicyIsObeyed()
    {
        var stack = Deploy("guarded");
        var set = _moto.Aws("set-stack-policy", "--stack-name", stack, "--stack-policy-body", """{"Statement":["""
            + """{"Effect":"Allow","Principal":"*","Action":"Update:*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"""
            + """["Update:Replace","Update:Delete"],"Resource":"LogicalResourceId/Tab*"}]}""");
        Assert.True(set.ExitCode == 0, set.Error);
        Write(Template.Replace("NAME", stack, StringComparison.Ordinal)
            .Replace("AttributeName: id", "AttributeName: key", StringComparison.Ordinal)
            .Replace("events", "news", StringComparison.Ordinal));
        var changes = Plan(stack)["changes"]!.AsArray()
            .ToDictionary(c => (string)c!["resource"]!["name"]!, c => c!["warnings"]!.ToJsonString());
        Assert.Contains("policy forbids to replace 'Table'", changes["Table"].Replace("\\u0027", "'", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain("policy", changes["Events"], StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingStackIsCreated()
    {
        _moto.Require();
        Write(Template.Replace("NAME", "missing", StringComparison.Ordinal));
        var plan = Plan("missing");
        Assert.All(plan["changes"]!.AsArray(), c => Assert.Equal("create", (string)c!["action"]!));
        Assert.Contains("There is no stack missing yet", (string)plan["notes"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutCredentialsEverythingIsUnknownAndAwsSaysWhy()
    {
        _moto.Require();
        Write(Template.Replace("NAME", "a", StringComparison.Ordinal));
        var answer = Tool.Run(_folder, "env", ["-u", "AWS_ACCESS_KEY_ID", "-u", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED=true",
            "AWS_DEFAULT_REGION=eu-central-1", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "AWS_CONFIG_FILE=/dev/null", .. Tool.Command,
            "plan", "t.yaml", "--live", "--stack", "a", "--endpoint-url", _moto.Address]);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("Unable to locate credentials", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is created", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 600", "aws did not answer within 2 s")]
    [InlineData("echo 'An error occurred (Throttling) when calling the GetTemplate operation (reached max retries: 2): "
        + "Rate exceeded' >&2; exit 254",
        "Rate exceeded")]
    [InlineData("echo 'not json'", "aws answered something that is none of its answers")]
    [InlineData(null, "aws was not found on the PATH")]
    public void AnAwsThatFailsIsSaid(string? script, string expected)
    {
        Write(Template.Replace("NAME", "a", StringComparison.Ordinal));
        // Not below the folder that the tool runs in: nothing is started from there.
        var bin = _programs;
        if (script is not null)
        {
            File.WriteAllText(Path.Combine(bin, "aws"), "#!/bin/sh\n" + script + "\n");
            Tool.Run(bin, "chmod", ["+x", "aws"]);
        }

        var clock = Stopwatch.StartNew();
        var answer = Tool.Run(_folder, "env", [$"PATH={bin}{(script is null ? "" : ":/bin:/usr/bin")}", .. Tool.Command, "plan", "t.yaml",
            "--live", "--stack", "a", "--timeout", "2"]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(expected, answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatDoNotGoTogetherAreRefused()
    {
        Write(Template.Replace("NAME", "a", StringComparison.Ordinal));
        Assert.Contains("--stack goes with --live", Tool.Repave(_folder, "plan", "t.yaml", "--from", "t.yaml", "--stack", "a").Error,
            StringComparison.Ordinal);
        Assert.Contains("no stack was named", Tool.Repave(_folder, "plan", "t.yaml", "--live").Output, StringComparison.Ordinal);
    }

    private string Deploy(string stack)
    {
        _moto.Require();
        Write(Template.Replace("NAME", stack, StringComparison.Ordinal));
        var made = _moto.Aws("create-stack", "--stack-name", stack, "--template-body", File.ReadAllText(Path.Combine(_folder, "t.yaml")),
            "--parameters", "ParameterKey=Delay,ParameterValue=5", "ParameterKey=Password,ParameterValue=hunter2");
        Assert.True(made.ExitCode == 0, made.Error);
        return stack;
    }

    private JsonObject Plan(string stack, params string[] more)
    {
        var answer = Tool.Run(_folder, "env", [.. Moto.Credentials, .. Tool.Command, "plan", "t.yaml", "--live", "--stack", stack,
            "--endpoint-url", _moto.Address, "--format", "json", .. more]);
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        Assert.DoesNotContain("hunter2", answer.Output, StringComparison.Ordinal);
        return JsonNode.Parse(answer.Output)!.AsObject();
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, "t.yaml"), text);

    /// <summary>A server of AWS's API, for the tests of this class.</summary>
    public sealed class Moto : IDisposable
    {
        private readonly Process? _process;
        private readonly string? _missing;

        public Moto()
        {
            var root = Components.Folder("moto-trixie");
            _missing = !File.Exists(Path.Combine(root, "complete"))
                ? "there is no moto: run tests/Components/moto.sh (Debian 12 as root, 2 minutes)"
                : !Programs.Exist("aws") ? "aws is not on the PATH" : null;
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
            listener.Stop();
            if (_missing is not null)
                return;
            var start = new ProcessStartInfo("chroot") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])[root, "moto_server", "-H", "127.0.0.1", "-p", Address.Split(':')[^1]])
                start.ArgumentList.Add(argument);
            _process = Process.Start(start);
            _process!.OutputDataReceived += (_, _) => { };
            _process.ErrorDataReceived += (_, _) => { };
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            for (var clock = Stopwatch.StartNew(); Aws("list-stacks").ExitCode != 0;)
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "moto did not start");
        }

        public static string[] Credentials { get; } =
            ["AWS_ACCESS_KEY_ID=tests", "AWS_SECRET_ACCESS_KEY=tests", "AWS_DEFAULT_REGION=eu-central-1"];

        public string Address { get; }

        public void Require()
        {
            Components.Require(_missing);
        }

        public Answer Aws(string verb, params string[] arguments) =>
            Tool.Run(Path.GetTempPath(), "env",
                [.. Credentials, "aws", "--endpoint-url", Address, "--output", "json", "cloudformation", verb, .. arguments]);

        public void Dispose()
        {
            _process?.Kill(entireProcessTree: true);
            _process?.Dispose();
        }
    }
}
