using System.Globalization;
using System.Numerics;
using System.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>A number as Terraform has them: binary, with up to 512 bits of precision, rounded to the nearest.</summary>
public sealed class TerraformNumber : IComparable<TerraformNumber>, IEquatable<TerraformNumber>
{
    private const int MaxPrecision = 512;

    // Beyond this a number written with an exponent would fill the memory.
    private const int MaxExponent = 4000;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private readonly int _precision;

    // Of infinity and of a zero that is negative nothing else says the sign.
    private readonly bool _isInfinite;
    private readonly bool _isNegativeZero;

    private TerraformNumber(bool isNegative, bool isInfinite)
    {
        _precision = MaxPrecision;
        _mantissa = isInfinite ? isNegative ? BigInteger.MinusOne : BigInteger.One : BigInteger.Zero;
        _isInfinite = isInfinite;
        _isNegativeZero = isNegative && !isInfinite;
    }

    private TerraformNumber(BigInteger mantissa, int exponent, int precision)
    {
        _precision = precision;
        var bits = BitLength(mantissa);
        if (bits > precision)
        {
            var drop = bits - precision;
            var half = BigInteger.One << (drop - 1);
            var absolute = BigInteger.Abs(mantissa);
            var rest = absolute & ((BigInteger.One << drop) - 1);
            absolute >>= drop;
            if (rest > half || (rest == half && !absolute.IsEven))
                absolute += 1;
            mantissa = mantissa.Sign < 0 ? -absolute : absolute;
            exponent += drop;
        }

        if (mantissa.IsZero)
        {
            exponent = 0;
        }
        else
        {
            var zeros = TrailingZeros(mantissa);
            mantissa >>= zeros;
            exponent += zeros;
        }

        (_mantissa, _exponent) = (mantissa, exponent);
    }

    /// <summary>Zero.</summary>
    public static TerraformNumber Zero { get; } = Of(0);

    /// <summary>What is more than every number.</summary>
    public static TerraformNumber Infinity { get; } = new(false, true);

    /// <summary>What is less than every number.</summary>
    public static TerraformNumber NegativeInfinity { get; } = new(true, true);

    private static readonly TerraformNumber NegativeZero = new(true, false);

    /// <summary>Whether it is more or less than every number.</summary>
    public bool IsInfinite => _isInfinite;

    /// <summary>Whether a minus stands before it, which may be before a zero.</summary>
    public bool IsNegative => _isNegativeZero || _mantissa.Sign < 0;

    /// <summary>Whether it has no fraction.</summary>
    public bool IsWhole => _exponent >= 0 && !_isInfinite;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _mantissa.Sign;

    /// <summary>The number as 64 bits; null where it has a fraction or does not fit.</summary>
    public long? Integer => !_isInfinite && _exponent >= 0 && BitLength(_mantissa) + _exponent <= 63 ? (long)(_mantissa << _exponent)
        : null;

    /// <summary>The nearest number of 64 bits with a floating point.</summary>
    public double Double => _isInfinite ? IsNegative ? double.NegativeInfinity : double.PositiveInfinity
        : double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>The whole number; its fraction is cut off.</summary>
    public BigInteger Whole => _exponent >= 0 ? _mantissa << _exponent
        : _mantissa.Sign < 0 ? -(-_mantissa >> -_exponent) : _mantissa >> -_exponent;

    /// <summary>A whole number.</summary>
    public static TerraformNumber Of(long value) => new(value, 0, 64);

    /// <summary>A whole number of any size.</summary>
    public static TerraformNumber Of(BigInteger value) => new(value, 0, MaxPrecision);

    /// <summary>A number of 64 bits with a floating point; null for what is no number.</summary>
    public static TerraformNumber? Of(double value)
    {
        if (double.IsNaN(value))
            return null;
        if (double.IsInfinity(value))
            return value > 0 ? Infinity : NegativeInfinity;
        var bits = BitConverter.DoubleToInt64Bits(value);
        if (value == 0)
            return bits < 0 ? NegativeZero : Zero;
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFFL;
        if (exponent == 0)
            exponent++;
        else
            mantissa |= 1L << 52;
        return new TerraformNumber(bits < 0 ? -mantissa : mantissa, exponent - 1075, 53);
    }

