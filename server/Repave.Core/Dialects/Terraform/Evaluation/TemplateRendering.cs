using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Fills in a template as far as its values are known, and keeps where each part of the result stands in it.</summary>
/// <param name="text">The template's text.</param>
/// <param name="builder">Takes the result.</param>
internal sealed class TemplateRendering(string text, EmbeddedText.Builder builder)
{
    private const int MaxDepth = 40;

    // What is longer nobody reads the findings of.
    private const int MaxParts = 20_000;

    private int _parts;

    /// <summary>Fills it in; false where a directive decides over lines and is not known.</summary>
    /// <param name="part">The template, or a part of it.</param>
    /// <param name="evaluator">Knows the variables.</param>
    /// <param name="depth">How many directives it stands in.</param>
    public bool Render(HclExpression part, Evaluator evaluator, int depth = 0)
    {
        if (depth > MaxDepth || ++_parts > MaxParts)
            return false;
        switch (part)
        {
            case HclTemplate template:
                return template.Parts.All(inner => Render(inner, evaluator, depth + 1));
            case HclText literal:
                builder.AddLines(literal.Value, text, Written(literal));
                return true;
            case HclTemplateFor { Loop: var loop }:
                return RenderLoop(loop, evaluator, depth);
            case HclConditional choice when IsDirective(choice):
                return evaluator.Evaluate(choice.Condition).Boolean is { } truth
                    && Render(truth ? choice.WhenTrue : choice.WhenFalse, evaluator, depth + 1);
            default:
                var value = evaluator.Evaluate(part);
                var known = value.IsSensitive || value.IsUnknown ? null : Conversion.To(value, TerraformType.String, out _)?.Text;
                if (known is null)
                    builder.AddComputed(part.Span);
                else
                    builder.AddText(known, part.Span);
                return true;
        }
    }

    private bool RenderLoop(HclFor loop, Evaluator evaluator, int depth)
    {
        var collection = evaluator.Evaluate(loop.Collection);
        if (!collection.HasContent || collection.IsOpen || collection.Type.IsPrimitive || collection.IsSensitive)
            return false;
        var isMap = collection.Kind is Packs.SchemaTypeKind.Map or Packs.SchemaTypeKind.Object;
        var pairs = isMap ? collection.Entries.Select(static e => (Key: TerraformValue.Of(e.Key), e.Value))
            : collection.Items.Select(static (item, i) => (Key: TerraformValue.Of(i), Value: item));
        foreach (var (key, value) in pairs)
        {
            var inner = evaluator.With(loop.ValueName, value);
            if (loop.KeyName is { } name)
                inner = inner.With(name, key);
            if (!Render(loop.Value, inner, depth + 1))
                return false;
        }

        return true;
    }

    // White space at either end may have been taken by a directive beside it.
    private TextSpan Written(HclText literal)
    {
        var at = text.IndexOf(literal.Value, literal.Span.Start, literal.Span.Length, StringComparison.Ordinal);
        return at < 0 ? literal.Span : new TextSpan(at, at + literal.Value.Length);
    }

    // A choice within an interpolation is a value.
    private bool IsDirective(HclConditional choice) =>
        choice.Span.Start + 1 < text.Length && text[choice.Span.Start] == '%' && text[choice.Span.Start + 1] == '{';
}
