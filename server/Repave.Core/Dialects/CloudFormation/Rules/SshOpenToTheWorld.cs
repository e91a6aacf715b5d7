using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>SSH open to everybody.</summary>
public sealed class SshOpenToTheWorld : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1155";

    /// <inheritdoc/>
    public override string Title => "SSH open to everybody";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A port for logging in that is open to the world lets anybody try to change the machine behind it. "
        + "Close it, or open it to known addresses only.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-3", "NIST SP 800-53 CM-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              SecurityGroupIngress:
                - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              SecurityGroupIngress:
                - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        var rules = resource.Type switch
        {
            "AWS::EC2::SecurityGroup" => resource.Properties?.ItemsAt("SecurityGroupIngress") ?? [],
            "AWS::EC2::SecurityGroupIngress" when resource.Properties is { } own => [own],
            _ => Enumerable.Empty<Node>(),
        };
        foreach (var rule in rules)
        {
            if (!(TextOf(rule["CidrIp"]) == "0.0.0.0/0" || TextOf(rule["CidrIpv6"]) == "::/0")
                || YamlScalars.IntegerOf(TextOf(rule["FromPort"]) ?? "") is not { } from
                || YamlScalars.IntegerOf(TextOf(rule["ToPort"]) ?? "") is not { } to)
                continue;
            foreach (var (port, name) in ((int, string)[])[(22, "SSH"), (3389, "RDP")])
            {
                if (from <= port && port <= to)
                    sink.Add(this, resource, rule["CidrIp"] ?? rule["CidrIpv6"]!,
                        $"'{resource.Id.Name}' lets the whole world try to log in ({name}): close the port, or name who may.");
            }
        }
    }
}
