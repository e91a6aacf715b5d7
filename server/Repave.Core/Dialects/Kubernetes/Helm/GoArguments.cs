using System.Globalization;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Arguments as functions take them, with sprig's conversions.</summary>
internal static class GoArguments
{
    public static string StringOf(GoValue? value) => ((GoText)value!).Text;

    public static GoText Traced(GoValue? value) => (GoText)value!;

    public static int Int(GoValue? value) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, ((GoInteger)value!).Value));

    public static GoMap Map(GoValue? value) => value switch
    {
        GoMap map => map,
        GoObject { Inner: GoMap inner } => inner,
        null => new GoMap(),
        _ => throw new GoException(new GoError($"interface conversion: interface {{}} is {value.TypeName}, not map[string]interface {{}}")),
    };

    /// <summary>The items of a list, or the refusal of a function that takes lists only.</summary>
    public static IReadOnlyList<GoValue?> Items(GoValue? value, string refusal)
    {
        switch (value)
        {
            case GoList list:
                return list.Items;
            case GoText { IsBytes: true } bytes:
                return [.. GoQuoting.BytesOf(bytes.Text).Select(b => new GoInteger(b, "uint8"))];
            case null:
                throw new GoException(new GoError("runtime error: invalid memory address or nil pointer dereference"));
            default:
                throw new GoException(new GoError(refusal.Replace("%s", value.KindName)));
        }
    }

    /// <summary>A whole number, as spf13/cast makes one of anything.</summary>
    public static long ToInteger(GoValue? value)
    {
        switch (value)
        {
            case GoInteger integer:
                return integer.Value;
            case GoFloat real:
                return double.IsNaN(real.Value) || Math.Abs(real.Value) >= 9.3e18 ? long.MinValue : (long)real.Value;
            case GoBool boolean:
                return boolean.Value ? 1 : 0;
            case GoText { IsBytes: false } text:
                var point = text.Text.IndexOf('.');
                var whole = point > 0 && text.Text.Substring(point + 1).All(c => c == '0') && point < text.Text.Length - 1
                    ? text.Text.Substring(0, point) : text.Text;
                return GoNumbers.ParseInteger(whole) ?? 0;
            default:
                return 0;
        }
    }

    /// <summary>A number, as spf13/cast makes one of anything.</summary>
    public static double ToFloat(GoValue? value) => value switch
    {
        GoFloat real => real.Value,
        GoInteger integer => integer.Value,
        GoBool boolean => boolean.Value ? 1 : 0,
        GoText { IsBytes: false } text => GoNumbers.ParseFloat(text.Text) ?? 0,
        _ => 0,
    };

    /// <summary>A text of anything, as sprig's <c>strval</c>.</summary>
    public static GoText ToText(GoValue? value) => value switch
    {
        GoText { IsBytes: false } text => text,
        GoText bytes => new GoText(bytes.Text, bytes.Trace?.AsWhole()),
        _ => GoFormat.Print(value),
    };

    /// <summary>The texts of a list, as sprig's <c>strslice</c>: without those that are nil.</summary>
    public static List<GoText> ToTexts(GoValue? value) => value switch
    {
        null => [],
        GoList list => [.. list.Items.Where(item => item is not null).Select(ToText)],
        GoText { IsBytes: true } bytes => [.. GoQuoting.BytesOf(bytes.Text).Select(b =>
            new GoText(b.ToString(CultureInfo.InvariantCulture)))],
        _ => [ToText(value)],
    };

    public static GoList ListOf(IEnumerable<GoText> texts) => new([.. texts], "string");

    public static GoException Error(string message) => new(new GoError(message));
}
