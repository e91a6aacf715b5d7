using System.Text;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on regular expressions.</summary>
internal static class SprigRegexes
{
    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["regexMatch"] = new("ss", (executor, a) => new GoBool(Matches(executor, StringOf(a[0]), StringOf(a[1]))));
        functions["mustRegexMatch"] = new("ss", (executor, a) => new GoBool(GoRegex.Of(executor, StringOf(a[0])).Matches(StringOf(a[1]))));
        Add("regexFind", "ss", (regex, a) => Find(regex, Traced(a[1])));
        Add("regexFindAll", "ssi", (regex, a) =>
        {
            var found = regex.All(StringOf(a[1]), Int(a[2])).Select(match => Traced(a[1]).Slice(match.Span.Start, match.Span.Length))
                .ToList();
            var list = ListOf(found);
            list.IsNil = found.Count == 0;
            return list;
        });
        Add("regexReplaceAll", "sss", (regex, a) => Replace(regex, Traced(a[1]), Traced(a[2]), true));
        Add("regexReplaceAllLiteral", "sss", (regex, a) => Replace(regex, Traced(a[1]), Traced(a[2]), false));
        Add("regexSplit", "ssi", (regex, a) => ListOf(Split(regex, Traced(a[1]), Int(a[2]))));
        functions["regexQuoteMeta"] = new("s", (_, a) => new GoText(Quote(StringOf(a[0]))));

        void Add(string name, string parameters, Func<GoRegex, GoValue?[], GoValue?> call)
        {
            functions["mustR" + name.Substring(1)] = new(parameters, (executor, a) => call(GoRegex.Of(executor, StringOf(a[0])), a));
            functions[name] = new(parameters, (executor, a) =>
            {
                executor.Spend(StringOf(a[1]).Length);
                try
                {
                    return call(GoRegex.Of(executor, StringOf(a[0])), a);
                }
                catch (GoException exception) when (exception.Error.Message.StartsWith("error parsing regexp", StringComparison.Ordinal))
                {
                    throw Error("regexp: Compile(`" + StringOf(a[0]) + "`): " + exception.Error.Message);
                }
            });
        }
    }

    private static bool Matches(TemplateExecutor executor, string pattern, string text)
    {
        try
        {
            return GoRegex.Of(executor, pattern).Matches(text);
        }
        catch (GoException)
        {
            return false;
        }
    }

    private static GoText Find(GoRegex regex, GoText text)
    {
        foreach (var match in regex.All(text.Text, 1))
            return text.Slice(match.Span.Start, match.Span.Length);
        return GoText.Empty;
    }

    private static GoText Replace(GoRegex regex, GoText text, GoText replacement, bool expands)
    {
        var replaced = new GoTextBuilder();
        var start = 0;
        foreach (var match in regex.All(text.Text))
        {
            replaced.Append(text, start, match.Span.Start - start);
            if (expands)
                GoRegex.Expand(replaced, replacement, text, match);
            else
                replaced.Append(replacement);
            start = match.Span.End;
        }

        return start == 0 && replaced.Length == 0 ? text : replaced.Append(text, start, text.Text.Length - start).ToText();
    }

    private static List<GoText> Split(GoRegex regex, GoText text, int limit)
    {
        var parts = new List<GoText>();
        if (limit == 0)
            return parts;
        int begin = 0, end = 0;
        foreach (var match in regex.All(text.Text))
        {
            if (limit > 0 && parts.Count == limit - 1)
                break;
            end = match.Span.Start;
            if (match.Span.End != 0)
                parts.Add(text.Slice(begin, end - begin));
            begin = match.Span.End;
        }

        if (end != text.Text.Length || parts.Count == 0)
            parts.Add(text.Slice(begin, text.Text.Length - begin));
        return parts;
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder();
        foreach (var c in text)
        {
            if (@"\.+*?()|[]{}^$".IndexOf(c) >= 0)
                quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.ToString();
    }
}
