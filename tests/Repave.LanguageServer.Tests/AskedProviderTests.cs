using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>The AWS provider itself, where it is there: a server asks it about what differs from a state, in workspaces that are
/// trusted.</summary>
public sealed class AskedProviderTests : IDisposable
{
    private const string Asked = "the provider says that it replaces";

    private static readonly string? Binary = Environment.GetEnvironmentVariable("REPAVE_AWS_PROVIDER");

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void ProvidersOfTrustedWorkspacesAreAsked(bool isTrusted, bool isWanted, bool isAsked)
    {
        Assert.SkipWhen(Binary is null || !File.Exists(Binary), "REPAVE_AWS_PROVIDER names no binary of hashicorp/aws 5.100.0.");
        var place = Path.Combine(_folder, ".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64");
        Directory.CreateDirectory(place);
        File.CreateSymbolicLink(Path.Combine(place, Path.GetFileName(Binary!)), Binary!);
        var file = Path.Combine(_folder, "main.tf");
        const string text = "resource \"aws_sqs_queue\" \"orders\" {\n  name = \"orders\"\n}\n";
        File.WriteAllText(file, text);
        File.WriteAllText(Path.Combine(_folder, "terraform.tfstate"), """
            {
              "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {},
              "resources": [{
                "mode": "managed", "type": "aws_sqs_queue", "name": "orders",
                "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
                "instances": [{ "schema_version": 0, "attributes": {
                  "arn": "arn:aws:sqs:us-east-1:123456789012:orders", "content_based_deduplication": false, "deduplication_scope": "",
                  "delay_seconds": 0, "fifo_queue": false, "fifo_throughput_limit": "",
                  "id": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "kms_data_key_reuse_period_seconds": 300,
                  "kms_master_key_id": "", "max_message_size": 262144, "message_retention_seconds": 345600, "name": "orders",
                  "name_prefix": "", "policy": "", "receive_wait_time_seconds": 0, "redrive_allow_policy": "", "redrive_policy": "",
                  "sqs_managed_sse_enabled": true, "tags": null, "tags_all": {}, "timeouts": null,
                  "url": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "visibility_timeout_seconds": 30
                } }]
              }]
            }
            """);
        using var client = Client.Start(_folder, new JsonObject
        {
            ["trusted"] = isTrusted,
            ["askProviders"] = isWanted,
            ["baseline"] = "terraform.tfstate",
        });
        var uri = new Uri(file).AbsoluteUri;
        client.Open(uri, text);
        client.Change(uri, 2, new JsonObject { ["text"] = text.Replace("\"orders\"\n", "\"others\"\n", StringComparison.Ordinal) });
        var plan = client.Wait(m => (string?)m["method"] == "repave/planChanged"
            && m.ToJsonString().Contains(isAsked ? Asked : "\"name\"", StringComparison.Ordinal)
            && m["params"]!["items"]!.AsArray().Any(i => i!["reasons"]!.AsArray().Count > 0));
        Assert.Contains("replace", (string)plan["params"]!["items"]![0]!["action"]!, StringComparison.Ordinal);
        if (!isAsked)
            Assert.DoesNotContain(Asked, plan.ToJsonString(), StringComparison.Ordinal);
    }
}
