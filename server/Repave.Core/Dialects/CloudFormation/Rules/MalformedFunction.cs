using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Function that does not exist, stands where it may not, or gets what it does not take.</summary>
public sealed class MalformedFunction : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0047";

    /// <inheritdoc/>
    public override string Title => "Function that cannot stand or be used like this";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A deployment fails at a function that does not exist, stands where it may not, or gets other arguments than it takes. "
        + "Give it what it takes.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Join [a, b, c]
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Join ["-", [a, b]]
        """;

    internal override void CheckTemplate(Template template, FindingSink sink) =>
        new FunctionChecks(template, sink, (node, message, severity) =>
            sink.Add(this, Shapes.ShapeValidator.Underline(node), message, severity: severity)).Check();
}
