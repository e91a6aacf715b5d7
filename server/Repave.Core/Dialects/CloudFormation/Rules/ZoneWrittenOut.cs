using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Availability zone that is written out.</summary>
public sealed class ZoneWrittenOut : CloudFormationRule
{
    private static readonly BoundedRegex Zone = new("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$");

    /// <inheritdoc/>
    public override string Id => "RPV1452";

    /// <inheritdoc/>
    public override string Title => "Availability zone that is written out";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The template can make its resources in this zone only: not in another region, and not where an account has no such zone. "
        + "Take a zone of the region (!Select [0, !GetAZs \"\"]), or a parameter of the type AWS::EC2::AvailabilityZone::Name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
    [
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html",
    ];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Subnet:
            Type: AWS::EC2::Subnet
            Properties:
              VpcId: vpc-0123456789abcdef0
              CidrBlock: 10.0.1.0/24
              AvailabilityZone: eu-west-1a
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Subnet:
            Type: AWS::EC2::Subnet
            Properties:
              VpcId: vpc-0123456789abcdef0
              CidrBlock: 10.0.1.0/24
              AvailabilityZone: !Select [0, !GetAZs ""]
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (!resource.Type.StartsWith("AWS::", StringComparison.Ordinal) || resource.Properties is not { } properties)
            return;
        foreach (var zone in WrittenIn(properties["AvailabilityZone"]).Concat(WrittenIn(properties["AvailabilityZones"])))
        {
            if (Zone.Decides(zone.Value) == true)
                sink.Add(this, resource, zone, $"'{resource.Id.Name}' can be made in {zone.Value} only: take a zone of the region.");
        }
    }
}
