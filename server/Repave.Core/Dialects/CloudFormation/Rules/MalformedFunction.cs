using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Function with the wrong arguments.</summary>
public sealed class MalformedFunction : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0047";

    /// <inheritdoc/>
    public override string Title => "Function with the wrong arguments";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A deployment fails at a function that gets another number or kind of arguments than it takes. "
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

    private static readonly Dictionary<string, (int Least, int Most)> Counts = new(StringComparer.Ordinal)
    {
        ["Fn::If"] = (3, 3),
        ["Fn::Join"] = (2, 2),
        ["Fn::Select"] = (2, 2),
        ["Fn::Split"] = (2, 2),
        ["Fn::FindInMap"] = (3, 4),
        ["Fn::Equals"] = (2, 2),
        ["Fn::Cidr"] = (2, 3),
        ["Fn::And"] = (2, 10),
        ["Fn::Or"] = (2, 10),
        ["Fn::Not"] = (1, 1),
    };

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros)
            return;
        foreach (var section in (string[])["Conditions", "Resources", "Outputs"])
            Walk(template.Root[section], sink, 0);
    }

    private void Walk(Node? node, FindingSink sink, int depth)
    {
        if (depth > 80 || node?.Resolved is not { } value)
            return;
        if (Intrinsic.Of(value) is { } function)
            CheckFunction(function, value, sink);
        switch (value)
        {
            case MapNode mapping:
                foreach (var entry in mapping.AllEntries)
                    Walk(entry.Value, sink, depth + 1);
                break;
            case ListNode sequence:
                foreach (var item in sequence.ResolvedItems)
                    Walk(item, sink, depth + 1);
                break;
        }
    }

    private void CheckFunction(Intrinsic function, Node value, FindingSink sink)
    {
        var place = Shapes.ShapeValidator.Underline(value is MapNode { Tag: null } mapping ? mapping.Entries[0].Key : value);
        if (Counts.TryGetValue(function.Name, out var count))
        {
            // A function may stand for the whole list only where macros of AWS allow it.
            if (function.Argument is ListNode list ? list.Items.Count < count.Least || list.Items.Count > count.Most
                : function.Argument is ScalarNode)
                sink.Add(this, place,
                    $"{function.Name} takes a list of {(count.Least == count.Most ? $"{count.Least}" : $"{count.Least} to {count.Most}")}, "
                        + $"not {(function.Argument is ListNode given ? $"{given.Items.Count}" : "a text")}.");
        }
        else if (function.Name is "Ref" && function.Argument is not ScalarNode { Value.Length: > 0 } && function.Argument is ListNode)
        {
            sink.Add(this, place, "Ref takes one name.");
        }
        else if (function.Name == "Fn::GetAtt" && (function.Argument is ScalarNode { Tag: not null, Value: var text } ? !text.Contains(".")
            : function.Argument is ListNode { Items.Count: < 2 }))
        {
            sink.Add(this, place, "Fn::GetAtt takes a resource and an attribute.");
        }
        else if (function.Name == "Fn::Sub" && function.Argument is ListNode { Items.Count: not 2 })
        {
            sink.Add(this, place, "Fn::Sub takes a text, or a list of a text and a mapping of its variables.");
        }
    }
}