    /// <summary>Reads a decimal number; null for what is none.</summary>
    public static TerraformNumber? Parse(string text)
    {
        var at = 0;
        var isNegative = false;
        if (at < text.Length && text[at] is '+' or '-')
            isNegative = text[at++] == '-';
        if (string.Equals(text.Substring(at), "inf", StringComparison.OrdinalIgnoreCase))
            return isNegative ? NegativeInfinity : Infinity;
        var digits = new StringBuilder();
        var scale = 0;
        var seenPoint = false;
        for (; at < text.Length && text[at] is (>= '0' and <= '9') or '.'; at++)
        {
            if (text[at] == '.')
            {
                if (seenPoint)
                    return null;
                seenPoint = true;
                continue;
            }

            digits.Append(text[at]);
            if (seenPoint)
                scale--;
        }

        if (digits.Length is 0 or > MaxExponent)
            return null;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            if (!int.TryParse(text.Substring(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                || Math.Abs((long)exponent) > MaxExponent)
                return null;
            scale += exponent;
            at = text.Length;
        }

        if (at < text.Length)
            return null;
        var mantissa = BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture);
        if (isNegative && mantissa.IsZero)
            return NegativeZero;
        if (isNegative)
            mantissa = -mantissa;
        return scale >= 0
            ? new TerraformNumber(mantissa * BigInteger.Pow(10, scale), 0, MaxPrecision)
            : Quotient(mantissa, 0, BigInteger.Pow(10, -scale), 0, MaxPrecision);
    }

    /// <summary>The sum; null where there is none, of infinity and its opposite.</summary>
    public TerraformNumber? Plus(TerraformNumber other)
    {
        if (_isInfinite || other._isInfinite)
            return _isInfinite && other._isInfinite && Sign != other.Sign ? null : _isInfinite ? this : other;
        return _isNegativeZero && other._isNegativeZero ? NegativeZero : Sum(this, other, other._mantissa);
    }

    /// <summary>The difference; null where there is none.</summary>
    public TerraformNumber? Minus(TerraformNumber other) => Plus(other.Negative());

    /// <summary>The product; null where there is none, of infinity and zero.</summary>
    public TerraformNumber? Times(TerraformNumber other)
    {
        var isNegative = IsNegative != other.IsNegative;
        if (_isInfinite || other._isInfinite)
            return Sign == 0 || other.Sign == 0 ? null : isNegative ? NegativeInfinity : Infinity;
        return Sign == 0 || other.Sign == 0 ? isNegative ? NegativeZero : Zero
            : Bounded(_mantissa * other._mantissa, _exponent + other._exponent, MaxPrecision);
    }

    /// <summary>The quotient; null where there is none, of zeros and of infinities.</summary>
    public TerraformNumber? Over(TerraformNumber other)
    {
        var isNegative = IsNegative != other.IsNegative;
        if ((_isInfinite && other._isInfinite) || (Sign == 0 && other.Sign == 0))
            return null;
        if (_isInfinite || other.Sign == 0)
            return isNegative ? NegativeInfinity : Infinity;
        if (other._isInfinite || Sign == 0)
            return isNegative ? NegativeZero : Zero;
        return Quotient(_mantissa, _exponent, other._mantissa, other._exponent, Math.Max(_precision, other._precision));
    }

