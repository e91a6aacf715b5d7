using Repave.Core.Rules;
using Repave.Core.Text;

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

    private static readonly BoundedRegex Yum = new(@"\b(yum|dnf)\s+(-\S+\s+)*(update|upgrade)\b(\s+(-y\s+)?aws-cfn-bootstrap)?");

    private static readonly BoundedRegex Others =
        new(@"\b(apt|apt-get)\s+(-\S+\s+)*(upgrade|dist-upgrade|full-upgrade)\b|\bzypper\s+(-\S+\s+)*(update|up)\b");

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var text in TextsIn(resource.Properties?["UserData"])
            .Concat(TextsIn(resource.Properties?["LaunchTemplateData"]?["UserData"])))
        {
            if (Upgrades(text.Value))
            {
                sink.Add(this, resource, text, $"'{resource.Id.Name}' upgrades its packages when it starts, so no two instances are alike: "
                    + "build the upgrades into the image.");
                return;
            }
        }
    }

    // Bringing CloudFormation's own helpers up to date is what its documentation tells everybody to do.
    private static bool Upgrades(string script)
    {
        var at = 0;
        for (var i = 0; i < 100 && Yum.Match(script, at) is { } found; i++)
        {
            if (!script.Substring(found.Start, found.Length).EndsWith("aws-cfn-bootstrap", StringComparison.Ordinal))
                return true;
            at = found.End;
        }

        return Others.Matches(script);
    }
}
