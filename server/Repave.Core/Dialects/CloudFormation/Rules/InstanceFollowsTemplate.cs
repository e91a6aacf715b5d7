using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Instance that changes itself when the template changes.</summary>
public sealed class InstanceFollowsTemplate : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1150";

    /// <inheritdoc/>
    public override string Title => "Instance that changes itself when the template changes";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "cfn-hup applies each change of the template to instances that run, "
        + "so two instances of one template differ by the changes that they lived through. "
        + "Replace instances instead: bake an image, and roll it out by an update policy.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 SI-14"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-hup.html"];

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
                  /opt/aws/bin/cfn-hup
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
                  /opt/aws/bin/cfn-signal --resource Web
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        var found = TextsIn(resource.Properties?["UserData"]).Concat(TextsIn(resource.Properties?["LaunchTemplateData"]?["UserData"]))
            .Concat(TextsIn(resource.Root["Metadata"])).FirstOrDefault(t => t.Value.Contains("cfn-hup"));
        if (found is not null)
            sink.Add(this, resource, found,
                $"cfn-hup changes '{resource.Id.Name}' while it runs: replace instances with an update policy instead.");
    }
}
