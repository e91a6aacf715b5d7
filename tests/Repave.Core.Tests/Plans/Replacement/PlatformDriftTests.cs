using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>Drift that platforms find themselves: CloudFormation's answers and Terraform's plans, and what settings allow of any.</summary>
public class PlatformDriftTests
{
    private const string Template = """
        Resources:
          Orders:
            Type: AWS::SQS::Queue
            Properties:
              DelaySeconds: 5
              Tags: [{Key: team, Value: shop}, {Key: tier, Value: web}]
          Table:
            Type: AWS::DynamoDB::Table
            Properties: {TableName: !Sub "${AWS::StackName}-t"}
        """;

    [Theory]
    [InlineData("Orders", "/DelaySeconds", "Properties.DelaySeconds", "5")]
    [InlineData("Orders", "/Tags/1/Value", "Properties.Tags[1].Value", "web")]
    [InlineData("Orders", "/Tags/2", "Properties.Tags[2]", "[{Key: team, Value: shop}, {Key: tier, Value: web}]")]
    [InlineData("Orders", "/VisibilityTimeout", "Properties.VisibilityTimeout", "Orders")]
    [InlineData("Table", "/TableName", "Properties.TableName", "\"${AWS::StackName}-t\"")]
    public void ACloudFormationDifferenceIsSaidAtItsLine(string name, string pointer, string path, string text)
    {
        var item = Assert.Single(Find(Template, "t.yaml", Answer(name, "MODIFIED", pointer), []));
        Assert.Equal((path, "2026-11-27T10:00:00Z", null), (item.Path, item.Time, item.Manager));
        var place = item.Place;
        Assert.Equal(text, place.File.Source.Text.Content.Substring(place.FileSpan.Start, place.FileSpan.Length));
    }

