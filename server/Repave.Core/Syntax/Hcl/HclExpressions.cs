using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>An expression of HCL.</summary>
/// <param name="span">Where, in offsets of the document's text.</param>
public abstract class HclExpression(TextSpan span)
{
    /// <summary>Where, in offsets of the document's text.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The expressions directly within it, in the order of the text.</summary>
    public virtual IEnumerable<HclExpression> Children => [];

    /// <summary>It and all expressions within it, each before those within it.</summary>
    public IEnumerable<HclExpression> All
    {
        get
        {
            var open = new Stack<HclExpression>();
            open.Push(this);
            while (open.Count > 0)
            {
                var next = open.Pop();
                yield return next;
                foreach (var child in next.Children.Reverse())
                    open.Push(child);
            }
        }
    }

    /// <summary>The text that it stands for, where that is known without evaluating anything; null where it is not a text.</summary>
    public string? Text => this switch
    {
        HclTemplate { Parts: [HclText text] } => text.Value,
        HclTemplate { Parts.Count: 0 } => "",
        HclParentheses parentheses => parentheses.Inner.Text,
        _ => null,
    };
}

/// <summary>What a literal is.</summary>
public enum HclLiteralKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>A number, a truth value or null.</summary>
public sealed class HclLiteral(TextSpan span, HclLiteralKind kind, string written) : HclExpression(span)
{
    /// <summary>What it is.</summary>
    public HclLiteralKind Kind { get; } = kind;

    /// <summary>As it is written.</summary>
    public string Written { get; } = written;

    /// <summary>Whether it is the truth value true.</summary>
    public bool IsTrue => Kind == HclLiteralKind.Boolean && Written == "true";
}

/// <summary>Literal text in a template, its escapes undone.</summary>
public sealed class HclText(TextSpan span, string value) : HclExpression(span)
{
    /// <summary>The text.</summary>
    public string Value { get; } = value;
}

/// <summary>A text in quotes, a heredoc, or what a directive holds: pieces that are put together.</summary>
public sealed class HclTemplate(TextSpan span, IReadOnlyList<HclExpression> parts, bool isHeredoc, bool isWrap) : HclExpression(span)
{
    /// <summary>The pieces.</summary>
    public IReadOnlyList<HclExpression> Parts { get; } = parts;

    /// <summary>Whether it is written as a heredoc.</summary>
    public bool IsHeredoc { get; } = isHeredoc;

    /// <summary>Whether it is one interpolation and nothing else, whose value it then is, of whatever type.</summary>
    public bool IsWrap { get; } = isWrap;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => Parts;
}

/// <summary>A <c>for</c> directive: what its content gives each time, put together.</summary>
public sealed class HclTemplateFor(TextSpan span, HclFor loop) : HclExpression(span)
{
    /// <summary>The loop.</summary>
    public HclFor Loop { get; } = loop;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Loop];
}

/// <summary>A step of a traversal: an attribute's name, or an index.</summary>
/// <param name="Span">Where, with the dot or the brackets.</param>
/// <param name="Name">The attribute's name, or an index's text; null where the index is a number.</param>
/// <param name="Number">The index as it is written; null where it is a text.</param>
/// <param name="IsIndex">Whether it is written as an index.</param>
public sealed record HclStep(TextSpan Span, string? Name, string? Number, bool IsIndex)
{
    /// <summary>Where its name stands, without the dot.</summary>
    public TextSpan NameSpan => Span.Length > 0 && !IsIndex ? new TextSpan(Span.End - (Name?.Length ?? 0), Span.End) : Span;
}

/// <summary>A name and what is taken of it (<c>aws_instance.web.id</c>).</summary>
public sealed class HclTraversal(TextSpan span, string root, TextSpan rootSpan, IReadOnlyList<HclStep> steps) : HclExpression(span)
{
    /// <summary>The name that it begins with.</summary>
    public string Root { get; } = root;

    /// <summary>Where that stands.</summary>
    public TextSpan RootSpan { get; } = rootSpan;

    /// <summary>What is taken of it.</summary>
    public IReadOnlyList<HclStep> Steps { get; } = steps;
}

/// <summary>What is taken of another expression's value.</summary>
public sealed class HclRelative(TextSpan span, HclExpression source, IReadOnlyList<HclStep> steps) : HclExpression(span)
{
    /// <summary>The other expression.</summary>
    public HclExpression Source { get; } = source;

    /// <summary>What is taken.</summary>
    public IReadOnlyList<HclStep> Steps { get; } = steps;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Source];
}

/// <summary>An index that is computed.</summary>
public sealed class HclIndex(TextSpan span, HclExpression collection, HclExpression key) : HclExpression(span)
{
    /// <summary>What is indexed.</summary>
    public HclExpression Collection { get; } = collection;

    /// <summary>The index.</summary>
    public HclExpression Key { get; } = key;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Collection, Key];
}

/// <summary>A splat: the same taken of every item.</summary>
public sealed class HclSplat(TextSpan span, HclExpression source, HclExpression each, HclSplatItem item) : HclExpression(span)
{
    /// <summary>What has the items.</summary>
    public HclExpression Source { get; } = source;

    /// <summary>What is taken of each, with <see cref="Item"/> in the item's place.</summary>
    public HclExpression Each { get; } = each;

    /// <summary>What stands for the item.</summary>
    public HclSplatItem Item { get; } = item;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Source, Each];
}

/// <summary>An item of a splat.</summary>
public sealed class HclSplatItem(TextSpan span) : HclExpression(span);

