using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Terraform.Validation;

/// <summary>Arguments that exclude each other, and those of which one is needed; what `terraform validate` says of the same resources with
/// the AWS provider 5.100.</summary>
public class DemandCheckTests
{
    private const string Provider = """
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 5.80"
            }
          }
        }
        variable "maybe" {
          type    = string
          default = null
        }

        """;

    [Theory]
    [InlineData("aws_lb", "", "MissingField One of 'subnet_mapping' and 'subnets' is required.")]
    [InlineData("aws_lb", "subnets = [var.maybe]")]
    [InlineData("aws_lb", "subnets = null", "MissingField One of 'subnet_mapping' and 'subnets' is required.")]
    [InlineData("aws_lb", "dynamic \"subnet_mapping\" {\nfor_each = toset([])\ncontent {\nsubnet_id = \"s\"\n}\n}")]
    [InlineData("aws_lb", "subnets = [\"s\"]\nsubnet_mapping {\nsubnet_id = \"s\"\n}",
        "RefusedCombination 'subnet_mapping' and 'subnets' cannot both be set.")]
    [InlineData("aws_lb", "subnets = [\"s\"]\nname = \"a\"\nname_prefix = \"a\"",
        "RefusedCombination 'name' and 'name_prefix' exclude each other.")]
    [InlineData("aws_lb", "subnets = [\"s\"]\nname = \"a\"\nname_prefix = var.maybe")]
    [InlineData("aws_lb", "subnets = [\"s\"]\nname = \"a\"\nname_prefix = null")]
    [InlineData("aws_instance", "", "MissingField At least one of 'ami' and 'launch_template' is required.",
        "MissingField At least one of 'instance_type' and 'launch_template' is required.")]
    [InlineData("aws_instance", "launch_template {\nid = \"lt-1\"\n}")]
    public void TheFindingsOf(string type, string body, params string[] expected)
    {
        var text = $"{Provider}resource \"{type}\" \"x\" {{\n{body}\n}}\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("main.tf", text)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(expected, found.Where(f => f.Severity == Severity.Error).Select(f => $"{f.Rule.GetType().Name} {f.Message}").Order());
    }
}
