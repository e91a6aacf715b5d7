using System.Globalization;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What go-yaml v3, which kustomize reads and writes with, takes scalars for.</summary>
internal static class KustomizeScalars
{
    private static readonly BoundedRegex Float = new(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$");

    /// <summary>The short tag of a text without quotes.</summary>
    public static string TagOf(string text)
    {
        if (text.Length == 0)
            return KustomizeNode.NullTag;
        switch (text[0])
        {
            case '~' or 'n' or 'N':
                return text is "~" or "null" or "Null" or "NULL" ? KustomizeNode.NullTag : KustomizeNode.TextTag;
            case 't' or 'T' or 'f' or 'F':
                return text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? "!!bool" : KustomizeNode.TextTag;
            case '<':
                return text == "<<" ? "!!merge" : KustomizeNode.TextTag;
            case '.':
                return text is ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" || Float.Matches(text) ? "!!float"
                    : KustomizeNode.TextTag;
            case '+' or '-' or (>= '0' and <= '9'):
                return NumberTagOf(text);
            default:
                return KustomizeNode.TextTag;
        }
    }

    /// <summary>Whether YAML 1.1 takes a text without quotes for something else than a text.</summary>
    public static bool IsOther11(string text) => text.Length > 0 && text.IndexOf('\n') < 0
        && (YamlScalars.KindOf11(text) != ScalarKind.String || (text.Length > 4 && text[4] == '-' && TimeOf(text) is not null));

    /// <summary>The tag under which a scalar is written and read again.</summary>
    public static string WrittenTag(KustomizeNode node)
    {
        var plain = node.Value.IndexOf('\n') >= 0 ? KustomizeNode.TextTag : TagOf(node.Value);
        if (node.Tag.Length == 0 || node.Tag == plain)
            return node.IsQuoted ? KustomizeNode.TextTag : plain;
        return node.Tag;
    }

    /// <summary>What a scalar is written as.</summary>
    /// <exception cref="KustomizeException">Its text is not what its tag says.</exception>
    public static GoValue? ValueOf(KustomizeNode node)
    {
        var (tag, text) = (WrittenTag(node), node.Value);
        var trace = node.Text.Trace?.AsWhole();
        switch (tag)
        {
            case KustomizeNode.NullTag:
                return null;
            case "!!bool" when TagOf(text) == "!!bool":
                return new GoBool(text[0] is 't' or 'T') { Trace = trace };
            case KustomizeNode.NumberTag when NumberTagOf(text) is KustomizeNode.NumberTag:
                var plain = text.Replace("_", "");
                if (GoNumbers.ParseInteger(plain) is { } whole)
                    return new GoInteger(whole) { Trace = trace };
                return new GoFloat(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture)) { Trace = trace };
            case "!!float" when TagOf(text) is "!!float" or KustomizeNode.NumberTag:
                var number = text.TrimStart('+', '-').ToLowerInvariant() switch
                {
                    ".nan" => double.NaN,
                    ".inf" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
                    _ => GoNumbers.ParseFloat(text.Replace("_", "")) ?? double.NaN,
                };
                return double.IsNaN(number) || double.IsInfinity(number)
                    ? throw new KustomizeException("json: unsupported value: " + GoNumbers.Format(number, 'g'), trace?.File,
                        trace?.At ?? default)
                    : new GoFloat(number) { Trace = trace };
            case "!!timestamp":
                return TimeOf(text) is { } time ? new GoText(time, trace) : node.Text;
            case "!!binary":
                try
                {
                    return new GoText(GoQuoting.TextOf(Convert.FromBase64String(text)), trace);
                }
                catch (FormatException)
                {
                    throw Wrong(node, tag);
                }

            case "!!bool" or KustomizeNode.NumberTag or "!!float":
                throw Wrong(node, tag);
            default:
                return node.Text;
        }
    }

    private static KustomizeException Wrong(KustomizeNode node, string tag) => new(
        $"yaml: cannot decode !!str `{node.Value}` as a {tag}", node.Text.Trace?.File, node.Text.Trace?.At ?? default);

    private static string NumberTagOf(string text)
    {
        if (text is "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF")
            return "!!float";
        if (TimeOf(text) is not null)
            return "!!timestamp";
        var plain = text.Replace("_", "");
        if (GoNumbers.ParseInteger(plain) is not null || GoNumbers.IsUnsigned(plain))
            return KustomizeNode.NumberTag;
        return Float.Matches(plain) ? "!!float" : KustomizeNode.TextTag;
    }

    // A point in time as JSON writes it; null where it is none.
    private static string? TimeOf(string text)
    {
        if (text.Length < 8 || text[4] != '-')
            return null;
        for (var i = 0; i < 4; i++)
        {
            if (text[i] is not (>= '0' and <= '9'))
                return null;
        }

        string[] formats =
        [
            "yyyy-M-d'T'H:m:s.FFFFFFFK", "yyyy-M-d't'H:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFF", "yyyy-M-d",
        ];
        for (var i = 0; i < formats.Length; i++)
        {
            // Go wants a zone after the first two.
            if (i < 2 && !(text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 7))
                continue;
            if (DateTimeOffset.TryParseExact(text, formats[i], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                var zone = time.Offset == TimeSpan.Zero ? "'Z'" : "zzz";
                return time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF" + zone, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
