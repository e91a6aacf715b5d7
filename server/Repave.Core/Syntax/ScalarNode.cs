using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A scalar: its text after unquoting, and how a reader takes it.</summary>
public sealed class ScalarNode : Node
{
    // One more than the kind; 0 while it is not known. A single number is written at once, whoever else reads it.
    private int _kind;

    internal ScalarNode(TextSpan span, string value, NodeStyle style, ScalarReading reading)
        : base(span) => (Value, Style, Reading) = (value, style, reading);

    /// <summary>The text, unquoted, unescaped and unfolded.</summary>
    public string Value { get; }

    /// <summary>How it is written.</summary>
    public NodeStyle Style { get; }

    /// <summary>How its language reads scalars.</summary>
    public ScalarReading Reading { get; }

    /// <summary>What the platform's reader takes it for.</summary>
    public ScalarKind Kind
    {
        get
        {
            if (_kind == 0)
                _kind = (int)Reading.KindOf(this, asPlatform: true) + 1;
            return (ScalarKind)(_kind - 1);
        }
    }

    /// <summary>The whole number that its text stands for, in quotes or not; null where it is none or does not fit 64 bits.</summary>
    public long? Integer => Reading.IntegerOf(Value);

    /// <summary>The number that its text stands for, in quotes or not; null where it is none.</summary>
    public double? Number => Reading.NumberOf(Value);

    /// <summary>Whether the platform's reader takes it for the boolean true.</summary>
    public bool IsTrue => Kind == ScalarKind.Boolean && Reading.BooleanOf(Value);

    /// <summary>Whether it says nothing.</summary>
    public bool IsNull => Kind == ScalarKind.Null;

    /// <summary>The same scalar further on in a text.</summary>
    internal ScalarNode Moved(int by) =>
        new(new TextSpan(Span.Start + by, Span.End + by), Value, Style, Reading) { Tag = Tag, _kind = _kind };

    /// <summary>What it is taken for.</summary>
    /// <param name="asPlatform">Whether the platform's reader is meant, or else a JSON Schema's.</param>
    public ScalarKind KindAs(bool asPlatform) => asPlatform ? Kind : Reading.KindOf(this, asPlatform: false);
}
