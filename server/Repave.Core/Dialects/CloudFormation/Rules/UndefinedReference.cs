using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Reference to nothing.</summary>
public sealed class UndefinedReference : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0040";

    /// <inheritdoc/>
    public override string Title => "Reference to nothing";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A deployment fails at a reference to a resource, parameter, condition or mapping that the template does not define. "
        + "Correct the name, or define it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: !Ref Nmae
        Parameters:
          Name:
            Type: String
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Name:
            Type: String
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: !Ref Name
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros || template.IsOfServerlessFramework)
            return;
        CheckInterface(template, sink);
        foreach (var reference in template.ReferencesToCheck(Id, sink))
        {
            var (known, what) = reference.Kind switch
            {
                ReferenceKind.Condition => (template.Conditions.Keys, "condition"),
                ReferenceKind.Mapping => (template.Mappings.Keys, "mapping"),
                ReferenceKind.Ref =>
                    (template.Resources.Keys.Concat(template.Parameters.Keys).Concat(Template.PseudoParameters), "resource or parameter"),
                _ => (template.Resources.Keys, "resource"),
            };
            if (reference.Kind == ReferenceKind.Ref && reference.Name.StartsWith("AWS::", StringComparison.Ordinal)
                && !known.Contains(reference.Name))
            {
                sink.Add(this, reference.Span, $"There is no pseudo parameter '{reference.Name}'; "
                    + $"there are {string.Join(", ", Template.PseudoParameters)}.");
                continue;
            }

            if (known.Contains(reference.Name) || reference.Name.Length == 0
                || (reference.Kind is not (ReferenceKind.Condition or ReferenceKind.Mapping) && IsMadeElsewhere(template, reference.Name)))
                continue;
            var nearest = Shapes.NearestName.Of(reference.Name, known);
            sink.Add(this, reference.Span,
                $"This template defines no {what} '{reference.Name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }
    }

    // The console's groups and labels name parameters; a stack is made all the same.
    private void CheckInterface(Template template, FindingSink sink)
    {
        if (template.Root["Metadata"]?["AWS::CloudFormation::Interface"] is not MapNode form)
            return;
        var named = form.ItemsAt("ParameterGroups").SelectMany(g => g.ItemsAt("Parameters")).OfType<ScalarNode>()
            .Concat(form["ParameterLabels"] is MapNode labels ? labels.AllEntries.Select(e => e.Key).OfType<ScalarNode>() : []);
        foreach (var name in named)
        {
            if (name.Tag is not null || template.Parameters.ContainsKey(name.Value) || IsMadeElsewhere(template, name.Value))
                continue;
            var nearest = Shapes.NearestName.Of(name.Value, template.Parameters.Keys);
            sink.Add(this, Shapes.ShapeValidator.Underline(name), $"This template defines no parameter '{name.Value}'"
                + (nearest is null ? "." : $"; did you mean '{nearest}'?"), severity: Severity.Info);
        }
    }

    // Loops and the Serverless Application Model make resources of their own; packing tools put others in.
    private static bool IsMadeElsewhere(Template template, string name) =>
        template.HasOpenLoops || (template.IsFragment && template.Parameters.ContainsKey(name)) || name.Contains("$") || name.Contains("&")
        || name.Contains("::")
        || (template.IsServerless && (name.StartsWith("Serverless", StringComparison.Ordinal)
            || template.Resources.Keys.Any(r => name.StartsWith(r, StringComparison.Ordinal))))
        || template.Resources.Any(r => name.StartsWith(r.Key, StringComparison.Ordinal)
            && (r.Value.Value.Resolved?["Type"] is not ScalarNode || template.TypeOf(r.Key)
                .EndsWith("::MODULE", StringComparison.Ordinal) || r.Value.Value.Resolved["Type"]!.Tag is not null));
}