    [Theory]
    [InlineData("DELETED", 1, null)]
    [InlineData("IN_SYNC", 0, null)]
    [InlineData("NOT_CHECKED", 0, "did not look at 1 resource")]
    [InlineData("UNSUPPORTED", 0, "did not look at 1 resource")]
    public void EachStatusMeansWhatItSays(string status, int count, string? note)
    {
        var notes = new List<string>();
        var found = Find(Template, "t.yaml", Answer("Orders", status, null), notes);
        Assert.Equal(count, found.Count);
        Assert.All(found, d => Assert.Equal(("", "deleted, and not by its stack"), (d.Path, d.What)));
        Assert.Equal(note is null ? 0 : 1, notes.Count(n => note is not null && n.Contains(note, StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatNoTemplateHasIsCountedAndAnotherTypeIsAnotherResource()
    {
        var notes = new List<string>();
        Assert.Empty(Find(Template, "t.yaml", Answer("Gone", "DELETED", null), notes));
        Assert.Empty(Find(Template, "t.yaml", Answer("Table", "DELETED", null, "AWS::SNS::Topic"), notes));
        Assert.Equal(2, notes.Count(n => n.StartsWith("1 changed resource is in the stack", StringComparison.Ordinal)));
    }

    [Fact]
    public void ATemplateWithoutAnAnswerIsSaid()
    {
        var notes = new List<string>();
        Assert.Empty(Find(Template, "t.yaml", Template, notes));
        Assert.Contains(notes, n => n.Contains("describe-stack-resource-drifts", StringComparison.Ordinal));
    }

    private const string Configuration = """
        resource "aws_sqs_queue" "orders" {
          delay_seconds = 5
          tags = {
            team = "shop"
          }
        }
        resource "aws_security_group" "web" {
          count = 2
          ingress {
            from_port = 443
          }
        }
        """;

    [Theory]
    [InlineData("aws_sqs_queue.orders", """{"delay_seconds":5,"tags":{"team":"shop"}}""", """{"delay_seconds":9,"tags":{"team":"shop"}}""",
        "delay_seconds", 1)]
    [InlineData("aws_sqs_queue.orders", """{"tags":{"team":"shop"}}""", """{"tags":{"team":"ops"}}""", "tags.team", 2)]
    [InlineData("aws_sqs_queue.orders", """{"kms":""}""", """{"kms":"key"}""", "kms", 0)]
    [InlineData("aws_security_group.web[1]", """{"ingress":[{"from_port":443}]}""", """{"ingress":[{"from_port":80}]}""",
        "ingress[0].from_port", 8)]
    [InlineData("aws_security_group.web[0]", """{"ingress":[]}""", """{"ingress":[{"from_port":80}]}""", "ingress", 8)]
    public void ATerraformDifferenceIsSaidAtItsArgument(string address, string before, string after, string path, int line)
    {
        var item = Assert.Single(Find(Configuration, "main.tf", Refresh(address, before, after), []));
        Assert.Equal((path, line), (item.Path, item.Place.Range.Start.Line));
    }

    [Theory]
    [InlineData("null", "{}")]
    [InlineData("null", "[]")]
    [InlineData("\"\"", "null")]
    [InlineData("{}", "null")]
    public void NothingAndAnEmptyValueAreTheSame(string before, string after) => Assert.Empty(Find(Configuration, "main.tf",
        Refresh("aws_sqs_queue.orders", $$"""{"tags":{{before}}}""", $$"""{"tags":{{after}}}"""), []));

    [Fact]
    public void WhatSomebodyElseDeletedTerraformSays()
    {
        var item = Assert.Single(Find(Configuration, "main.tf", Refresh("aws_sqs_queue.orders", """{"delay_seconds":5}""", "null"), []));
        Assert.Equal(("", "deleted, and not by Terraform"), (item.Path, item.What));
    }

    [Fact]
    public void AResourceOfAModuleIsFoundByItsCall()
    {
        Manifest[] files =
        [
            Manifest.Parse("main.tf", "module \"net\" {\n  source = \"./net\"\n}\n"),
            Manifest.Parse("net/main.tf", "resource \"aws_vpc\" \"it\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"),
        ];
        var notes = new List<string>();
        var found = DriftFinder.Find(files, new Baseline("plan", [Manifest.Parse("plan.json",
            Refresh("module.net[\"eu\"].aws_vpc.it", """{"cidr_block":"10.0.0.0/16"}""", """{"cidr_block":"10.1.0.0/16"}"""))]),
            Settings.Default, new PlanOptions(), notes);
        var item = Assert.Single(found);
        Assert.Equal(("net/main.tf", 1), (item.Place.File.Path, item.Place.Range.Start.Line));
        Assert.Empty(DriftFinder.Find(files, new Baseline("plan", [Manifest.Parse("plan.json",
            Refresh("module.other.aws_vpc.it", "{}", "null"))]), Settings.Default, new PlanOptions(), notes));
        Assert.Contains("1 changed resource is in the state, and in no file here.", notes);
    }

    [Theory]
    [InlineData("managers: [vertical-*]", null, true)]
    [InlineData("managers: [kubectl-edit]", null, false)]
    [InlineData("paths: [/spec/replicas]", null, true)]
    [InlineData("paths: [spec.replicas]", null, true)]
    [InlineData("paths: [/spec/paused]", null, false)]
    [InlineData("managers: [vertical-scaler], paths: [/spec/paused]", null, false)]
    [InlineData("paths: ['/spec/*'], kind: StatefulSet", null, false)]
    [InlineData("paths: ['/spec/*'], kind: Deploy*, name: web, namespace: shop", null, true)]
    [InlineData("paths: ['/spec/*'], name: api", null, false)]
    [InlineData("paths: ['/spec/*'], namespace: other", null, false)]
    [InlineData("paths: ['/spec/*'], environment: prod*", "prod-eu", true)]
    [InlineData("paths: ['/spec/*'], environment: prod*", "staging", false)]
    [InlineData("paths: ['/spec/*'], environment: prod*", null, false)]
    public void SettingsSayWhoMayChangeWhat(string allowed, string? environment, bool isAllowed)
    {
        var settings = SettingsReader.Read($"drift:\n  allow:\n    - {{{allowed}, reason: it is its work}}\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal("it is its work", Assert.Single(settings.AllowedDrift).Reason);
        string Text(int replicas, string more) => "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n"
            + $"{more}spec:\n  replicas: {replicas}\n";
        const string fields = "  managedFields:\n  - {manager: vertical-scaler, operation: Update, apiVersion: apps/v1, "
            + "time: '2026-01-01T00:00:00Z', fieldsType: FieldsV1, fieldsV1: {'f:spec': {'f:replicas': {}}}}\n";
        var item = Assert.Single(DriftFinder.Find([Manifest.Parse("a.yaml", Text(2, ""))],
            new Baseline("live", [Manifest.Parse("live.yaml", Text(7, fields))]) { Environment = environment }, settings, new PlanOptions(),
            []), d => d.Path == "spec.replicas");
        Assert.Equal(("vertical-scaler", isAllowed), (item.Manager, item.IsAllowed));
    }

    [Fact]
    public void AnAllowanceThatSaysNothingIsRefused()
    {
        var settings = SettingsReader.Read("drift:\n  allow:\n    - kind: Deployment\n", out var errors);
        Assert.Empty(settings.AllowedDrift);
        Assert.Equal("Say who may change what: 'managers', 'paths' or both.", Assert.Single(errors).Message);
    }

    private static IReadOnlyList<DriftItem> Find(string text, string path, string answer, List<string> notes) =>
        DriftFinder.Find([Manifest.Parse(path, text)], new Baseline("answer", [Manifest.Parse("answer.json", answer)]), Settings.Default,
            new PlanOptions(), notes);

    private static string Answer(string name, string status, string? pointer, string? type = null) => $$"""
        {"StackResourceDrifts": [{"StackId": "it", "LogicalResourceId": "{{name}}", "StackResourceDriftStatus": "{{status}}",
          "ResourceType": "{{type ?? (name == "Table" ? "AWS::DynamoDB::Table" : "AWS::SQS::Queue")}}", "Timestamp": "2026-11-27T10:00:00Z",
          "PropertyDifferences": [{{(pointer is null ? "" : $$"""
          {"PropertyPath": "{{pointer}}", "ExpectedValue": "1", "ActualValue": "2", "DifferenceType": "NOT_EQUAL"}
          """)}}]}]}
        """;

    private static string Refresh(string address, string before, string after) => $$"""
        {"format_version": "1.2", "planned_values": {}, "resource_drift": [{
          "address": "{{address.Replace("\"", "\\\"", StringComparison.Ordinal)}}",
          "mode": "managed", "change": {"actions": ["update"], "before": {{before}}, "after": {{after}} } }]}
        """;
}
