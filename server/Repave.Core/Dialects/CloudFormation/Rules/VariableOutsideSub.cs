using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Variable that nothing fills in.</summary>
public sealed class VariableOutsideSub : CloudFormationRule
{
    // What is a program or a template of something else has variables of its own.
    private static readonly HashSet<string> OwnLanguages = new(StringComparer.Ordinal)
    {
        "AWS::CloudFormation::Init", "BuildSpec", "CloudWatchAlarmDefinition", "Code", "Condition", "Content", "DefinitionBody",
            "DefinitionString",
        "Definition", "InlineCode", "LogFormat", "Metadata", "RequestMappingTemplate", "ResponseMappingTemplate", "RequestTemplates",
            "ResponseTemplates",
        "RouteSelectionExpression", "TemplateBody", "TopicRulePayload", "UserData", "ZipFile", "Description", "Body", "FunctionCode",
        "InputTransformer", "DashboardBody", "SqlText", "Command", "EntryPoint", "Script",
    };

    /// <inheritdoc/>
    public override string Id => "RPV0053";

    /// <inheritdoc/>
    public override string Title => "Variable outside of Fn::Sub";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Only Fn::Sub fills in ${…}; anywhere else AWS gets the text as it is written. "
        + "Put Fn::Sub (!Sub) before the text.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Stage: {Type: String}
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: orders-${Stage}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Stage: {Type: String}
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Sub orders-${Stage}
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        // Loops and macros fill in variables of their own.
        if (template.HasMacros || template.HasLoops || template.Transforms.Contains("AWS::LanguageExtensions"))
            return;
        foreach (var resource in ResourceMemory.ToCheck(template, template.Resources.Values, Id, sink))
            Walk(template, resource.Value, sink, 0);
        foreach (var output in template.Outputs)
            Walk(template, output.Value.Value, sink, 0);
    }

    private void Walk(Template template, Node? node, FindingSink sink, int depth)
    {
        if (node?.Resolved is not { } value || depth > SyntaxLimits.Depth || FilledInLater.Is(value))
            return;
        if (Intrinsic.Of(value) is { Name: "Fn::Sub" })
            return;
        switch (value)
        {
            case MapNode mapping:
                foreach (var entry in mapping.AllEntries)
                {
                    if (entry.Name is { } name && !OwnLanguages.Contains(name) && name != "Fn::Sub")
                        Walk(template, entry.Value, sink, depth + 1);
                }

                break;
            case ListNode list:
                foreach (var item in list.ResolvedItems)
                    Walk(template, item, sink, depth + 1);
                break;
            case ScalarNode scalar when scalar.Value.Contains("${") && !scalar.Value.Contains('\n'):
                foreach (var (name, _) in TemplateReference.VariablesOf(scalar.Value))
                {
                    if (!Template.PseudoParameters.Contains(name) && !template.Parameters.ContainsKey(name)
                        && !template.Resources.ContainsKey(name))
                        continue;
                    sink.Add(this, Shapes.ShapeValidator.Underline(scalar),
                        $"${{{name}}} stands here as it is written: put !Sub before the text to fill it in.");
                    break;
                }

                break;
        }
    }
}
