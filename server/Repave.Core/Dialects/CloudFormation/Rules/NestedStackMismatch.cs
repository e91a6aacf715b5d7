using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Nested stack that does not fit its template.</summary>
public sealed class NestedStackMismatch : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0054";

    /// <inheritdoc/>
    public override string Title => "Nested stack that does not fit its template";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A nested stack fails when it is given a parameter that its template does not have, or lacks one that has no default. "
        + "Give it the parameters of its template.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html"];

    /// <summary>The template that it names is another file, which the examples of a rule do not have: its cases are folders.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";

    /// <summary>The template of a nested stack that is a file beside this one; null if the stack names none.</summary>
    public static string? PathOf(string holder, CloudFormationResource resource)
    {
        var property = resource.Type switch
        {
            "AWS::CloudFormation::Stack" => "TemplateURL",
            "AWS::Serverless::Application" => "Location",
            _ => null,
        };
        if (property is null || resource.Properties?[property] is not ScalarNode { IsNull: false } place || Intrinsic.Of(place) is not null
            || place.Value.Contains("://") || place.Value.Contains("${") || place.Value.Contains("{{"))
            return null;
        var parts = holder.Replace('\\', '/').Split('/').ToList();
        parts.RemoveAt(parts.Count - 1);
        foreach (var step in place.Value.Replace('\\', '/').Split('/'))
        {
            if (step == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (step is not ("." or ""))
                parts.Add(step);
        }

        return string.Join("/", parts);
    }

    /// <summary>Compares a nested stack with its template.</summary>
    internal void Check(CloudFormationResource resource, Template nested, FindingSink sink)
    {
        if (resource.Properties is not { } properties || nested.HasMacros)
            return;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scenario in Expressions.Scenarios(resource.Template, properties, ["Parameters"],
            Expressions.ConditionsOf(resource.Root)))
        {
            var given = Expressions.Under(properties["Parameters"], scenario);
            if (given is not (null or MapNode) || given is not null && (Intrinsic.Of(given) is not null || FilledInLater.Is(given)))
                continue;
            foreach (var entry in (given as MapNode)?.AllEntries ?? [])
            {
                if (entry.Name is { } name && !nested.Parameters.ContainsKey(name) && Expressions.Under(entry.Value, scenario) is not null
                    && said.Add(name))
                    sink.Add(this, resource, entry.Key, $"The template of this stack has no parameter '{name}'"
                        + $"{(Shapes.NearestName.Of(name, nested.Parameters.Keys) is { } nearest ? $"; did you mean '{nearest}'?" : ".")}");
            }

            foreach (var parameter in nested.Parameters)
            {
                if (parameter.Value.Value.Resolved is MapNode definition && definition.Find("Default") is null
                    && (given as MapNode)?.Find(parameter.Key) is null && said.Add(parameter.Key))
                    sink.Add(this, resource,
                        (properties.Find("Parameters") ?? properties.Find("TemplateURL") ?? properties.Find("Location"))!.Key,
                        $"The template of this stack needs the parameter '{parameter.Key}', which has no default.");
            }
        }

        CheckOutputs(resource, nested, sink);
    }

    private void CheckOutputs(CloudFormationResource resource, Template nested, FindingSink sink)
    {
        if (nested.HasLoops || FilledInLater.Is(nested.Root["Outputs"] ?? nested.Root))
            return;
        foreach (var reference in resource.Template.References)
        {
            if (reference.Kind == ReferenceKind.GetAtt && reference.Name == resource.Id.Name && reference.Attribute is { } attribute
                && attribute.StartsWith("Outputs.", StringComparison.Ordinal) && attribute.Substring(8) is var output
                    && !output.Contains("$")
                && !nested.Outputs.ContainsKey(output))
                sink.Add(this, reference.Span, $"The template of '{reference.Name}' has no output '{output}'"
                    + $"{(Shapes.NearestName.Of(output, nested.Outputs.Keys) is { } nearest ? $"; did you mean '{nearest}'?" : ".")}");
        }
    }
}
