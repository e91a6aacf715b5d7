using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.ImageBuilder;

/// <summary>Component documents: their structure, in files and within templates.</summary>
public sealed class ComponentTests
{
    private const string Head = "name: a\nschemaVersion: 1.0\nphases:\n";

    private const string Step = "      - name: b\n        action: ExecuteBash\n        inputs:\n          commands: [c]\n";

    [Theory]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step, "")]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step + "        timeoutSeconds: 60\n        maxAttempts: 3\n", "")]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step + "        onFailure: Abort\n", "")]
    [InlineData("schemaVersion: 1\nphases:\n  - name: test\n    steps:\n      - {name: a, action: Reboot}\n", "")]
    [InlineData("schemaVersion: '1.0'\nparameters:\n  - p: {type: string, default: a}\nconstants:\n  - c: {type: string, value: b}\n"
        + "phases:\n  - name: '{{ p }}'\n    steps:\n      - {name: a, action: UpdateOS, loop: {name: l, forEach: [b]}}\n", "")]
    [InlineData(Head + "  - name: built\n    steps:\n" + Step, "RPV0013 built")]
    [InlineData(Head + "  - name: build\n    steps:\n      - {name: b, action: ExecuteBsh, inputs: {}}\n", "RPV0013 ExecuteBsh")]
    [InlineData(Head + "  - name: build\n    steps:\n      - {action: ExecuteBash}\n", "RPV0012 {action: ExecuteBash}")]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step + "        onFail: Abort\n", "RPV0010 onFail")]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step + Step, "RPV0016 b")]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step + "  - name: build\n    steps:\n" + Step, "RPV0016 build")]
    [InlineData(Head + "  - name: build\n    steps:\n" + Step + "  - name: test\n    steps:\n" + Step, "")]
    [InlineData("schemaVersion: 2.0\nphases:\n  - name: build\n    steps:\n" + Step, "RPV0013 2.0")]
    // Documents of Systems Manager, and others with phases.
    [InlineData("schemaVersion: '2.2'\nmainSteps:\n  - {action: a, phases: b}\n", "")]
    [InlineData("version: 0.2\nphases:\n  build:\n    steps: [a]\n", "")]
    [InlineData("schemaVersion: 1.0\nphases: [a]\n", "")]
    public void InAFile(string text, string expected) => Assert.Equal(expected, Found("component.yml", text));

    [Fact]
    public void InATemplateOfCloudFormation() => Assert.Equal("RPV0013 ExecuteBsh", Found("stack.yaml", """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Install:
            Type: AWS::ImageBuilder::Component
            Properties:
              Name: install
              Platform: Linux
              Version: 1.0.0
              Data: !Sub |
                name: ${AWS::StackName}
                schemaVersion: 1.0
                phases:
                  - name: build
                    steps:
                      - name: install
                        action: ExecuteBsh
                        inputs:
                          commands:
                            - yum install ${AWS::Region}
        """));

    [Fact]
    public void InAConfigurationOfTerraform() => Assert.Equal("RPV0010 stepz\nRPV0012 name", Found("main.tf", """
        variable "phase" {
          type = string
        }
        resource "aws_imagebuilder_component" "install" {
          name     = "install"
          platform = "Linux"
          version  = "1.0.0"
          data     = <<-EOT
            schemaVersion: 1.0
            phases:
              - name: build
                steps:
                  - name: install
                    action: Reboot
              - name: ${var.phase}
                stepz: []
          EOT
        }
        """));

    private static string Found(string path, string text) => string.Join("\n", ManifestAnalysis.Of([Manifest.Parse(path, text)],
        new AnalysisOptions(Settings.Default)).Findings(path).Select(finding => $"{finding.Rule.Id} {TextOf(finding)}")
        .Order(StringComparer.Ordinal));

    private static string TextOf(Finding finding) =>
        finding.Place.Slot.Document.Text.Substring(finding.Place.Span.Start, finding.Place.Span.Length);
}
