using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Output without a value.</summary>
public sealed class OutputWithoutValue : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0051";

    /// <inheritdoc/>
    public override string Title => "Output without a value";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation refuses an output without a value. "
        + "Give it one.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        Outputs:
          Address:
            Description: of the queue
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        Outputs:
          Address:
            Value: !Ref Queue
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros || template.HasLoops)
            return;
        foreach (var output in template.Outputs)
        {
            if (output.Value.Value.Resolved is Syntax.MapNode mapping && mapping.Find("Value") is null && !mapping.Has("Fn::Transform"))
                sink.Add(this, output.Value.Key.Span, $"The output '{output.Key}' has no Value.");
        }
    }
}
