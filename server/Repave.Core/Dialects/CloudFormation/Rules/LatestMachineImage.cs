using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Machine image that is looked up again.</summary>
public sealed class LatestMachineImage : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1052";

    /// <inheritdoc/>
    public override string Title => "Machine image that is looked up again";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The newest image is looked up at each deployment, so instances are replaced because somebody published one, "
        + "in the middle of a change that has nothing to do with it. "
        + "Name an image, and change it by a commit.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Image:
            Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
            Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: !Ref Image
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Image:
            Type: AWS::EC2::Image::Id
            Default: ami-0123456789abcdef0
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: !Ref Image
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        foreach (var parameter in template.Parameters.Values)
        {
            if (parameter.Value.Resolved?["Default"] is ScalarNode standard && IsLatest(standard.Value)
                && parameter.Value.TextAt("Type")?.StartsWith("AWS::SSM::", StringComparison.Ordinal) == true)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard), "The image is looked up again at each deployment, "
                    + "which replaces instances whenever somebody publishes one: name an image.");
        }
    }

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var holder in Holding(resource.Properties, "ImageId"))
        {
            if (holder["ImageId"] is ScalarNode { Tag: null } image && image.Value.StartsWith("{{resolve:ssm:", StringComparison.Ordinal)
                && IsLatest(image.Value))
                sink.Add(this, resource, image, "The image is looked up again at each deployment, "
                    + "which replaces instances whenever somebody publishes one: name an image.");
        }
    }

    private static bool IsLatest(string parameter) => parameter.Contains("/aws/service/") && parameter.Contains("latest");
}
