using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>TOML as BurntSushi's library writes and reads it.</summary>
internal static class GoToml
{
    public static GoText Write(GoValue? value)
    {
        if (value is not GoMap map)
            return new GoText(value is null ? "toml: cannot encode array with mixed element types"
                : "toml: top-level values must be Go maps or structs");
        var text = new GoTextBuilder();
        try
        {
            Table(text, map, [], 0);
        }
        catch (GoException exception)
        {
            return new GoText(exception.Error.Message);
        }

        return text.ToText();
    }

    /// <summary>Reads TOML; what is wrong with it stands under <c>Error</c>.</summary>
    public static GoMap Read(string text)
    {
        try
        {
            return new GoTomlReader(text).ReadAll();
        }
        catch (GoException exception)
        {
            return new GoMap { { "Error", new GoText(exception.Error.Message) } };
        }
    }

    private static void Table(GoTextBuilder text, GoMap map, List<string> path, int depth)
    {
        if (depth > 200)
            throw new GoException(new GoError("the value is nested too deeply"));
        foreach (var entry in map.Sorted)
        {
            if (entry.Value is null || IsTable(entry.Value))
                continue;
            text.Append(' ', Math.Max(0, path.Count - 1) * 2 + (path.Count > 0 ? 2 : 0)).Append(Key(entry.Key)).Append(" = ");
            Value(text, entry.Value, depth);
            text.Append('\n');
        }

        foreach (var entry in map.Sorted)
        {
            if (entry.Value is null || !IsTable(entry.Value))
                continue;
            List<string> inner = [.. path, Key(entry.Key)];
            if (entry.Value is GoList list)
            {
                foreach (var item in list.Items)
                {
                    if (text.Length > 0)
                        text.Append('\n');
                    text.Append(' ', (inner.Count - 1) * 2).Append("[[" + string.Join(".", inner) + "]]\n");
                    Table(text, (GoMap)item!, inner, depth + 1);
                }
            }
            else
            {
                if (text.Length > 0)
                    text.Append('\n');
                text.Append(' ', (inner.Count - 1) * 2).Append("[" + string.Join(".", inner) + "]\n");
                Table(text, (GoMap)entry.Value, inner, depth + 1);
            }
        }
    }

    private static bool IsTable(GoValue value) => value is GoMap
        || (value is GoList { Items.Count: > 0 } list && list.Items.All(item => item is GoMap));

    private static void Value(GoTextBuilder text, GoValue value, int depth)
    {
        var trace = value.Trace?.AsWhole();
        switch (value)
        {
            case GoBool boolean:
                text.Append(boolean.Value ? "true" : "false", trace);
                break;
            case GoInteger integer:
                text.Append(integer.Value.ToString(CultureInfo.InvariantCulture), trace);
                break;
            case GoFloat real:
                var number = GoNumbers.Format(real.Value, 'g');
                text.Append(double.IsNaN(real.Value) ? "nan" : double.IsInfinity(real.Value) ? (real.Value > 0 ? "inf" : "-inf")
                    : number.IndexOf('e') >= 0 ? number : number.Contains('.') ? number : number + ".0", trace);
                break;
            case GoText plain:
                text.Append(Quote(plain.Text), trace);
                break;
            case GoList list:
                text.Append('[');
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(", ");
                    Value(text, list.Items[i] ?? throw new GoException(new GoError("toml: cannot encode array with nil element")), depth
                        + 1);
                }

                text.Append(']');
                break;
            case GoMap map:
                text.Append('{');
                var first = true;
                foreach (var entry in map.Sorted)
                {
                    if (entry.Value is null)
                        continue;
                    if (!first)
                        text.Append(", ");
                    first = false;
                    text.Append(Key(entry.Key)).Append(" = ");
                    Value(text, entry.Value, depth + 1);
                }

                text.Append('}');
                break;
            default:
                throw new GoException(new GoError($"toml: unsupported type {value.TypeName}"));
        }
    }

    private static string Key(string key) =>
        key.Length > 0 && key.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-') ? key
            : Quote(key);

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' or '\x7f' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
