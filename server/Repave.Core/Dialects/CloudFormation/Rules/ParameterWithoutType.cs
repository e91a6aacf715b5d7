using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Parameter without a type.</summary>
public sealed class ParameterWithoutType : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0050";

    /// <inheritdoc/>
    public override string Title => "Parameter without a type";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation refuses a parameter without a type, or with one that it does not know. "
        + "Give it a type, such as String.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Name:
            Default: orders
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Ref Name
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Name:
            Type: String
            Default: orders
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Ref Name
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros)
            return;
        foreach (var (name, entry) in template.Parameters.Select(p => (p.Key, p.Value)))
        {
            if (entry.Value.Resolved is not MapNode parameter || parameter.Has("Fn::Transform"))
                continue;
            var type = parameter.TextAt("Type");
            if (type is null)
                sink.Add(this, entry.Key.Span, $"The parameter '{name}' has no Type.");
            else if (type is not ("String" or "Number" or "CommaDelimitedList") && !type.StartsWith("List<", StringComparison.Ordinal)
                && !type.StartsWith("AWS::", StringComparison.Ordinal))
                sink.Add(this, Shapes.ShapeValidator.Underline(parameter.Find("Type")!.Value),
                    $"There is no parameter type '{type}'; there are String, Number, CommaDelimitedList, List<…> and types of AWS.",
                    severity: template.IsFragment ? Severity.Warning : null);
        }
    }
}
