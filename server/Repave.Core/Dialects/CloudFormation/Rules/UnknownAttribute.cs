using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Attribute that the resource does not have.</summary>
public sealed class UnknownAttribute : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0041";

    /// <inheritdoc/>
    public override string Title => "Attribute that the resource does not have";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A deployment fails at Fn::GetAtt of an attribute that the resource type does not give. "
        + "Use one of its attributes, or Ref.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        Outputs:
          Address:
            Value: !GetAtt Queue.Url
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        Outputs:
          Address:
            Value: !GetAtt Queue.QueueUrl
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros)
            return;
        foreach (var reference in template.ReferencesToCheck(Id, sink))
        {
            if (reference.Kind != ReferenceKind.GetAtt || reference.Attribute is not { Length: > 0 } attribute || attribute.Contains("$"))
                continue;
            var type = template.TypeOf(reference.Name);
            // Stacks give the outputs of their templates; custom types whatever they please.
            if (type is "AWS::CloudFormation::Stack" or "AWS::CloudFormation::CustomResource"
                or "AWS::ServiceCatalog::CloudFormationProvisionedProduct"
                || type.StartsWith("AWS::Serverless", StringComparison.Ordinal)
                || CloudFormationSchemas.Instance.AttributesOf(type)?.Fields is not { } attributes)
                continue;
            if (attributes[attribute] is not null || attributes.All.Any(a => a.Name.StartsWith(attribute + ".", StringComparison.Ordinal)
                || attribute.StartsWith(a.Name + ".", StringComparison.Ordinal)))
                continue;
            var nearest = attributes.Nearest(attribute);
            sink.Add(this, reference.Span, $"{type} '{reference.Name}' has no attribute "
                + $"'{attribute}'{(nearest is not null ? $"; did you mean '{nearest}'?" : attributes.All.Count == 0 ? "; it has none."
                    : $"; it has {string.Join(", ", attributes.All.Select(a => a.Name).Take(12))}.")}");
        }
    }
}
