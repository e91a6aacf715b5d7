using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Images that are built with a stack, and that nothing starts or hands on.</summary>
public sealed class ImageBuiltForNobody : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1065";

    /// <inheritdoc/>
    public override string Title => "Image that is built and not used";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The stack builds an image, and nothing in it starts a machine of that image, gives its id to others or distributes it. "
            + "Use the image's id, put it out as an output or a parameter, or leave the image away.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-imagebuilder-image.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Recipe:
            Type: String
          Machines:
            Type: String
        Resources:
          Image:
            Type: AWS::ImageBuilder::Image
            Properties:
              ImageRecipeArn: !Ref Recipe
              InfrastructureConfigurationArn: !Ref Machines
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Recipe:
            Type: String
          Machines:
            Type: String
        Resources:
          Image:
            Type: AWS::ImageBuilder::Image
            Properties:
              ImageRecipeArn: !Ref Recipe
              InfrastructureConfigurationArn: !Ref Machines
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: !GetAtt Image.ImageId
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        // Parts of a template, and what macros make of one, may be used elsewhere.
        if (template.HasMacros || template.HasLoops || template.IsFragment)
            return;
        var used = template.UsedNames;
        foreach (var resource in template.Resources)
        {
            if (resource.Value.Value.Resolved is { } body && body.TextAt("Type") == "AWS::ImageBuilder::Image"
                && body["Properties"]?["DistributionConfigurationArn"] is null && !used.Contains(resource.Key))
                sink.Add(this, resource.Value.Key.Span, $"Nothing in this template uses the image '{resource.Key}' that it builds.");
        }
    }
}
