using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Packer;

/// <summary>What is to be said of names in templates.</summary>
internal static class PackerPlaces
{
    private const int MaxShown = 200;

    private static readonly (string Word, string Type)[] Words = [("var.", "variable"), ("local.", "local")];

    /// <summary>What a declaration says, in Markdown.</summary>
    public static string Describe(Resource declared)
    {
        if (declared is PackerLocal local)
            return $"**{declared.Id.Type} {declared.Id.Name}**  \n{Shown("value", local.Attribute.Value, local)}";
        if (declared is not PackerBlock { Block: { } block })
            return $"**{declared.Id.Type} {declared.Id.Name}**";
        var lines = new List<string> { $"**{block.Type} {declared.Id.Name}**" };
        if (block.Body["description"]?.Text is { Length: > 0 } description)
            lines.Add(description);
        if (block.Body["type"] is { } type)
            lines.Add($"type `{TextOf(type, declared)}`");
        var isSecret = block.Body["sensitive"] is HclLiteral { IsTrue: true };
        if (isSecret)
            lines.Add("sensitive");
        else if ((block.Body["default"] ?? block.Body["expression"]) is { } value)
            lines.Add(Shown(block.Type == "variable" ? "default" : "value", value, declared));
        return string.Join("  \n", lines);
    }

    /// <summary>The names that fit behind the word before an offset, and that word's end.</summary>
    public static (string Type, int Start)? WordBefore(string text, int offset)
    {
        var start = offset;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-'))
            start--;
        foreach (var (word, type) in Words)
        {
            var before = start - word.Length;
            if (before >= 0 && string.CompareOrdinal(text, before, word, 0, word.Length) == 0
                && (before == 0 || !(char.IsLetterOrDigit(text[before - 1]) || text[before - 1] is '_' or '.')))
                return (type, start);
        }

        return null;
    }

    private static string Shown(string what, HclExpression value, Resource declared)
    {
        if (Secrets.Of(declared.Slot.Document).Touches(value.Span))
            return $"{what} {Secrets.Hidden}";
        var text = TextOf(value, declared).Replace("\r", "").Replace("\n", " ").Replace('`', '\'');
        return $"{what} `{(text.Length > MaxShown ? text.Substring(0, MaxShown) + "…" : text)}`";
    }

    private static string TextOf(HclExpression value, Resource declared) =>
        declared.Slot.Document.Text.Substring(value.Span.Start, value.Span.Length);
}
