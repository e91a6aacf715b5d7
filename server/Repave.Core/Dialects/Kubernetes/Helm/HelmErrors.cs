using System.Text;
using Repave.Core.Model;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Errors of templates in Helm's words.</summary>
internal static class HelmErrors
{
    private const string WarningStart = "HELM_ERR_START";
    private const string WarningEnd = "HELM_ERR_END";

    /// <summary>An error while a template was executed.</summary>
    public static HelmException OfExecution(string template, GoError error)
    {
        var places = new List<(Manifest File, TextSpan Span)>();
        var innermost = error;
        for (var at = error; at is not null; at = at.Inner!)
        {
            innermost = at;
            if (at.File is not null)
                places.Insert(0, (at.File, at.Span));
        }

        var summary = Summary(innermost.Message);
        var (file, span) = places.Count > 0 ? places[0] : default;
        return new HelmException(Message(template, error), file, span)
        {
            Chain = [.. places.Skip(1)],
            Summary = summary,
            IsDemand = error.Message.IndexOf(WarningStart, StringComparison.Ordinal) >= 0
        };
    }

    /// <summary>An error while a template was parsed.</summary>
    public static HelmException OfParsing(string template, TemplateSyntaxException exception, Manifest file)
    {
        var parts = exception.Message.Split([": "], StringSplitOptions.None);
        var message = parts.Length == 1 ? $"parse error in ({template}): {exception.Message}"
            : $"parse error at ({parts[1]}): {parts[parts.Length - 1]}";
        var end = Math.Min(file.Source.Text.Length, exception.Offset + 1);
        return new HelmException(message, file, new TextSpan(Math.Min(exception.Offset, end), end)) { Summary = parts[parts.Length - 1] };
    }

    private static string Summary(string message)
    {
        var start = message.IndexOf(WarningStart, StringComparison.Ordinal);
        var end = message.LastIndexOf(WarningEnd, StringComparison.Ordinal);
        if (start >= 0 && end > start)
            return message.Substring(start + WarningStart.Length, end - start - WarningStart.Length);
        var at = message.IndexOf(">: ", StringComparison.Ordinal);
        return message.StartsWith("template: ", StringComparison.Ordinal) && at >= 0 ? message.Substring(at + 3) : message;
    }

    private static string Message(string template, GoError error)
    {
        if (!error.IsOfExecution)
            return error.Message;
        var parts = error.Message.Split([": "], 3, StringSplitOptions.None);
        if (parts.Length != 3)
            return $"execution error in ({template}): {error.Message}";
        var start = parts[2].IndexOf(WarningStart, StringComparison.Ordinal);
        var end = parts[2].LastIndexOf(WarningEnd, StringComparison.Ordinal);
        if (start >= 0 && end >= start + WarningStart.Length)
            return $"execution error at ({parts[1]}): {parts[2].Substring(start + WarningStart.Length, end - start - WarningStart.Length)}";
        var places = new List<(string Location, string Message, string Function)>();
        for (var at = error; at is not null; at = at.Inner!)
        {
            if (Read(at.Message) is not { } place)
                return error.Message;
            if (places.Count == 0 || places[places.Count - 1] != place)
                places.Add(place);
        }

        var text = new StringBuilder();
        foreach (var (location, message, function) in places)
        {
            if (location.Length > 0)
                text.Append(location).Append("\n  ");
            if (function.Length > 0)
                text.Append(function).Append("\n    ");
            if (message.Length > 0)
                text.Append(message).Append('\n');
        }

        return text.ToString().Trim();
    }

    private static (string Location, string Message, string Function)? Read(string message)
    {
        const string prefix = "template: ";
        if (!message.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var rest = message.Substring(prefix.Length);
        if (rest.StartsWith("no template ", StringComparison.Ordinal))
            return ("", message, "");
        var mark = rest.IndexOf(": executing ", StringComparison.Ordinal);
        if (mark >= 0)
        {
            var after = rest.Substring(mark + ": executing ".Length);
            var quote = after.Length > 0 && after[0] == '"' ? after.IndexOf('"', 1) : -1;
            if (quote >= 0 && string.CompareOrdinal(after, quote + 1, " at <", 0, 5) == 0)
            {
                var place = after.Substring(quote + 6);
                var close = place.IndexOf(">: ", StringComparison.Ordinal);
                if (close >= 0)
                {
                    return (rest.Substring(0, mark), Cut(place.Substring(close + 3)),
                        $"executing \"{after.Substring(1, quote - 1)}\" at <{place.Substring(0, close)}>:");
                }
            }

            // What does not fit is read as the simple form.
        }

        var colon = rest.LastIndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? null : (rest.Substring(0, colon), Cut(rest.Substring(colon + 2)), "");
    }

    private static string Cut(string message)
    {
        var next = message.IndexOf(" template:", StringComparison.Ordinal);
        return next < 0 ? message : message.Substring(0, next);
    }
}
