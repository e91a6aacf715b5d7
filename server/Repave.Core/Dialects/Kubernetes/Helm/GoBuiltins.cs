using System.Text;
using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>The functions that text/template itself has.</summary>
internal static class GoBuiltins
{
    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        // Both decide early: the executor sees to that.
        functions["and"] = new("rr*", (_, _) => null);
        functions["or"] = new("rr*", (_, _) => null);
        functions["not"] = new("r", (_, a) => new GoBool(!GoTruth.IsTrue(a[0])));
        functions["print"] = new("a*", (_, a) => GoFormat.Sprint(a));
        functions["println"] = new("a*", (_, a) => GoFormat.Sprintln(a));
        functions["printf"] = new("sa*", (_, a) => GoFormat.Sprintf(Traced(a[0]), [.. a.Skip(1)]));
        functions["html"] = new("a*", (_, a) => Escape(a, Html));
        functions["js"] = new("a*", (_, a) => Escape(a, JavaScript));
        functions["urlquery"] = new("a*", (_, a) => Escape(a, SprigUrls.QueryEscape));
        functions["len"] = new("r", (_, a) => Length(a[0]));
        functions["index"] = new("rr*", (_, a) => Index(a));
        functions["slice"] = new("rr*", (_, a) => Slice(a));
        functions["call"] = new("rr*", (_, a) => throw Error(a[0] is null ? "call of nil" : $"non-function of type {a[0]!.TypeName}"));
        functions["eq"] = new("rr*", (_, a) => new GoBool(Equal(a)));
        functions["ne"] = new("rr", (_, a) => new GoBool(!Equal(a)));
        functions["lt"] = new("rr", (_, a) => new GoBool(Compare(a) < 0));
        functions["le"] = new("rr", (_, a) => new GoBool(Compare(a) <= 0));
        functions["gt"] = new("rr", (_, a) => new GoBool(Compare(a) > 0));
        functions["ge"] = new("rr", (_, a) => new GoBool(Compare(a) >= 0));
    }

    private static GoText Escape(GoValue?[] arguments, Func<string, string> escape)
    {
        var text = arguments is [GoText { IsBytes: false } one] ? one
            : GoFormat.Sprint([.. arguments.Select(a => a ?? new GoText("<no value>"))]);
        var escaped = escape(text.Text);
        return escaped == text.Text ? text : new GoText(escaped, text.Trace?.AsWhole());
    }

    private static string Html(string text) => text.Replace("&", "&amp;").Replace("'", "&#39;").Replace("\"", "&#34;")
        .Replace("<", "&lt;").Replace(">", "&gt;").Replace("\0", "\uFFFD");

    private static string JavaScript(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var pair = char.IsSurrogatePair(text, i);
            switch (c)
            {
                case '\\': escaped.Append("\\\\"); break;
                case '\'': escaped.Append("\\'"); break;
                case '"': escaped.Append("\\\""); break;
                case '<': escaped.Append("\\u003C"); break;
                case '>': escaped.Append("\\u003E"); break;
                case '&': escaped.Append("\\u0026"); break;
                case '=': escaped.Append("\\u003D"); break;
                default:
                    if (c < ' ' || (c >= 0x80 && !GoQuoting.IsPrintable(text, i)))
                        escaped.Append("\\u").Append((pair ? char.ConvertToUtf32(text, i) : c).ToString("X4",
                            System.Globalization.CultureInfo.InvariantCulture));
                    else
                        escaped.Append(text, i, pair ? 2 : 1);
                    break;
            }

            i += pair ? 1 : 0;
        }

        return escaped.ToString();
    }

    private static GoInteger Length(GoValue? value) => value switch
    {
        GoText text => new GoInteger(GoQuoting.LengthOf(text.Text)),
        GoList list => new GoInteger(list.Items.Count),
        GoMap map => new GoInteger(map.Entries.Count),
        GoObject { Inner: { } inner } => Length(inner),
        null => throw Error("len of nil pointer"),
        _ => throw Error($"len of type {value.TypeName}"),
    };

    private static GoValue? Index(GoValue?[] arguments)
    {
        var value = arguments[0];
        if (value is null)
            throw Error("index of untyped nil");
        for (var i = 1; i < arguments.Length; i++)
        {
            var index = arguments[i];
            var indexed = value is GoObject { Inner: { } inner } ? inner : value;
            switch (indexed)
            {
                case null:
                    throw Error("index of nil pointer");
                case GoMap map:
                    if (index is not null and not GoText { IsBytes: false })
                        throw Error($"value has type {index.TypeName}; should be string");
                    if (index is null)
                        throw Error("value is nil; should be of type string");
                    value = map.Entries.TryGetValue(StringOf(index), out var found) ? found : TemplateExecutor.ZeroOf(map.ElementType);
                    break;
                case GoList list:
                    value = list.Items[Position(index, list.Items.Count)];
                    break;
                case GoText text:
                    var bytes = GoQuoting.BytesOf(text.Text);
                    value = new GoInteger(bytes[Position(index, bytes.Length)], "uint8");
                    break;
                default:
                    throw Error($"can't index item of type {indexed.TypeName}");
            }
        }

        return value;
    }

    private static int Position(GoValue? index, int count, bool isEnd = false)
    {
        if (index is null)
            throw Error("cannot index slice/array with nil");
        if (index is not GoInteger integer)
            throw Error($"cannot index slice/array with type {index.TypeName}");
        return integer.Value < 0 || (isEnd ? integer.Value > count : integer.Value >= count)
            ? throw Error($"index out of range: {integer.Value}") : (int)integer.Value;
    }

    private static GoValue? Slice(GoValue?[] arguments)
    {
        var value = arguments[0] ?? throw Error("slice of untyped nil");
        if (arguments.Length > 4)
            throw Error($"too many slice indexes: {arguments.Length - 1}");
        if (value is GoText { IsBytes: false } && arguments.Length == 4)
            throw Error("cannot 3-index slice a string");
        var bytes = value is GoText text ? GoQuoting.BytesOf(text.Text) : null;
        var count = bytes?.Length ?? (value as GoList)?.Items.Count ?? throw Error($"can't slice item of type {value.TypeName}");
        var start = arguments.Length > 1 ? Position(arguments[1], count, true) : 0;
        var end = arguments.Length > 2 ? Position(arguments[2], count, true) : count;
        if (start > end)
            throw Error($"invalid slice index: {start} > {end}");
        if (bytes is not null)
        {
            return GoQuoting.IsAscii(((GoText)value).Text) ? ((GoText)value).Slice(start, end - start)
                : new GoText(GoQuoting.TextOf(bytes, start, end - start), value.Trace?.AsWhole());
        }

        return new GoList(((GoList)value).Items.GetRange(start, end - start), ((GoList)value).ElementType) { Trace = value.Trace };
    }

    private static string? BasicKind(GoValue? value) => value switch
    {
        GoBool => "bool",
        GoInteger => "int",
        GoFloat => "float",
        GoText { IsBytes: false } => "string",
        _ => null,
    };

    private static bool Equal(GoValue?[] arguments)
    {
        var one = arguments[0];
        if (arguments.Length < 2)
            throw Error("missing argument for comparison");
        var kind = BasicKind(one);
        for (var i = 1; i < arguments.Length; i++)
        {
            var other = arguments[i];
            if (kind != BasicKind(other))
            {
                if (one is not null && other is not null)
                    throw Error("incompatible types for comparison");
                continue;
            }

            if (kind is not null ? GoTruth.AreEqual(Plain(one), Plain(other)) : EqualOthers(one, other))
                return true;
        }

        return false;
    }

    private static GoValue? Plain(GoValue? value) => value is GoInteger integer ? new GoInteger(integer.Value) : value;

    private static bool EqualOthers(GoValue? one, GoValue? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        if (one is GoObject && other is GoObject)
            return ReferenceEquals(one, other);
        throw Error($"non-comparable type {GoFormat.Value(one)}: {one.TypeName}");
    }

    private static int Compare(GoValue?[] arguments)
    {
        var (one, other) = (arguments[0], arguments[1]);
        if (BasicKind(one) is not { } kind || BasicKind(other) is not { } otherKind)
            throw Error("invalid type for comparison");
        if (kind != otherKind)
            throw Error("incompatible types for comparison");
        return (one, other) switch
        {
            (GoInteger a, GoInteger b) => a.Value.CompareTo(b.Value),
            (GoFloat a, GoFloat b) => a.Value.CompareTo(b.Value),
            (GoText a, GoText b) => string.CompareOrdinal(a.Text, b.Text),
            _ => throw Error("invalid type for comparison"),
        };
    }
}
