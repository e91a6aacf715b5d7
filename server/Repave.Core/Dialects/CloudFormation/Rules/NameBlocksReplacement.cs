using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Name that blocks replacement.</summary>
public sealed class NameBlocksReplacement : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1450";

    /// <inheritdoc/>
    public override string Title => "Name that blocks replacement";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation makes the new resource before it deletes the old one, "
        + "so a resource with a fixed name cannot be replaced: the name is taken. "
        + "Leave the name to CloudFormation, and pass it on by Ref.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: orders
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var field in CloudFormationSchemas.Instance.PropertiesOf(resource.Type)?.Fields?.All.Where(f => f.IsPhysicalName) ?? [])
        {
            if (resource.Properties?[field.Name] is { } name && TextOf(name) is { Length: > 0 } text)
                sink.Add(this, resource, name, $"\"{text}\" is taken as long as the old '{resource.Id.Name}' lives, "
                    + $"so a change that replaces it will fail: leave {field.Name} to CloudFormation.");
        }
    }
}
