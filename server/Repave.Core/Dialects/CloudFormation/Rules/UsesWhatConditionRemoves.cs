using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Use of a resource that a condition may leave out.</summary>
public sealed class UsesWhatConditionRemoves : CloudFormationRule
{
    private const int MaxDepth = 60;

    /// <inheritdoc/>
    public override string Id => "RPV0055";

    /// <inheritdoc/>
    public override string Title => "Use of what a condition leaves out";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Where the condition of a resource is false, there is no such resource, and a deployment that refers to it fails. "
        + "Use it under the same condition, or choose something else with Fn::If.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/conditions-section-structure.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Stage: {Type: String}
        Conditions:
          IsLive: !Equals [!Ref Stage, live]
        Resources:
          Alarms:
            Type: AWS::SNS::Topic
            Condition: IsLive
          Jobs:
            Type: AWS::SQS::Queue
            Properties:
              Tags: [{Key: alarms, Value: !Ref Alarms}]
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Stage: {Type: String}
        Conditions:
          IsLive: !Equals [!Ref Stage, live]
        Resources:
          Alarms:
            Type: AWS::SNS::Topic
            Condition: IsLive
          Jobs:
            Type: AWS::SQS::Queue
            Properties:
              Tags: [{Key: alarms, Value: !If [IsLive, !Ref Alarms, none]}]
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros || template.HasLoops)
            return;
        var conditional = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in template.Resources)
        {
            if (resource.Value.Value.Resolved is MapNode root && Expressions.ConditionsOf(root) is [var (condition, _)]
                && template.Conditions.ContainsKey(condition))
                conditional[resource.Key] = condition;
        }

        if (conditional.Count == 0)
            return;
        foreach (var section in (IReadOnlyDictionary<string, MapEntry>[])[template.Resources, template.Outputs])
        {
            foreach (var entry in section == template.Resources
                ? ResourceMemory.ToCheck(template, section.Values, Id, sink) : section.Values)
            {
                if (entry.Value.Resolved is not MapNode root)
                    continue;
                var given = Expressions.ConditionsOf(root);
                foreach (var part in root.AllEntries.Where(e => e.Name is not ("Type" or "Condition" or "DependsOn" or "Metadata")))
                    Walk(part.Value, given, new Uses(template, conditional, sink), 0);
            }
        }
    }

    private sealed record Uses(Template Template, Dictionary<string, string> Conditional, FindingSink Sink);

    // Branches are walked with what they stand under; everything else is one expression.
    private void Walk(Node? node, IReadOnlyList<(string Condition, bool Value)> given, Uses uses, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return;
        if (Intrinsic.Of(value) is { Name: "Fn::If", Items: [ScalarNode name, var then, var otherwise] })
        {
            foreach (var (branch, holds) in ((Node, bool)[])[(then, true), (otherwise, false)])
            {
                var under = given.Contains((name.Value, holds)) ? given : [.. given, (name.Value, holds)];
                if (uses.Template.Logic.CanBe(under))
                    Walk(branch, under, uses, depth + 1);
            }

            return;
        }

        if (Intrinsic.Of(value) is { Name: "Ref" or "Fn::GetAtt" } or { Name: "Fn::Sub", Argument: ScalarNode })
        {
            foreach (var reference in TemplateReference.In(value, uses.Template.Document.Text))
            {
                if (reference.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt
                    && uses.Conditional.TryGetValue(reference.Name, out var condition)
                    && uses.Template.Logic.CanBe([.. given, (condition, false)]))
                    uses.Sink.Add(this, reference.Span,
                        $"'{reference.Name}' is not there where the condition '{condition}' is false, and this may be.");
            }

            return;
        }

        foreach (var held in Intrinsic.Below(value))
            Walk(held, given, uses, depth + 1);
    }
}
