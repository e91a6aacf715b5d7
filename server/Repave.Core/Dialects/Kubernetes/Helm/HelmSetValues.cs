using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Values given as <c>a.b[0]=c,d={e,f}</c>, as Helm's <c>--set</c> reads them.</summary>
internal static class HelmSetValues
{
    private const int MaxIndex = 65536;
    private const int MaxDepth = 30;

    /// <summary>Puts the values of a line into others.</summary>
    /// <exception cref="HelmException">Helm does not take it.</exception>
    public static void Apply(string line, GoMap values)
    {
        var at = 0;
        while (at < line.Length)
            ReadKey(line, ref at, values, 0);
    }

    private static void ReadKey(string line, ref int at, GoMap values, int depth)
    {
        if (depth > MaxDepth)
            throw new HelmException($"value name nested level is greater than maximum supported nested level of {MaxDepth}");
        var key = ReadUntil(line, ref at, "=[,.");
        var stop = at < line.Length ? line[at++] : '\0';
        switch (stop)
        {
            case '\0' or ',':
                throw new HelmException($"key {GoQuoting.Quote(key)} has no value");
            case '[':
                var index = ReadIndex(line, ref at);
                var list = values[key] as GoList ?? new GoList([]);
                values.Entries[key] = list;
                ReadItem(line, ref at, list, index, depth);
                break;
            case '.':
                if (values[key] is not GoMap inner)
                    values.Entries[key] = inner = new GoMap();
                ReadKey(line, ref at, inner, depth + 1);
                break;
            default:
                values.Entries[key] = ReadValue(line, ref at, out var isNull);
                if (isNull)
                    values.Entries[key] = null;
                break;
        }
    }

    private static void ReadItem(string line, ref int at, GoList list, int index, int depth)
    {
        while (list.Items.Count <= index)
            list.Items.Add(null);
        var stop = at < line.Length ? line[at++] : '\0';
        switch (stop)
        {
            case '=':
                list.Items[index] = ReadValue(line, ref at, out _);
                break;
            case '[':
                var inner = list.Items[index] as GoList ?? new GoList([]);
                list.Items[index] = inner;
                if (depth > MaxDepth)
                    throw new HelmException("value name is nested too deeply");
                ReadItem(line, ref at, inner, ReadIndex(line, ref at), depth + 1);
                break;
            case '.':
                if (list.Items[index] is not GoMap map)
                    list.Items[index] = map = new GoMap();
                ReadKey(line, ref at, map, depth + 1);
                break;
            default:
                throw new HelmException($"unexpected data at end of array index: {GoQuoting.Quote(line)}");
        }
    }

    private static int ReadIndex(string line, ref int at)
    {
        var text = ReadUntil(line, ref at, "]");
        at++;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            ? index > MaxIndex ? throw new HelmException($"index of {index} is greater than maximum supported index of {MaxIndex}") : index
            : throw new HelmException($"error parsing index: strconv.Atoi: parsing {GoQuoting.Quote(text)}: invalid syntax");
    }

    private static GoValue? ReadValue(string line, ref int at, out bool isNull)
    {
        isNull = false;
        if (at < line.Length && line[at] == '{')
        {
            at++;
            var list = new GoList([]);
            while (true)
            {
                var item = ReadUntil(line, ref at, ",}");
                var stop = at < line.Length ? line[at++] : throw new HelmException("list must terminate with '}'");
                if (item.Length > 0 || stop == ',')
                    list.Items.Add(Typed(item));
                if (stop == '}')
                    break;
            }

            if (at < line.Length && line[at] == ',')
                at++;
            return list;
        }

        var text = ReadUntil(line, ref at, ",");
        at++;
        var value = Typed(text);
        isNull = value is null;
        return value;
    }

    private static string ReadUntil(string line, ref int at, string stops)
    {
        var text = new StringBuilder();
        for (; at < line.Length && stops.IndexOf(line[at]) < 0; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length)
                at++;
            text.Append(line[at]);
        }

        return text.ToString();
    }

    private static GoValue? Typed(string text)
    {
        switch (text)
        {
            case "true" or "false":
                return new GoBool(text == "true");
            case "null":
                return null;
            case "0":
                return new GoInteger(0, "int64");
        }

        // A leading zero makes a text of it.
        return text.Length > 0 && text[0] != '0' && GoNumbers.ParseInteger(text, 10) is { } number ? new GoInteger(number, "int64")
            : new GoText(text);
    }
}
