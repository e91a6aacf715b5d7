using System.Globalization;

namespace Repave.Core.Syntax.Json;

/// <summary>How JSON's scalars are read; every reader takes them in the same way.</summary>
public sealed class JsonScalarReading : ScalarReading
{
    // Longer whole numbers are held by no reader's integers.
    private const int MaxDigits = 20;

    private JsonScalarReading()
    {
    }

    /// <summary>The reading.</summary>
    public static JsonScalarReading Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "JSON";

    /// <inheritdoc/>
    public override ScalarKind KindOf(ScalarNode scalar, bool asPlatform) =>
        scalar.Style == NodeStyle.Plain ? KindOfPlain(scalar.Value, asPlatform) : ScalarKind.String;

    /// <inheritdoc/>
    public override ScalarKind KindOfPlain(string text, bool asPlatform) => text switch
    {
        "" or "null" => ScalarKind.Null,
        "true" or "false" => ScalarKind.Boolean,
        _ => NumberKindOf(text) ?? ScalarKind.String,
    };

    /// <inheritdoc/>
    public override bool BooleanOf(string text) => text == "true";

    /// <inheritdoc/>
    public override long? IntegerOf(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return NumberOf(text) is { } real && real == Math.Floor(real) && Math.Abs(real) < 9e18 ? (long)real : null;
    }

    /// <inheritdoc/>
    public override double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && !double.IsInfinity(real)
            && !double.IsNaN(real) ? real : null;

    /// <summary>Whether a text is one of JSON's numbers, and of which kind; null if it is not.</summary>
    internal static ScalarKind? NumberKindOf(string text)
    {
        var i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var first = i;
        i = Digits(text, i);
        if (i == first || (text[first] == '0' && i > first + 1))
            return null;
        var kind = i - first <= MaxDigits ? ScalarKind.Integer : ScalarKind.Float;
        if (i < text.Length && text[i] == '.')
        {
            kind = ScalarKind.Float;
            var fraction = i + 1;
            i = Digits(text, fraction);
            if (i == fraction)
                return null;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            kind = ScalarKind.Float;
            i += i + 1 < text.Length && text[i + 1] is '+' or '-' ? 2 : 1;
            var exponent = i;
            i = Digits(text, exponent);
            if (i == exponent)
                return null;
        }

        return i == text.Length ? kind : null;
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && text[at] is >= '0' and <= '9')
            at++;
        return at;
    }
}
