using Repave.Core.Shapes;

namespace Repave.Core.Rules.Schema;

/// <summary>The rule under which each kind of shape issue is reported.</summary>
public static class SchemaRules
{
    /// <summary>The rule of a kind of issue.</summary>
    public static Rule For(ShapeIssueKind kind) => kind switch
    {
        ShapeIssueKind.UnknownField => UnknownField.Instance,
        ShapeIssueKind.WrongType => WrongType.Instance,
        ShapeIssueKind.MissingField => MissingField.Instance,
        ShapeIssueKind.NotAllowed => ValueNotAllowed.Instance,
        ShapeIssueKind.Malformed => MalformedValue.Instance,
        ShapeIssueKind.OutOfRange => OutOfRange.Instance,
        ShapeIssueKind.TooManySteps => BoundExceeded.Instance,
        _ => DuplicateItem.Instance,
    };
}
