using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.CloudInit;

/// <summary>Cloud-configs within the manifests of others: found at their exact places, and left alone where something is filled in.</summary>
public sealed class UserDataTests
{
    private const string Stack = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n"
        + "      ImageId: ami-0123456789abcdef0\n      UserData:\n        Fn::Base64: ";

    [Theory]
    [InlineData("!Sub |\n          #cloud-config\n          package_update: sometimes\n          hostname: ${AWS::StackName}\n", "RPV0011 sometimes")]
    [InlineData("|\n          #cloud-config\n          package_update: true\n          runcmd: echo\n", "RPV0011 echo")]
    [InlineData("!Sub |\n          #cloud-config\n          package_update: ${Update}\n", "")]
    [InlineData("!Sub |\n          #cloud-config\n          ${Rest}\n          package_update: sometimes\n", "")]
    [InlineData("!Sub |\n          #!/bin/sh\n          echo '#cloud-config'\n", "")]
    [InlineData("|\n          #cloud-config\n          bootcmd:\n          - apt-get install -y nginx\n", "RPV1119 apt-get install -y nginx")]
    [InlineData("!Join\n          - \"\\n\"\n          - - '#cloud-config'\n            - 'package_update: sometimes'\n            - !Ref AWS::Region\n", "")]
    [InlineData("!Join\n          - \"\\n\"\n          - - '#cloud-config'\n            - 'package_update: sometimes'\n            - !Sub 'hostname: ${A}'\n", "")]
    [InlineData("!Join\n          - \"\"\n          - - \"#cloud-config\\n\"\n            - \"hostname: \"\n            - !Ref AWS::StackName\n"
        + "            - \"\\npackage_update: sometimes\\n\"\n", "RPV0011 \"\\npackage_update: sometimes\\n\"")]
    [InlineData("!Join\n          - \"\\n\"\n          - - '#cloud-config'\n            - 'package_update: sometimes'\n", "RPV0011 'package_update: sometimes'")]
    public void InATemplateOfCloudFormation(string userData, string expected) =>
        Assert.Equal(expected, Found("stack.yaml", Stack + userData));

    [Theory]
    [InlineData("<<-EOT\n    #cloud-config\n    package_update: sometimes\n  EOT\n", "RPV0011 sometimes")]
    [InlineData("<<EOT\n#cloud-config\nhostname: ${var.name}\npackage_update: sometimes\nEOT\n", "RPV0011 sometimes")]
    [InlineData("base64encode(<<-EOT\n    #cloud-config\n    hostname: ${var.name}-${each.key}\n    runcmd: echo\n  EOT\n  )\n", "RPV0011 echo")]
    [InlineData("<<EOT\n#cloud-config\npackage_update: ${var.update}\nEOT\n", "")]
    [InlineData("<<EOT\n#cloud-config\n%{ if var.update }\npackage_update: sometimes\n%{ endif }\nEOT\n", "")]
    [InlineData("<<EOT\n#cloud-config\nrancher: {}\npackage_update: sometimes\nEOT\n", "")]
    [InlineData("<<EOT\n#cloud-config\npackages: [${var.package}]\nEOT\n", "")]
    [InlineData("\"#cloud-config\\npackage_update: sometimes\\n\"\n", "RPV0011 #cloud-config\\npackage_update: sometimes\\n")]
    [InlineData("join(\"\\n\", [\"#cloud-config\", \"hostname: ${var.name}\", \"package_update: sometimes\"])\n", "RPV0011 sometimes")]
    [InlineData("join(\"\\n\", [\"#cloud-config\", var.lines, \"package_update: sometimes\"])\n", "")]
    [InlineData("join(\"\\n\", concat([\"#cloud-config\"], var.lines))\n", "")]
    [InlineData("format(\"#cloud-config\\nhostname: %s\\npackage_update: sometimes\\n\", var.name)\n",
        "RPV0011 #cloud-config\\nhostname: %s\\npackage_update: sometimes\\n")]
    [InlineData("format(\"#cloud-config\\n%s\\npackage_update: sometimes\\n\", var.name)\n", "")]
    public void InAConfigurationOfTerraform(string userData, string expected) => Assert.Equal(expected, Found("main.tf",
        "resource \"aws_instance\" \"web\" {\n  ami                         = \"ami-0\"\n  instance_type               = \"t3.micro\"\n  user_data_replace_on_change = true\n  user_data = "
        + userData + "}\n"));

    [Theory]
    [InlineData("hostname: {{ name }}", "")]
    [InlineData("hostname: {{ name }}\n        package_update: sometimes", "RPV0011 sometimes")]
    [InlineData("{{ key }}: a\n        runcmd: \"{{ b }}\"", "")]
    [InlineData("runcmd: [a, {{ b", "")]
    public void InATaskOfAnsible(string config, string expected) => Assert.Equal(expected, Found("site.yml",
        $"- hosts: a\n  tasks:\n  - copy:\n      dest: /a\n      content: |\n        #cloud-config\n        {config}\n"));

    [Fact]
    public void InASecretOfKubernetes() => Assert.Equal("RPV0011 sometimes", Found("secret.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: vm\nstringData:\n  userdata: |\n    #cloud-config\n    package_update: sometimes\n"));

    [Fact]
    public void InJsonItsPlaceIsTheText() => Assert.Equal("RPV0011 \"#cloud-config\\npackage_update: sometimes\\n\"", Found("stack.json",
        """
        {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Web": {"Type": "AWS::EC2::Instance", "Properties": {
        "ImageId": "ami-0123456789abcdef0", "UserData": {"Fn::Base64": "#cloud-config\npackage_update: sometimes\n"}}}}}
        """));

    [Fact]
    public void WithEndsOfLinesOfWindowsThePlaceIsTheSame() => Assert.Equal("RPV0011 sometimes", Found("main.tf",
        "resource \"aws_instance\" \"web\" {\r\n  ami = \"ami-0\"\r\n  instance_type = \"t3.micro\"\r\n  user_data = <<-EOT\r\n    #cloud-config\r\n    package_update: sometimes\r\n"
        + "  EOT\r\n  user_data_replace_on_change = true\r\n}\r\n"));

    [Theory]
    [InlineData("password: 123456")]
    [InlineData("users:\n    - name: a\n      passwd: 123456")]
    [InlineData("chpasswd:\n      users:\n      - name: a\n        password: 123456")]
    public void APasswordIsInNoMessage(string config)
    {
        var text = $"resource \"x\" \"y\" {{\n  data = <<-EOT\n    #cloud-config\n    {config}\n  EOT\n}}\n";
        var findings = ManifestAnalysis.Of([Manifest.Parse("main.tf", text)], new AnalysisOptions(Settings.Default)).Findings("main.tf")
            .Where(finding => finding.Rule.Id.StartsWith("RPV001", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(findings);
        Assert.DoesNotContain(findings, finding => finding.Message.Contains("123456", StringComparison.Ordinal));
    }

    private static string Found(string path, string text) => string.Join("\n", ManifestAnalysis.Of([Manifest.Parse(path, text)],
        new AnalysisOptions(Settings.Default)).Findings(path).Where(finding => finding.Rule.Dialect is null or "cloudinit")
        .Select(finding => finding.Rule.Id + " "
            + finding.Place.Slot.Document.Text.Substring(finding.Place.Span.Start, finding.Place.Span.Length).TrimEnd('\r')));
}
