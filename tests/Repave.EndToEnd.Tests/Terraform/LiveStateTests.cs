using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>A configuration that the real Terraform applies to a server of AWS's API (moto), edited, and planned against
/// its state.</summary>
public sealed class LiveStateTests(StackTests.Moto moto, ITestOutputHelper output) : IClassFixture<StackTests.Moto>
{
    private const string Text = """
        locals {
          name = "orders"
        }
        resource "aws_sqs_queue" "orders" {
          name                       = local.name
          visibility_timeout_seconds = 30
        }
        resource "aws_sns_topic" "events" {
          name = "events"
        }
        resource "aws_sns_topic_subscription" "orders" {
          topic_arn = aws_sns_topic.events.arn
          protocol  = "sqs"
          endpoint  = aws_sqs_queue.orders.arn
        }
        resource "aws_dynamodb_table" "orders" {
          count        = 2
          name         = "${local.name}-${count.index}"
          billing_mode = "PAY_PER_REQUEST"
          hash_key     = "id"
          attribute {
            name = "id"
            type = "S"
          }
        }
        resource "aws_s3_bucket" "files" {
          bucket = "files-of-${local.name}"
        }
        resource "aws_s3_bucket_versioning" "files" {
          bucket = aws_s3_bucket.files.id
          versioning_configuration {
            status = "Enabled"
          }
        }
        """;

    [Fact]
    public void AnEditIsPlannedAgainstTheLiveState()
    {
        Assert.SkipWhen(RealTerraform.Binary is null, RealTerraform.Missing);
        moto.Require();
        var names = string.Concat(((string[])["sqs", "sns", "dynamodb", "s3", "sts", "iam"]).Select(s =>
            $"    {s} = \"{moto.Address}\"\n"));
        using var terraform = RealTerraform.Start($"s3_use_path_style = true\n  endpoints {{\n{names}  }}");
        terraform.Write("main.tf", Text);
        Apply(terraform);
        Assert.All(Plan(terraform), c => Assert.Equal("none", c.Value));

        var state = File.ReadAllText(Path.Combine(terraform.Folder, "terraform.tfstate"));
        terraform.Write("main.tf", Text.Replace("\"orders\"\n}", "\"parcels\"\n}", StringComparison.Ordinal)
            .Replace("\"id\"", "\"key\"", StringComparison.Ordinal).Replace("= 30", "= 60", StringComparison.Ordinal));
        var planned = Plan(terraform);
        // Reading has changed nothing.
        Assert.Equal(state, File.ReadAllText(Path.Combine(terraform.Folder, "terraform.tfstate")));
        var (truth, _, said) = terraform.Plan();
        Assert.True(truth is not null, said);
        var expected = truth["resource_changes"]!.AsArray().ToDictionary(c => (string)c!["address"]!, c => AppliedState.Actions(c!) switch
        {
            "no-op" => "none",
            "update" => "in-place",
            "delete,create" => "replace",
            var other => other,
        });
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), planned.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal("replace", planned["aws_sqs_queue.orders"]);

        Apply(terraform);
        Assert.All(Plan(terraform), c => Assert.Equal("none", c.Value));
    }

    private static void Apply(RealTerraform terraform)
    {
        var applied = terraform.Run("apply", "-auto-approve", "-input=false", "-no-color");
        Assert.True(applied.ExitCode == 0, applied.Output + applied.Error);
    }

    private Dictionary<string, string> Plan(RealTerraform terraform)
    {
        var answer = Tool.Repave(terraform.Folder, "plan", ".", "--live", "--all", "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error);
        var changes = JsonNode.Parse(answer.Output)!["changes"]!.AsArray();
        foreach (var change in changes.Where(c => (string)c!["action"]! != "none"))
            output.WriteLine($"{change!["resource"]!["name"]} {change["action"]}: {change["reasons"]!.ToJsonString()}");
        return changes.ToDictionary(
            c => $"{c!["resource"]!["type"]}.{c["resource"]!["name"]}", c => (string)c!["action"]!);
    }
}