    /// <summary>What is left when it is divided and the quotient's fraction is cut off, by zero all of it; null where infinity takes
    /// part.</summary>
    public TerraformNumber? Modulo(TerraformNumber other)
    {
        if (_isInfinite || other._isInfinite)
            return null;
        if (other.Sign == 0)
            return this;
        var shift = Math.Min(_exponent, other._exponent);
        if (Math.Max(_exponent, other._exponent) - shift > MaxExponent * 4)
            return null;
        var (left, right) = (_mantissa << (_exponent - shift), other._mantissa << (other._exponent - shift));
        return new TerraformNumber(BigInteger.Remainder(left, right), shift, MaxPrecision);
    }

    /// <summary>The negative.</summary>
    public TerraformNumber Negative() => _isInfinite ? IsNegative ? Infinity : NegativeInfinity
        : Sign == 0 ? _isNegativeZero ? Zero : NegativeZero : new(-_mantissa, _exponent, _precision);

    /// <summary>The next whole number that is not greater.</summary>
    public TerraformNumber Floor()
    {
        if (IsWhole || _isInfinite)
            return this;
        var whole = Whole;
        return Of(Sign < 0 ? whole - 1 : whole);
    }

    /// <summary>The next whole number that is not smaller.</summary>
    public TerraformNumber Ceiling() => Negative().Floor().Negative() is var ceiling && ceiling.Sign == 0 && Sign != 0 ? Zero : ceiling;

    /// <inheritdoc/>
    public int CompareTo(TerraformNumber? other)
    {
        if (other is null)
            return 1;
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        if (_isInfinite || other._isInfinite)
            return _isInfinite == other._isInfinite ? 0 : _isInfinite ? Sign : -Sign;
        // Of very different sizes neither is written out.
        var (size, otherSize) = (BitLength(_mantissa) + _exponent, BitLength(other._mantissa) + other._exponent);
        if (size != otherSize)
            return Sign >= 0 ? size.CompareTo(otherSize) : otherSize.CompareTo(size);
        var shift = Math.Min(_exponent, other._exponent);
        return (_mantissa << (_exponent - shift)).CompareTo(other._mantissa << (other._exponent - shift));
    }

    /// <inheritdoc/>
    public bool Equals(TerraformNumber? other) => other is not null && _mantissa == other._mantissa && _exponent == other._exponent
        && _isInfinite == other._isInfinite;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TerraformNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => _mantissa.GetHashCode() ^ _exponent;

    /// <summary>The shortest decimal that only this number is nearest to, without an exponent.</summary>
    public override string ToString()
    {
        if (_isInfinite)
            return IsNegative ? "-Inf" : "+Inf";
        if (_isNegativeZero)
            return "-0";
        // Beyond its precision a whole number has digits that say nothing.
        if (IsWhole && BitLength(_mantissa) + _exponent <= _precision)
            return (_mantissa << _exponent).ToString(CultureInfo.InvariantCulture);
        // The number and the ends of what rounds to it, all as whole numbers over the same power of ten.
        var absolute = BigInteger.Abs(_mantissa);
        var shift = _precision - BitLength(absolute);
        var mantissa = absolute << shift;
        var exponent = _exponent - shift - 1;
        var five = exponent < 0 ? BigInteger.Pow(5, -exponent) : BigInteger.One << exponent;
        var digits = (2 * mantissa * five).ToString(CultureInfo.InvariantCulture);
        var lower = (((2 * mantissa) - 1) * five).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0');
        var upper = (((2 * mantissa) + 1) * five).ToString(CultureInfo.InvariantCulture);
        var length = Math.Max(digits.Length, upper.Length);
        digits = digits.PadLeft(length, '0');
        lower = lower.PadLeft(length, '0');
        upper = upper.PadLeft(length, '0');
        var kept = Shortest(digits, lower, upper, mantissa.IsEven);
        // There are -exponent digits behind the point.
        var point = length + Math.Min(0, exponent);
        var text = new StringBuilder(Sign < 0 ? "-" : "");
        kept = kept.PadRight(length, '0');
        if (kept.Length > length)
            point += kept.Length - length;
        if (point <= 0)
            text.Append("0.").Append('0', -point).Append(kept);
        else
            text.Append(kept.Substring(0, point).TrimStart('0') is { Length: > 0 } whole ? whole : "0").Append('.')
                .Append(kept.Substring(point));
        var end = text.Length;
        while (text[end - 1] == '0')
            end--;
        if (text[end - 1] == '.')
            end--;
        text.Length = end;
        return text.ToString();
    }

