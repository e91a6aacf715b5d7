using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Container image whose tag moves.</summary>
public sealed class ImageOfTaskMoves : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1050";

    /// <inheritdoc/>
    public override string Title => "Container image whose tag moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image after the next push, "
        + "so a restarted task runs something that nobody rolled out. "
        + "Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3", "NIST SP 800-190 4.2.2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties:
              ContainerDefinitions:
                - Name: web
                  Image: public.ecr.aws/shop/web:latest
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties:
              ContainerDefinitions:
                - Name: web
                  Image: public.ecr.aws/shop/web:1.4.2
        """;

    private static readonly string[] Types =
    [
        "AWS::ECS::TaskDefinition", "AWS::Batch::JobDefinition", "AWS::Lambda::Function", "AWS::AppRunner::Service",
        "AWS::SageMaker::Model",
    ];
    private static readonly string[] Keys = ["Image", "ImageUri", "ImageIdentifier"];

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (!Types.Contains(resource.Type))
            return;
        foreach (var key in Keys)
        {
            foreach (var holder in Holding(resource.Properties, key))
            {
                if (holder[key] is not ScalarNode { Value.Length: > 0 } image || (image.Tag is not null && image.Tag != "!Sub"))
                    continue;
                // A tag that is filled in is somebody's choice.
                var name = ImageReference.Parse(image.Value);
                if (name.IsMoving && (name.Tag is not null || !image.Value.Contains("${")))
                    sink.Add(this, resource, image, name.Tag is null
                        ? $"The image '{image.Value}' has no tag, which means latest: name a version or a digest."
                        : $"The image '{image.Value}' has the tag latest, which is another image after the next push: "
                            + "name a version or a digest.");
            }
        }
    }
}
