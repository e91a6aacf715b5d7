using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Resources that the real Terraform made on a server of AWS's API (moto), changed there by somebody else: the drift is what a
/// refresh-only plan says.</summary>
public sealed class RefreshDriftTests(StackTests.Moto moto) : IClassFixture<StackTests.Moto>
{
    private const string Text = """
        resource "aws_sqs_queue" "orders" {
          name                       = "orders"
          visibility_timeout_seconds = 30
        }
        resource "aws_sqs_queue" "parcels" {
          count = 2
          name  = "parcels-${count.index}"
        }
        resource "aws_sns_topic" "events" {
          name = "events"
        }
        """;

    [Fact]
    public void WhatSomebodyElseChangedIsFoundAndNothingElse()
    {
        Assert.SkipWhen(RealTerraform.Binary is null, RealTerraform.Missing);
        moto.Require();
        var names = string.Concat(((string[])["sqs", "sns", "sts", "iam"]).Select(s => $"    {s} = \"{moto.Address}\"\n"));
        using var terraform = RealTerraform.Start($"endpoints {{\n{names}  }}");
        terraform.Write("main.tf", Text);
        var applied = terraform.Run("apply", "-auto-approve", "-input=false", "-no-color");
        Assert.True(applied.ExitCode == 0, applied.Output + applied.Error);
        Assert.Equal("[]", Drift(terraform).ToJsonString());

        Sqs("set-queue-attributes", "--queue-url", UrlOf("orders"), "--attributes", "VisibilityTimeout=90");
        Sqs("delete-queue", "--queue-url", UrlOf("parcels-1"));
        var found = PlacesOf(Drift(terraform));
        Assert.Equal([("orders", "visibility_timeout_seconds", 2, "main.tf"), ("parcels[1]", "", 4, "main.tf")], found);
        // Terraform asked by Repave itself finds the same, and nothing of it is left.
        var files = FilesOf(terraform.Folder);
        var temporary = Directory.CreateTempSubdirectory("repave-refresh-").FullName;
        var live = Tool.Run(terraform.Folder, "env", [$"TMPDIR={temporary}", .. Tool.Command, "drift", "main.tf", "--live", "--refresh",
            "--format", "json"]);
        Assert.True(live.ExitCode == 0, live.Error + live.Output);
        Assert.Equal(found, PlacesOf(JsonNode.Parse(live.Output)!["drift"]!.AsArray()));
        Assert.Empty(Directory.GetDirectories(temporary, "repave-*"));
        Directory.Delete(temporary, recursive: true);
        // A plan against what is there takes the change back and makes what is gone; against the state alone nothing is to do.
        Assert.Equal([("orders", "in-place"), ("parcels[1]", "create")], Changes(terraform, "--live", "--refresh"));
        Assert.Empty(Changes(terraform, "--live"));
        Assert.Equal(files, FilesOf(terraform.Folder));
        // The record of a change against that plan says it too.
        var record = Tool.Repave(terraform.Folder, "plan", "main.tf", "--from", "plan.json", "--format", "intoto");
        Assert.Equal(2, JsonNode.Parse(record.Output)!["predicate"]!["record"]!["drift"]!["drift"]!.AsArray().Count);
    }

    private static List<(string, string, int, string)> PlacesOf(JsonArray drift) => [.. drift.Select(d => ((string)d!["resource"]!["name"]!,
        (string)d["path"]!, (int)d["range"]!["start"]!["line"]!, (string)d["file"]!)).Order()];

    private static List<(string, string)> Changes(RealTerraform terraform, params string[] options)
    {
        var answer = Tool.Repave(terraform.Folder, ["plan", ".", .. options, "--format", "json"]);
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        return [.. JsonNode.Parse(answer.Output)!["changes"]!.AsArray()
            .Select(c => ((string)c!["resource"]!["name"]!, (string)c["action"]!)).Where(c => c.Item2 != "none").Order()];
    }

    // Every file of a folder by its content.
    private static List<string> FilesOf(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}").Order(StringComparer.Ordinal)];

    private static JsonArray Drift(RealTerraform terraform)
    {
        var planned = terraform.Run("plan", "-refresh-only", "-input=false", "-no-color", "-out=drift.bin");
        Assert.True(planned.ExitCode == 0, planned.Output + planned.Error);
        var shown = terraform.Run("show", "-json", "drift.bin");
        terraform.Write("plan.json", shown.Output);
        var answer = Tool.Repave(terraform.Folder, "drift", "main.tf", "--from", "plan.json", "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        return JsonNode.Parse(answer.Output)!["drift"]!.AsArray();
    }

    private string UrlOf(string queue) => (string)JsonNode.Parse(Sqs("get-queue-url", "--queue-name", queue))!["QueueUrl"]!;

    private string Sqs(string verb, params string[] arguments)
    {
        var answer = Tool.Run(Path.GetTempPath(), "env",
            ["AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none", "AWS_DEFAULT_REGION=us-east-1",
            "aws", "--endpoint-url", moto.Address, "--output", "json", "sqs", verb, .. arguments]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return answer.Output;
    }
}
