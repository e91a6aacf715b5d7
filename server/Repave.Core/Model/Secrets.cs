using System.Runtime.CompilerServices;
using Repave.Core.Dialects;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>What is secret in a document: the one place that is asked before a value is shown. The dialects say what is
/// (<see cref="Dialect.FindSecrets"/>). Places are offsets, so that they outlive the tree.</summary>
public sealed class Secrets
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Hidden = "(secret)";

    // A shorter text stands in too many messages by chance; those that show values ask by place.
    private const int ShortestHidden = 6;

    // With more, a message is looked through word by word.
    private const int MaxSearched = 100;

    private static readonly ConditionalWeakTable<Document, Secrets> Known = new();

    private readonly List<TextSpan> _spans = [];
    private readonly HashSet<string> _values;
    private readonly List<string> _longestFirst;

    private Secrets(Document document)
    {
        var nodes = new SecretNodes();
        foreach (var dialect in DialectCatalogue.All)
            dialect.FindSecrets(document, nodes);

        foreach (var node in nodes.All)
        {
            if (node.Span.Length > 0)
                _spans.Add(node.Span);
        }

        _spans.AddRange(nodes.Spans);
        _spans.Sort((a, b) => a.Start.CompareTo(b.Start));
        _values = new HashSet<string>(nodes.Values.Where(v => v.Length >= ShortestHidden), StringComparer.Ordinal);
        _longestFirst = [.. _values.Concat(_values.Select(Shapes.CanonicalJson.Quote).Select(q => q.Substring(1, q.Length - 2))).Distinct()
            .OrderByDescending(v => v.Length)];
    }

    /// <summary>The secrets of a document.</summary>
    public static Secrets Of(Document document) => Known.GetValue(document, static d => new Secrets(d));

    /// <summary>Whether there are any.</summary>
    public bool Any => _spans.Count > 0;

    /// <summary>Whether any of a range is secret.</summary>
    public bool Touches(TextSpan span)
    {
        foreach (var secret in _spans)
        {
            if (secret.Start > span.End)
                return false;
            if (secret.End > span.Start && secret.Start < span.End)
                return true;
        }

        return false;
    }

    /// <summary>Whether a line that a range begins on, or one that it goes over, holds a secret.</summary>
    public bool TouchesLine(string text, TextSpan span)
    {
        if (!Any)
            return false;
        var start = span.Start <= 0 ? 0 : text.LastIndexOf('\n', Math.Min(span.Start, text.Length) - 1) + 1;
        var end = text.IndexOf('\n', Math.Min(span.End, text.Length));
        end = end < 0 ? text.Length : end;
        return Touches(new TextSpan(start, end)) || Repeats(text.Substring(start, end - start));
    }

    /// <summary>The document's text without its secrets, with the same lines.</summary>
    public string Mask(string text)
    {
        if (!Any)
            return text;
        var masked = new System.Text.StringBuilder();
        var last = 0;
        foreach (var span in _spans)
        {
            var start = Math.Max(last, span.Start);
            var end = Math.Min(span.End, text.Length);
            if (end <= start)
                continue;
            masked.Append(text, last, start - last).Append(Hidden);
            for (var at = start; at < end; at++)
            {
                if (text[at] is '\n' or '\r')
                    masked.Append(text[at]);
            }

            last = end;
        }

        masked.Append(text, last, text.Length - last);
        return string.Join("\n", masked.ToString().Split('\n').Select(Hide));
    }

    /// <summary>Whether a text repeats a secret of the document.</summary>
    public bool Repeats(string text) => !ReferenceEquals(Hide(text), text);

    /// <summary>A message without the document's secrets.</summary>
    public string Hide(string message)
    {
        if (_longestFirst.Count == 0 || message.Length < ShortestHidden)
            return message;
        if (_longestFirst.Count <= MaxSearched)
        {
            foreach (var value in _longestFirst)
            {
                if (message.Contains(value, StringComparison.Ordinal))
                    message = message.Replace(value, Hidden);
            }

            return message;
        }

        var words = message.Split(['"', '\'', ' ']);
        return Array.Exists(words, _values.Contains)
            ? words.Where(w => w.Length >= ShortestHidden && _values.Contains(w)).Distinct()
                .Aggregate(message, (text, word) => text.Replace(word, Hidden))
            : message;
    }
}
