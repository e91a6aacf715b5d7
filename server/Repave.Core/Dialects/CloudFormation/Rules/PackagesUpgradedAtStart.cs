using System.Text.RegularExpressions;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Packages upgraded at start.</summary>
public sealed class PackagesUpgradedAtStart : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1151";

    /// <inheritdoc/>
    public override string Title => "Packages upgraded at start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An instance that upgrades its packages when it starts differs from the one before it, by the day that it was started on. "
        + "Build the upgrades into the image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
              UserData:
                Fn::Base64: |
                  #!/bin/bash
                  yum update -y
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
              UserData:
                Fn::Base64: |
                  #!/bin/bash
                  systemctl start web
        """;

    private static readonly Regex Upgrade = new(@"\b(yum|dnf)\s+(-\S+\s+)*(update|upgrade)\b(?!\s+(-y\s+)?aws-cfn-bootstrap)|\b(apt|apt-get)\s+(-\S+\s+)*(upgrade|dist-upgrade|full-upgrade)\b|\bzypper\s+(-\S+\s+)*(update|up)\b", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var text in TextsIn(resource.Properties?["UserData"]).Concat(TextsIn(resource.Properties?["LaunchTemplateData"]?["UserData"])))
        {
            if (Upgrade.IsMatch(text.Value))
            {
                sink.Add(this, resource, text, $"'{resource.Id.Name}' upgrades its packages when it starts, so no two instances are alike: build the upgrades into the image.");
                return;
            }
        }
    }
}