    private static string Shortest(string digits, string lower, string upper, bool isInclusive)
    {
        for (var i = 0; i < digits.Length; i++)
        {
            var (l, m, u) = (lower[i], digits[i], upper[i]);
            // Zeros before the first digit are no digits.
            var down = l != m || (isInclusive && AllZero(lower, i + 1));
            var up = m != u && (isInclusive || m + 1 < u || !AllZero(upper, i + 1));
            if (!down && !up)
                continue;
            var cut = digits.Substring(0, i + 1);
            if (down && up)
                return i + 1 < digits.Length && RoundsUp(digits, i + 1) ? Increment(cut) : cut;
            return down ? cut : Increment(cut);
        }

        return digits;
    }

    private static bool RoundsUp(string digits, int at)
    {
        // Exactly half rounds to the even digit.
        if (digits[at] == '5' && AllZero(digits, at + 1))
            return at > 0 && (digits[at - 1] - '0') % 2 != 0;
        return digits[at] >= '5';
    }

    private static string Increment(string digits)
    {
        var chars = digits.ToCharArray();
        for (var i = chars.Length - 1; i >= 0; i--)
        {
            if (chars[i] != '9')
            {
                chars[i]++;
                return new string(chars);
            }

            chars[i] = '0';
        }

        return "1" + new string(chars);
    }

    private static bool AllZero(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] != '0')
                return false;
        }

        return true;
    }

    private static TerraformNumber Sum(TerraformNumber left, TerraformNumber right, BigInteger rightMantissa)
    {
        var precision = Math.Max(left._precision, right._precision);
        var (low, high) = left._exponent <= right._exponent ? (left._exponent, right._exponent) : (right._exponent, left._exponent);
        if (high - low > MaxExponent * 4)
            return left.CompareTo(right) >= 0 ? left : right;
        return new TerraformNumber((left._mantissa << (left._exponent - low)) + (rightMantissa << (right._exponent - low)), low, precision);
    }

    private static TerraformNumber Quotient(BigInteger left, int leftExponent, BigInteger right, int rightExponent, int precision)
    {
        var shift = Math.Max(0, precision + 2 + BitLength(right) - BitLength(left));
        var quotient = BigInteger.DivRem(left << shift, right, out var rest);
        // What is left decides a tie; two bits more than are kept leave room to say so.
        if (!rest.IsZero)
            quotient = (quotient << 1) + ((left.Sign < 0) == (right.Sign < 0) ? 1 : -1);
        else
            quotient <<= 1;
        return new TerraformNumber(quotient, leftExponent - rightExponent - shift - 1, precision);
    }

    private static TerraformNumber Bounded(BigInteger mantissa, int exponent, int precision) =>
        Math.Abs(exponent) > MaxExponent * 8 ? Zero : new TerraformNumber(mantissa, exponent, precision);

    private static int BitLength(BigInteger value)
    {
        if (value.IsZero)
            return 0;
        var bytes = BigInteger.Abs(value).ToByteArray();
        var last = bytes.Length - 1;
        if (bytes[last] == 0)
            last--;
        var bits = 0;
        for (var top = bytes[last]; top != 0; top >>= 1)
            bits++;
        return (last * 8) + bits;
    }

    private static int TrailingZeros(BigInteger value)
    {
        var bytes = BigInteger.Abs(value).ToByteArray();
        var zeros = 0;
        foreach (var b in bytes)
        {
            if (b == 0)
            {
                zeros += 8;
                continue;
            }

            var bit = b;
            while ((bit & 1) == 0)
            {
                zeros++;
                bit >>= 1;
            }

            break;
        }

        return zeros;
    }
}