/// <summary>A call of a function.</summary>
public sealed class HclCall(TextSpan span, string name, TextSpan nameSpan, IReadOnlyList<HclExpression> arguments, bool expands)
    : HclExpression(span)
{
    /// <summary>The function's name, with its namespace.</summary>
    public string Name { get; } = name;

    /// <summary>Where the name stands.</summary>
    public TextSpan NameSpan { get; } = nameSpan;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<HclExpression> Arguments { get; } = arguments;

    /// <summary>Whether the items of the last argument are arguments.</summary>
    public bool Expands { get; } = expands;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => Arguments;
}

/// <summary>A list in brackets.</summary>
public sealed class HclTuple(TextSpan span, IReadOnlyList<HclExpression> items) : HclExpression(span)
{
    /// <summary>The items.</summary>
    public IReadOnlyList<HclExpression> Items { get; } = items;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => Items;
}

/// <summary>An entry of an object.</summary>
/// <param name="Key">Its key as it is written.</param>
/// <param name="Value">Its value.</param>
public sealed record HclEntry(HclExpression Key, HclExpression Value)
{
    /// <summary>The key, where it is known without evaluating anything: a bare name is a text here.</summary>
    public string? Name => Key switch
    {
        HclTraversal { Steps.Count: 0 } bare => bare.Root,
        HclLiteral { Kind: not HclLiteralKind.Null } literal => literal.Written,
        HclParentheses { Inner: HclTraversal } => null,
        _ => Key.Text,
    };
}

/// <summary>An object in braces.</summary>
public sealed class HclObject(TextSpan span, IReadOnlyList<HclEntry> entries) : HclExpression(span)
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<HclEntry> Entries { get; } = entries;

    /// <summary>The value of a key that is known; null where there is none.</summary>
    public HclExpression? this[string key] => Entries.LastOrDefault(e => e.Name == key)?.Value;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => Entries.SelectMany(e =>
        e.Key is HclTraversal { Steps.Count: 0 } ? (HclExpression[])[e.Value] : [e.Key, e.Value]);
}

/// <summary>A <c>for</c> expression.</summary>
public sealed class HclFor(
    TextSpan span, string? keyName, string valueName, HclExpression collection, HclExpression? key, HclExpression value,
    HclExpression? condition, bool groups, bool makesObject) : HclExpression(span)
{
    /// <summary>The name for each key; null if there is none.</summary>
    public string? KeyName { get; } = keyName;

    /// <summary>The name for each value.</summary>
    public string ValueName { get; } = valueName;

    /// <summary>What is gone through.</summary>
    public HclExpression Collection { get; } = collection;

    /// <summary>The key of each result; null for a list.</summary>
    public HclExpression? Key { get; } = key;

    /// <summary>Each result.</summary>
    public HclExpression Value { get; } = value;

    /// <summary>Which results count; null if all do.</summary>
    public HclExpression? Condition { get; } = condition;

    /// <summary>Whether results of one key are put into a list.</summary>
    public bool Groups { get; } = groups;

    /// <summary>Whether it gives an object.</summary>
    public bool MakesObject { get; } = makesObject;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children =>
        ((HclExpression?[])[Collection, Key, Value, Condition]).OfType<HclExpression>();
}

/// <summary>One of two values.</summary>
public sealed class HclConditional(TextSpan span, HclExpression condition, HclExpression whenTrue, HclExpression whenFalse)
    : HclExpression(span)
{
    /// <summary>What decides.</summary>
    public HclExpression Condition { get; } = condition;

    /// <summary>The value where it is true.</summary>
    public HclExpression WhenTrue { get; } = whenTrue;

    /// <summary>The value where it is false.</summary>
    public HclExpression WhenFalse { get; } = whenFalse;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Condition, WhenTrue, WhenFalse];
}

/// <summary>An operator.</summary>
public enum HclOperator
{
    /// <summary><c>||</c></summary>
    Or,

    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterEqual,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>%</c></summary>
    Modulo,

    /// <summary><c>!</c></summary>
    Not,

    /// <summary><c>-</c> before one value.</summary>
    Negate,
}

/// <summary>An operator between two values.</summary>
public sealed class HclBinary(TextSpan span, HclOperator operation, HclExpression left, HclExpression right) : HclExpression(span)
{
    /// <summary>The operator.</summary>
    public HclOperator Operator { get; } = operation;

    /// <summary>What stands before it.</summary>
    public HclExpression Left { get; } = left;

    /// <summary>What stands behind it.</summary>
    public HclExpression Right { get; } = right;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Left, Right];
}

/// <summary>An operator before a value.</summary>
public sealed class HclUnary(TextSpan span, HclOperator operation, HclExpression operand) : HclExpression(span)
{
    /// <summary>The operator.</summary>
    public HclOperator Operator { get; } = operation;

    /// <summary>The value.</summary>
    public HclExpression Operand { get; } = operand;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Operand];
}

/// <summary>An expression in parentheses.</summary>
public sealed class HclParentheses(TextSpan span, HclExpression inner) : HclExpression(span)
{
    /// <summary>What stands in them.</summary>
    public HclExpression Inner { get; } = inner;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => [Inner];
}

/// <summary>An expression that could not be read: unknown.</summary>
public sealed class HclBroken(TextSpan span, IReadOnlyList<HclExpression> parts) : HclExpression(span)
{
    /// <summary>What could be read of it.</summary>
    public IReadOnlyList<HclExpression> Parts { get; } = parts;

    /// <inheritdoc/>
    public override IEnumerable<HclExpression> Children => Parts;
}
