using Repave.Core.Dialects.CloudFormation.Demands;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Two resources that are one.</summary>
public sealed class DuplicatePhysicalName : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0052";

    /// <inheritdoc/>
    public override string Title => "Two resources or exports with the same name";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "AWS knows a resource by these properties, so the second one fails with \"already exists\" and the stack is rolled back. "
        + "Give each a name of its own, or let CloudFormation make the names.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Reader:
            Type: AWS::IAM::Role
            Properties:
              RoleName: orders
              AssumeRolePolicyDocument: {Statement: []}
          Writer:
            Type: AWS::IAM::Role
            Properties:
              RoleName: orders
              AssumeRolePolicyDocument: {Statement: []}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Reader:
            Type: AWS::IAM::Role
            Properties:
              RoleName: orders-reader
              AssumeRolePolicyDocument: {Statement: []}
          Writer:
            Type: AWS::IAM::Role
            Properties:
              RoleName: orders-writer
              AssumeRolePolicyDocument: {Statement: []}
        """;

    // An export's name is there once in an account and a region.
    private void CheckExports(Template template, FindingSink sink)
    {
        var seen = new Dictionary<string, List<(string Name, IReadOnlyList<(string, bool)> When)>>(StringComparer.Ordinal);
        foreach (var output in template.Outputs)
        {
            if (output.Value.Value.Resolved is not MapNode root || root["Export"] is not MapNode export || FilledInLater.Is(export)
                || export.Find("Name") is not { Value: var name } || name.Resolved is null or ScalarNode { Value: "" })
                continue;
            var (key, when) = (Expressions.KeyOf(name), Expressions.ConditionsOf(root));
            if (!seen.TryGetValue(key, out var others))
                seen[key] = others = [];
            if (others.Find(o => template.Logic.CanBe([.. o.When, .. when])) is { Name: { } other })
                sink.Add(this, Shapes.ShapeValidator.Underline(name), $"'{other}' and '{output.Key}' export the same name: creating the "
                    + "second export fails.");
            others.Add((output.Key, when));
        }
    }

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros)
            return;
        CheckExports(template, sink);
        var seen = new Dictionary<(string Type, string Key), List<(string Name, MapEntry At, IReadOnlyList<(string, bool)> When)>>();
        foreach (var resource in template.Resources)
        {
            if (resource.Value.Value.Resolved is not MapNode root || root["Properties"] is not MapNode properties
                || Intrinsic.Of(properties) is not null
                || root.TextAt("Type") is not { } type || DemandPack.Instance.IdentifiersOf(type) is not { Count: > 0 } identifiers)
                continue;
            foreach (var scenario in Expressions.Scenarios(template, properties, identifiers, Expressions.ConditionsOf(root)))
            {
                var values = identifiers.Select(i => Expressions.Under(properties[i], scenario)).ToList();
                // What is not named gets a name of its own; what a dynamic reference gives may differ.
                if (values.Exists(v => v is null or ScalarNode { Value: "" } or MapNode { Entries.Count: 0 }))
                    continue;
                var key = (type, string.Join("\u0001", values.Select(v => Expressions.KeyOf(v!))));
                if (!seen.TryGetValue(key, out var others))
                    seen[key] = others = [];
                others.Add((resource.Key, properties.Find(identifiers[0])!, scenario));
            }
        }

        foreach (var (key, places) in seen.Select(s => (s.Key, s.Value)))
        {
            if (places.Count < 2)
                continue;
            var said = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (name, at, when) in places)
            {
                if (places.Find(p => p.Name != name && template.Logic.CanBe([.. p.When, .. when])) is { Name: { } other } && said.Add(name))
                    sink.Add(this, at.Key.Span, $"'{name}' and '{other}' are both {key.Type} with the same "
                        + $"{string.Join(" and ", DemandPack.Instance.IdentifiersOf(key.Type))}: creating the second one fails.");
            }
        }
    }
}
