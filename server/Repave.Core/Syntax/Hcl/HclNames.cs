using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Names as expressions put them together, as far as they are known without evaluating anything.</summary>
/// <param name="valueOf">The expression that a name stands for (<c>local.x</c>, <c>var.x</c>); null where it is not known.</param>
/// <param name="textOf">What a literal text says, where something is filled in later on; the text itself where null.</param>
internal sealed class HclNames(Func<HclTraversal, HclExpression?> valueOf, Func<string, string>? textOf = null)
{
    private const int MaxDepth = 12;

    // Names that are put together of names that are put together multiply.
    private const int MaxSteps = 400;

    private int _steps;

    /// <summary>The name that an expression gives.</summary>
    public NamePattern Of(HclExpression expression)
    {
        _steps = 0;
        var name = new StringBuilder();
        Append(expression, name, 0);
        return new NamePattern(name.ToString());
    }

    private void Append(HclExpression expression, StringBuilder name, int depth)
    {
        switch (expression)
        {
            case var _ when depth > MaxDepth || ++_steps > MaxSteps:
                name.Append(NamePattern.Unknown);
                break;
            case HclText text:
                name.Append(textOf is null ? text.Value : textOf(text.Value));
                break;
            case HclLiteral { Kind: not HclLiteralKind.Null } literal:
                name.Append(literal.Written);
                break;
            case HclParentheses parentheses:
                Append(parentheses.Inner, name, depth + 1);
                break;
            case HclTemplate template:
                foreach (var part in template.Parts)
                    Append(part, name, depth + 1);
                break;
            case HclTraversal traversal when valueOf(traversal) is { } value:
                Append(value, name, depth + 1);
                break;
            case HclCall { Name: "tostring" or "trimspace", Arguments: [var inner] }:
                Append(inner, name, depth + 1);
                break;
            case HclCall { Name: "join", Arguments: [var separator, HclTuple { Items: var items }], Expands: false }:
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        Append(separator, name, depth + 1);
                    Append(items[i], name, depth + 1);
                }

                break;
            case HclCall { Name: "format", Arguments: [var first, ..] and var given, Expands: false } when first.Text is { } format:
                AppendFormat(format, given, name, depth);
                break;
            default:
                name.Append(NamePattern.Unknown);
                break;
        }
    }

    private void AppendFormat(string format, IReadOnlyList<HclExpression> given, StringBuilder name, int depth)
    {
        var next = 1;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                name.Append(format[i]);
                continue;
            }

            var verb = i + 1 < format.Length ? format[i + 1] : '\0';
            if (verb == '%')
            {
                name.Append('%');
            }
            else if (verb is 's' or 'd' or 'v' && next < given.Count)
            {
                Append(given[next++], name, depth + 1);
            }
            else
            {
                // Widths and indexes, and whatever they move: the rest is not known.
                name.Append(NamePattern.Unknown);
                return;
            }

            i++;
        }
    }
}
