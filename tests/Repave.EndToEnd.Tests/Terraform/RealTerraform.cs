using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>The real Terraform with the real AWS provider of a folder of its own. It reaches nobody: no account, no refresh.</summary>
internal sealed class RealTerraform : IDisposable
{
    public const string Version = "5.100.0";

    /// <summary>What tests say where it is missing.</summary>
    public const string Missing = "There is no terraform on the PATH, or REPAVE_AWS_PROVIDER names no binary of hashicorp/aws 5.100.0 in a "
        + "mirror ('terraform providers mirror DIR' makes one).";

    private const string Settings = """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws", version = "5.100.0" }
          }
        }
        provider "aws" {
          region                      = "us-east-1"
          access_key                  = "none"
          secret_key                  = "none"
          skip_credentials_validation = true
          skip_requesting_account_id  = true
          skip_metadata_api_check     = true
          skip_region_validation      = true
          max_retries                 = 1
          ENDPOINTS
        }

        """;

    private RealTerraform(string folder) => Folder = folder;

    /// <summary>The provider's binary; null where it is not there.</summary>
    public static string? Binary { get; } = Environment.GetEnvironmentVariable("REPAVE_AWS_PROVIDER") is { Length: > 0 } named
        && File.Exists(named) && Programs.Exist("terraform") ? Path.GetFullPath(named) : null;

    /// <summary>Where configurations are written.</summary>
    public string Folder { get; }

    /// <summary>An empty configuration with the provider installed.</summary>
    /// <param name="endpoints">What else the provider's block says, such as where its services are.</param>
    public static RealTerraform Start(string endpoints = "")
    {
        var real = new RealTerraform(Directory.CreateTempSubdirectory("repave-terraform-").FullName);
        // HOST/NAMESPACE/NAME/VERSION/PLATFORM/FILE
        var mirror = Path.GetFullPath(Path.Combine(Binary!, "../../../../../.."));
        File.WriteAllText(Path.Combine(real.Folder, "cli.tfrc"),
            $"provider_installation {{ filesystem_mirror {{ path = \"{mirror}\" }} }}\n");
        File.WriteAllText(Path.Combine(real.Folder, "settings.tf"), Settings.Replace("ENDPOINTS", endpoints, StringComparison.Ordinal));
        real.Init();
        return real;
    }

    /// <summary>Installs what the configuration names.</summary>
    public void Init()
    {
        var init = Run("init", "-no-color", "-input=false");
        Assert.True(init.ExitCode == 0, init.Output + init.Error);
    }

    /// <summary>Runs it.</summary>
    public Answer Run(params string[] arguments) => Tool.Run(Folder, "env",
        [$"TF_CLI_CONFIG_FILE={Path.Combine(Folder, "cli.tfrc")}", "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "terraform",
            .. arguments]);

    /// <summary>Plans without asking anybody what is live.</summary>
    /// <returns>The plan's JSON, or null, and the addresses that it complained about.</returns>
    public (JsonNode? Plan, IReadOnlyList<string> Refused, string Said) Plan()
    {
        var planned = Run("plan", "-json", "-input=false", "-refresh=false", "-out=plan.bin");
        if (planned.ExitCode != 0)
        {
            var refused = new List<string>();
            foreach (var line in planned.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!line.StartsWith('{') || JsonNode.Parse(line)?["diagnostic"] is not { } diagnostic
                    || (string?)diagnostic["severity"] != "error")
                    continue;
                if ((string?)diagnostic["address"] is { Length: > 0 } address)
                    refused.Add(address);
                else if (((string?)diagnostic["snippet"]?["context"])?.Split('"') is ["resource ", var type, " ", var name, ..])
                    refused.Add($"{type}.{name}");
            }

            return (null, refused, planned.Output + planned.Error);
        }

        var shown = Run("show", "-json", "plan.bin");
        Assert.True(shown.ExitCode == 0, shown.Error);
        return (JsonNode.Parse(shown.Output), [], "");
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A provider that is just ending may hold a file; the folder is a temporary one.
        }
    }
}
