using System.Globalization;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A quantity as Kubernetes writes it: <c>500m</c>, <c>1.5Gi</c>, <c>2e3</c>.</summary>
/// <param name="Value">The amount in its base unit (cores, bytes, items).</param>
public readonly record struct Quantity(decimal Value)
{
    /// <summary>Reads a quantity; false if the text is none.</summary>
    public static bool TryParse(string text, out Quantity quantity)
    {
        quantity = default;
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var start = i;
        var dots = 0;
        while (i < text.Length && (text[i] is (>= '0' and <= '9') or '.'))
        {
            if (text[i] == '.')
                dots++;
            i++;
        }

        if (i - start - dots == 0 || dots > 1
            || !decimal.TryParse(text.Substring(0, i), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return false;
        if (Factor(text.Substring(i)) is not { } factor)
            return false;
        try
        {
            quantity = new Quantity((decimal)factor * number);
        }
        catch (OverflowException)
        {
            quantity = new Quantity(number < 0 ? decimal.MinValue : decimal.MaxValue);
        }

        return true;
    }

    private static double? Factor(string suffix)
    {
        switch (suffix)
        {
            case "": return 1;
            case "n": return 1e-9;
            case "u": return 1e-6;
            case "m": return 1e-3;
            case "k": return 1e3;
            case "M": return 1e6;
            case "G": return 1e9;
            case "T": return 1e12;
            case "P": return 1e15;
            case "E": return 1e18;
            case "Ki": return 1024d;
            case "Mi": return 1024d * 1024;
            case "Gi": return 1024d * 1024 * 1024;
            case "Ti": return 1024d * 1024 * 1024 * 1024;
            case "Pi": return 1024d * 1024 * 1024 * 1024 * 1024;
            case "Ei": return 1024d * 1024 * 1024 * 1024 * 1024 * 1024;
        }

        return suffix[0] is 'e' or 'E' && suffix.Length > 1
            && int.TryParse(suffix.Substring(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) <= 27
            ? Math.Pow(10, exponent)
            : null;
    }
}
