using Repave.Core.Rules;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>What fits in a comment: only what Repave reads there, the words that hold findings back and the rules that they name.</summary>
/// <param name="Comment">What the comment says before the cursor.</param>
/// <param name="Offset">The cursor, in offsets of the file.</param>
internal sealed record CommentCompletion(string Comment, int Offset)
{
    private const int Keyword = 14;
    private const int Constant = 21;

    private static readonly (string Text, string Detail)[] Words =
    [
        ("repave: ignore", "holds back findings of this line, or the next one"),
        ("repave: ignore-resource", "holds back findings of this resource"),
        ("repave: ignore-file", "holds back findings of this file"),
    ];

    /// <summary>The comment that the cursor's line is as a whole, in a language without a tree; null where it is none.</summary>
    public static CommentCompletion? OfLine(OpenDocument document, int offset)
    {
        if (document.File.Language.LineComment is not { } sign)
            return null;
        var content = document.Text.Content;
        var start = offset == 0 ? 0 : content.LastIndexOf('\n', Math.Min(offset, content.Length) - 1) + 1;
        var before = content[start..Math.Min(offset, content.Length)].TrimStart();
        var isComment = before.StartsWith(sign, StringComparison.Ordinal) && document.At(offset) is not { Slot.Document.Root: not null };
        return isComment ? new CommentCompletion(before[sign.Length..], offset) : null;
    }

    /// <summary>What fits there.</summary>
    public CompletionList In(OpenDocument document, Positions positions, bool takesSnippets)
    {
        var said = Comment.TrimStart();
        if (Words.LastOrDefault(w => said.StartsWith(w.Text + " ", StringComparison.Ordinal)).Text is { } word)
            return Rules(said[word.Length..], document, positions);
        var range = positions.RangeOf(document.Text, new TextSpan(Offset - said.Length, Offset));
        if (!Words.Any(w => w.Text.StartsWith(said, StringComparison.OrdinalIgnoreCase)))
            return new CompletionList(false, []);
        var space = Comment.Length == 0 ? " " : "";
        return new CompletionList(false, [.. Words.Select((w, i) => new CompletionItem(w.Text, Keyword, w.Detail, null, $"{i}", w.Text,
            takesSnippets ? 2 : 1, new TextEdit(range, space + w.Text + (takesSnippets ? " ${1:RPV} -- $2" : " "))))]);
    }

    // Behind the reason's dashes the words are the author's.
    private CompletionList Rules(string behind, OpenDocument document, Positions positions)
    {
        if (behind.Contains("--", StringComparison.Ordinal))
            return new CompletionList(false, []);
        var word = behind[(behind.LastIndexOfAny([' ', ',']) + 1)..];
        var range = positions.RangeOf(document.Text, new TextSpan(Offset - word.Length, Offset));
        return new CompletionList(false, [.. RuleCatalogue.All.Where(r => !behind.Contains(r.Id + ",", StringComparison.Ordinal))
            .Select(r => new CompletionItem(r.Id, Constant, r.Title, null, r.Id, $"{r.Id} {r.Title}", 1, new TextEdit(range, r.Id)))]);
    }
}
