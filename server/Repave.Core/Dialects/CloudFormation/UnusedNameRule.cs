using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A rule on names that a template defines and nothing in it uses.</summary>
public abstract class UnusedNameRule : CloudFormationRule
{
    // Looking through the text for each of more names than this takes too long; no template that can be deployed has so many.
    private const int MaxSearched = 500;

    /// <summary>What is named, for messages.</summary>
    private protected abstract string What { get; }

    /// <summary>The names that a section defines.</summary>
    private protected abstract IReadOnlyDictionary<string, MapEntry> NamesOf(Template template);

    internal sealed override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros || template.Root.Has("Fn::Transform"))
            return;
        var used = template.UsedNames;
        var text = template.Document.Text;
        var names = NamesOf(template);
        var words = names.Count > MaxSearched ? WordsOf(text) : null;
        foreach (var entry in names)
        {
            // What packing tools and loops are given stands in texts.
            var (key, node) = (entry.Key, entry.Value);
            // What a loop makes several of need not all be used.
            if (template.HasLoops && text.IndexOf(key, node.Key.Span.Start, node.Key.Span.Length, StringComparison.Ordinal) < 0)
                continue;
            if (words is not null ? !used.Contains(key) && (!words.TryGetValue(key, out var count) || count < 2)
                : !used.Contains(key) && text.IndexOf(key, node.Span.End, StringComparison.Ordinal) < 0
                    && text.IndexOf(key, 0, node.Key.Span.Start, StringComparison.Ordinal) < 0)
                sink.Add(this, node.Key.Span, $"Nothing in this template uses the {What} '{key}'.");
        }
    }

    private static Dictionary<string, int> WordsOf(string text)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
                i++;
            if (i == start)
                continue;
            var word = text.Substring(start, i - start);
            words[word] = words.TryGetValue(word, out var count) ? count + 1 : 1;
        }

        return words;
    }
}
