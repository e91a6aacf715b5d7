using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Recipes of images that take the newest of what they are made from.</summary>
public sealed class ImageRecipeMoves : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1064";

    /// <inheritdoc/>
    public override string Title => OpenVersions.Title;

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason => OpenVersions.Reason;

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => [OpenVersions.Reference];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Recipe:
            Type: AWS::ImageBuilder::ImageRecipe
            Properties:
              Name: web
              Version: 1.0.0
              ParentImage: !Sub arn:${AWS::Partition}:imagebuilder:${AWS::Region}:aws:image/amazon-linux-2023-x86/x.x.x
              Components:
                - ComponentArn: !Sub arn:${AWS::Partition}:imagebuilder:${AWS::Region}:aws:component/update-linux/1.0.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Recipe:
            Type: AWS::ImageBuilder::ImageRecipe
            Properties:
              Name: web
              Version: 1.0.0
              ParentImage: !Sub arn:${AWS::Partition}:imagebuilder:${AWS::Region}:aws:image/amazon-linux-2023-x86/2026.7.20
              Components:
                - ComponentArn: !Sub arn:${AWS::Partition}:imagebuilder:${AWS::Region}:aws:component/update-linux/1.0.2
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type is not ("AWS::ImageBuilder::ImageRecipe" or "AWS::ImageBuilder::ContainerRecipe")
            || resource.Properties is not { } properties)
            return;
        Report(properties["ParentImage"], "parent image");
        foreach (var component in properties.ItemsAt("Components"))
            Report(component["ComponentArn"], "component");

        void Report(Node? name, string what)
        {
            if (name is not null && TextsIn(name).Any(static text => OpenVersions.IsLeftOpen(text.Value)))
                sink.Add(this, resource, name, OpenVersions.MessageOf(what));
        }
    }
}
