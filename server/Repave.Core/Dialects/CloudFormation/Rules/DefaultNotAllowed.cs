using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Parameter whose default is not allowed.</summary>
public sealed class DefaultNotAllowed : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0049";

    /// <inheritdoc/>
    public override string Title => "Parameter whose default is not allowed";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A deployment that leaves the parameter at its default is refused. "
        + "Make the default one of the allowed values.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Size:
            Type: String
            Default: huge
            AllowedValues: [small, large]
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Ref Size
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Size:
            Type: String
            Default: large
            AllowedValues: [small, large]
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Ref Size
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        foreach (var (name, entry) in template.Parameters.Select(p => (p.Key, p.Value.Value.Resolved as MapNode)))
        {
            if (entry?["Default"] is not ScalarNode standard)
                continue;
            var isList = entry.TextAt("Type") is { } type
                && (type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal));
            var values = isList ? standard.Value.Split(',').Select(v => v.Trim()).ToList() : [standard.Value];
            var allowed = entry.ItemsAt("AllowedValues").OfType<ScalarNode>().Select(v => v.Value).ToList();
            if (allowed.Count > 0 && !(isList && allowed.Contains(standard.Value))
                && values.FirstOrDefault(v => !allowed.Contains(v)) is { } wrong)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard), $"The default of '{name}' is \"{wrong}\"; "
                    + $"allowed {(allowed.Count == 1 ? "is" : "are")} {string.Join(", ", allowed.Take(12))}.");
            if (!isList && entry.TextAt("MinValue") is { } least && YamlScalars.NumberOf(least) is { } min
                && standard.Number is { } number && number < min)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard), $"The default of '{name}' must be at least {least}.");
            if (!isList && entry.TextAt("MaxValue") is { } most && YamlScalars.NumberOf(most) is { } max
                && standard.Number is { } count && count > max)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard), $"The default of '{name}' must be at most {most}.");
            // What is looked up in the parameter store is checked when it has been.
            if (entry.TextAt("Type")?.StartsWith("AWS::SSM::", StringComparison.Ordinal) == true)
                continue;
            if (!isList && entry.ScalarAt("MinLength")?.Integer is { } shortest && standard.Value.Length < shortest)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard),
                    $"The default of '{name}' must have at least {shortest} characters.");
            if (!isList && entry.ScalarAt("MaxLength")?.Integer is { } longest && standard.Value.Length > longest)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard),
                    $"The default of '{name}' may have at most {longest} characters.");
            if (entry.TextAt("AllowedPattern") is { Length: > 0 } text && Text.BoundedRegex.TryCreate(text) is { } pattern
                && values.Exists(v => pattern.Decides(v) == false))
                sink.Add(this, Shapes.ShapeValidator.Underline(standard),
                    $"The default of '{name}' does not match its AllowedPattern {text}.");
            if (entry.TextAt("Type") == "Number" && standard.Number is null && !standard.IsNull && Intrinsic.Of(standard) is null)
                sink.Add(this, Shapes.ShapeValidator.Underline(standard), $"The default of '{name}' must be a number.");
        }
    }
}
