using System.Text;
using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Bake;

/// <summary>The variables of a file with their defaults, and what expressions give with them. Whoever builds may set others.</summary>
internal sealed class BakeVariables
{
    private const int MaxDepth = 16;

    private readonly Dictionary<string, HclExpression> _values = new(StringComparer.Ordinal);

    private BakeVariables()
    {
    }

    /// <summary>Those of a file.</summary>
    public static BakeVariables Of(Manifest manifest)
    {
        var found = new BakeVariables();
        foreach (var body in manifest.Source.Documents.Select(d => d.Document).OfType<HclDocument>().Select(d => d.Body))
        {
            foreach (var variable in body.BlocksOf("variable"))
            {
                if (variable.Label(0) is { } name && variable.Body["default"] is { } value)
                    found._values[name] = value;
            }

            foreach (var attribute in body.Attributes)
                found._values[attribute.Name] = attribute.Value;
        }

        return found;
    }

    /// <summary>The texts of a list, or the one text.</summary>
    public IReadOnlyList<string> TextsOf(HclExpression expression) => expression switch
    {
        HclTuple tuple => [.. tuple.Items.Select(item => TextOf(item, 0))],
        HclLiteral { Kind: HclLiteralKind.Null } => [],
        HclParentheses parentheses => TextsOf(parentheses.Inner),
        HclTraversal { Steps.Count: 0 } named when _values.TryGetValue(named.Root, out var value) && value is HclTuple list
            => TextsOf(list),
        _ => [TextOf(expression, 0)],
    };

    private string TextOf(HclExpression expression, int depth)
    {
        if (depth > MaxDepth)
            return BakeValue.Unknown.ToString();
        switch (expression)
        {
            case HclText text:
                return text.Value;
            case HclTemplate template:
                var filled = new StringBuilder();
                foreach (var part in template.Parts)
                {
                    filled.Append(TextOf(part, depth + 1));
                    if (filled.Length > 4096)
                        return BakeValue.Unknown.ToString();
                }

                return filled.ToString();
            case HclParentheses parentheses:
                return TextOf(parentheses.Inner, depth + 1);
            case HclTraversal { Steps.Count: 0 } variable when _values.TryGetValue(variable.Root, out var value):
                return TextOf(value, depth + 1);
            default:
                return BakeValue.Unknown.ToString();
        }
    }
}
