using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Address that blocks replacement.</summary>
public sealed class FixedPrivateAddress : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1451";

    /// <inheritdoc/>
    public override string Title => "Address that blocks replacement";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A private address is taken as long as the old instance lives, so a change that replaces the instance will fail. "
        + "Put the address on a network interface of its own, or use a name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
              PrivateIpAddress: 10.0.0.10
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
        if (resource.Type == "AWS::EC2::Instance" && resource.Properties?["PrivateIpAddress"] is { } address)
            sink.Add(this, resource, address, $"The address is taken as long as the old '{resource.Id.Name}' lives, "
                + "so it cannot be replaced: give the address to a network interface of its own.");
    }
}
