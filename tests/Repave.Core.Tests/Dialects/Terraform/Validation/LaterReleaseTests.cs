using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Terraform.Validation;

/// <summary>A value that the pack's release of a provider does not know is wrong only where no later release may be taken.</summary>
public class LaterReleaseTests
{
    [Theory]
    [InlineData("~> 5.0", Severity.Error)]
    [InlineData(">= 5.57, < 6.0", Severity.Error)]
    [InlineData(">= 5.57", Severity.Warning)]
    [InlineData(null, Severity.Warning)]
    public void AnUnknownRuntime(string? version, Severity expected)
    {
        var provider = version is null ? "" : $"terraform {{\n  required_providers {{\n    aws = {{\n      source  = \"hashicorp/aws\"\n"
            + $"      version = \"{version}\"\n    }}\n  }}\n}}\n";
        var text = provider + "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = \"arn:aws:iam::123456789012:role/r\"\n"
            + "  handler = \"a.b\"\n  filename = \"f.zip\"\n  runtime = \"python9.9\"\n}\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("main.tf", text)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(expected, Assert.Single(found, f => f.Rule.Id == "RPV0013").Severity);
    }

    /// <summary>The provider takes the protocols of a listener in any case; `terraform validate` says nothing of "http".</summary>
    [Theory]
    [InlineData("http", false)]
    [InlineData("HTTP", false)]
    [InlineData("gopher", true)]
    public void AValueInAnotherCase(string protocol, bool isWrong)
    {
        var text = "resource \"aws_elb\" \"e\" {\n  subnets = [\"subnet-1\"]\n  listener {\n    instance_port     = 80\n"
            + $"    instance_protocol = \"{protocol}\"\n    lb_port           = 80\n    lb_protocol       = \"HTTP\"\n  }}\n}}\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("main.tf", text)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(isWrong, found.Any(f => f.Rule.Id == "RPV0013"));
    }
}
