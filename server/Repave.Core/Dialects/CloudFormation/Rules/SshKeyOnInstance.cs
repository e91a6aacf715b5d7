using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>SSH key on an instance.</summary>
public sealed class SshKeyOnInstance : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1154";

    /// <inheritdoc/>
    public override string Title => "SSH key on an instance";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Who can log in to an instance can change it, and the change is in no template. "
        + "Leave the key out; sessions of Systems Manager are recorded and need none.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-6", "NIST SP 800-53 CM-5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
              KeyName: operators
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type is not ("AWS::EC2::Instance" or "AWS::EC2::LaunchTemplate" or "AWS::AutoScaling::LaunchConfiguration"))
            return;
        var properties = resource.Type == "AWS::EC2::LaunchTemplate" ? resource.Properties?["LaunchTemplateData"] : resource.Properties;
        if ((properties as MapNode)?.Find("KeyName") is { } key)
            sink.Add(this, resource, key.Key, $"Who has this key can change '{resource.Id.Name}' by hand: leave it out.");
    }
}
