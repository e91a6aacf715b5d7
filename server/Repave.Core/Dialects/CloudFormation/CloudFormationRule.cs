using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A rule that reads CloudFormation templates.</summary>
public abstract class CloudFormationRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => CloudFormationDialect.DialectName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <summary>Whether what it says of a resource depends on more than the resource's own text and what
    /// <see cref="ResourceMemory.SurroundingsOf"/> covers.</summary>
    internal virtual bool LooksBeyond => false;

    /// <summary>Reports where a resource breaks the rule.</summary>
    /// <param name="resource">The resource; its properties may be wrong in places.</param>
    /// <param name="sink">Takes the findings.</param>
    internal virtual void Check(CloudFormationResource resource, FindingSink sink)
    {
    }

    /// <summary>Reports where a template as a whole breaks the rule.</summary>
    internal virtual void CheckTemplate(Template template, FindingSink sink)
    {
    }

    /// <summary>A value as text, if it is written as one.</summary>
    private protected static string? TextOf(Node? node) =>
        node is ScalarNode { IsNull: false } scalar && Intrinsic.Of(scalar) is null ? scalar.Value : null;

    /// <summary>The literal texts below a node, functions' arguments among them: what a script is put together from.</summary>
    private protected static IEnumerable<ScalarNode> TextsIn(Node? node, int depth = 0)
    {
        if (depth > 60 || node?.Resolved is not { } value)
            return [];
        return value switch
        {
            ScalarNode scalar => [scalar],
            ListNode sequence => sequence.ResolvedItems.SelectMany(i => TextsIn(i, depth + 1)),
            MapNode mapping => mapping.AllEntries.SelectMany(e => TextsIn(e.Value, depth + 1)),
            _ => [],
        };
    }

    /// <summary>The texts that are written out as a value, which may be one or a list.</summary>
    private protected static IEnumerable<ScalarNode> WrittenIn(Node? value) => value switch
    {
        ScalarNode one when Intrinsic.Of(one) is null => [one],
        ListNode list when Intrinsic.Of(list) is null => list.ResolvedItems.OfType<ScalarNode>().Where(i => Intrinsic.Of(i) is null),
        _ => [],
    };

    /// <summary>The mappings below a node that have a key.</summary>
    private protected static IEnumerable<MapNode> Holding(Node? node, string key, int depth = 0)
    {
        if (depth > 60 || node?.Resolved is not { } value)
            return [];
        return value switch
        {
            ListNode sequence => sequence.ResolvedItems.SelectMany(i => Holding(i, key, depth + 1)),
            MapNode mapping => (mapping.Find(key) is null ? Enumerable.Empty<MapNode>() : [mapping])
                .Concat(mapping.AllEntries.SelectMany(e => Holding(e.Value, key, depth + 1))),
            _ => [],
        };
    }
}
