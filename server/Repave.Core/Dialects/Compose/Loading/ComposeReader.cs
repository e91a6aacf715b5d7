using System.Globalization;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Reads documents as Compose's reader does: YAML with the truth values of YAML 1.2 and the octal numbers of YAML 1.1.</summary>
internal sealed class ComposeReader(ComposeDocument file, List<ComposeProblem> problems)
{
    // Anchors may be used over and over; a project with more is nobody's.
    private const int MaxValues = 200_000;

    private int _count;

    /// <summary>The paths of values that take away what earlier files say (<c>!reset</c>, <c>!override</c>).</summary>
    public List<ValuePath> Resets { get; } = [];

    /// <summary>The value of a node; null where it says that there is none.</summary>
    public ComposeValue? Read(Node? node, ValuePath path)
    {
        if (node?.Resolved is not { } value)
            return ComposeValue.Null(node is null ? null : new ValuePlace(file, node));
        if (++_count > MaxValues || path.Length > SyntaxLimits.Depth)
            return ComposeValue.Unknown(new ValuePlace(file, node));
        if ((node.Tag ?? value.Tag) == "!reset")
        {
            Resets.Add(path);
            return null;
        }

        if ((node.Tag ?? value.Tag) == "!override")
            Resets.Add(path);
        var place = new ValuePlace(file, node);
        switch (value)
        {
            case ScalarNode scalar:
                return ReadScalar(scalar, place);
            case ListNode list:
                var items = ComposeValue.List(place);
                foreach (var item in list.Items)
                {
                    if (Read(item, path.Item(items.Items.Count)) is { } one)
                        items.Items.Add(one);
                }

                return items;
            case MapNode map:
                var fields = ComposeValue.Map(place);
                foreach (var entry in map.AllEntries)
                {
                    if (entry.Key.Resolved is not ScalarNode key || (key.Style == NodeStyle.Plain && key.Value != "<<"
                        && ReadScalar(key, place).Kind is not ValueKind.Text))
                    {
                        problems.Add(new ComposeProblem(ProblemKind.WrongType,
                            $"A name must be text; put '{(entry.Key.Resolved as ScalarNode)?.Value}' in quotes.",
                            new ValuePlace(file, entry.Key), path.ToString()));
                        continue;
                    }

                    if (Read(entry.Value, path.Next(key.Value)) is { } one)
                        fields.Set(key.Value, one, new ValuePlace(file, entry.Key));
                }

                return fields;
            default:
                return ComposeValue.Unknown(place);
        }
    }

    private static ComposeValue ReadScalar(ScalarNode scalar, ValuePlace place)
    {
        var text = scalar.Value;
        if (scalar.Tag is "tag:yaml.org,2002:str" or "!!str" or "!" || scalar.Style != NodeStyle.Plain)
            return ComposeValue.Of(text, place);
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ComposeValue.Null(place);
            case "true" or "True" or "TRUE":
                return ComposeValue.Of(true, place);
            case "false" or "False" or "FALSE":
                return ComposeValue.Of(false, place);
            case ".nan" or ".NaN" or ".NAN":
                return ComposeValue.Of(double.NaN, place);
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return ComposeValue.Of(double.PositiveInfinity, place);
            case "-.inf" or "-.Inf" or "-.INF":
                return ComposeValue.Of(double.NegativeInfinity, place);
        }

        var plain = text.Contains('_') ? text.Replace("_", "") : text;
        if (plain.Length == 0 || !(plain[0] is '+' or '-' or '.' or (>= '0' and <= '9')))
            return ComposeValue.Of(text, place);
        if (Syntax.GoTemplate.GoNumbers.ParseInteger(plain) is { } whole)
            return ComposeValue.Of(whole, place);
        return IsFloat(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? ComposeValue.Of(number, place)
            : ComposeValue.Of(text, place);
    }

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    private static bool IsFloat(string text)
    {
        var at = text[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(ref at);
        var fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = Digits(ref at);
        }

        if (whole == 0 && fraction == 0)
            return false;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
                at++;
            if (Digits(ref at) == 0)
                return false;
        }

        return at == text.Length;

        int Digits(ref int from)
        {
            var start = from;
            while (from < text.Length && text[from] is >= '0' and <= '9')
                from++;
            return from - start;
        }
    }
}
