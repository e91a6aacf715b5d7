using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What kubectl refuses or leaves out in texts that YAML allows.</summary>
internal static class KubectlText
{
    /// <summary>Reports it.</summary>
    public static void Check(KubernetesResource resource, FindingSink sink)
    {
        var document = resource.Slot.Document;
        if (document.Language is not YamlLanguage || resource.Item > 0)
            return;
        if (IsDropped(resource.Manifest, resource.Slot))
            sink.Add(SyntaxError.Instance, Shapes.ShapeValidator.Underline(resource.NameNode),
                "kubectl reads nothing between a line of three dots and the next '---': put '---' before this document.", resource);
        var text = document.Text;
        var isFirst = !StartsBehindDots(resource.Manifest, resource.Slot);
        var line = 0;
        while (line < text.Length)
        {
            var end = text.IndexOf('\n', line);
            end = end < 0 ? text.Length : end;
            CheckLine(resource, text, line, end, isFirst, sink);
            line = end + 1;
        }

        CheckCharacters(resource, text, sink);
        foreach (var tab in KubectlTabs.Find(document).Take(SyntaxLimits.Issues))
            sink.Add(SyntaxError.Instance, tab, "kubectl refuses a tab in the indentation: use spaces.", resource);
        CheckEscapes(resource, document, sink);
        CheckNode(resource, document.Root, isInFlow: false, sink, 0);
    }

    /// <summary>Whether kubectl never comes to a document: it splits files at lines of dashes, and of what stands between two it
    /// reads one.</summary>
    public static bool IsDropped(Manifest manifest, DocumentSlot slot)
    {
        return StartsBehindDots(manifest, slot) && !BeginsWithDashes(slot.Document.Text);
    }

    private static bool StartsBehindDots(Manifest manifest, DocumentSlot slot) =>
        slot.Document.Language.IsSevered(manifest.Source.Text.Content, slot.Start);

    private static bool BeginsWithDashes(string text)
    {
        var line = 0;
        while (line < text.Length)
        {
            if (string.CompareOrdinal(text, line, "---", 0, 3) == 0)
                return true;
            var end = text.IndexOf('\n', line);
            end = end < 0 ? text.Length : end;
            var content = text.Substring(line, end - line).TrimStart();
            if (content.Length > 0 && content[0] is not ('#' or '%'))
                return false;
            line = end + 1;
        }

        return false;
    }

    private static void CheckLine(KubernetesResource resource, string text, int start, int end, bool isFirst, FindingSink sink)
    {
        // What stands between three dots and the next line of dashes is never read.
        if (!isFirst && start < text.Length && text[start] == '%')
            return;
        if (end > start && text[end - 1] == '\r')
            end--;
        if (string.CompareOrdinal(text, start, "%YAML", 0, 5) == 0
            && text.Substring(start + 5, Math.Max(0, end - start - 5)).Split('#')[0].Trim() is var version && version != "1.1")
        {
            sink.Add(SyntaxError.Instance, new TextSpan(start, end),
                $"kubectl reads YAML 1.1 and refuses documents of version {version}: take this line out.", resource);
            return;
        }

        if (start < end && text[start] == '%')
        {
            // Behind the first key it is a part of a text.
            if (start < resource.Slot.Document.Root?.Span.Start)
                sink.Add(SyntaxError.Instance, new TextSpan(start, end), "kubectl refuses directives: take this line out.", resource);
            return;
        }

        if (string.CompareOrdinal(text, start, "---", 0, 3) != 0)
            return;
        var at = start + 3;
        while (at < end && text[at] is ' ' or '\t')
            at++;
        if (at < end && text[at] != '#')
            sink.Add(SyntaxError.Instance, new TextSpan(at, end),
                "kubectl refuses text behind '---': begin a line of its own with it.", resource);
    }

    // What YAML calls printable; YAML readers in Go refuse the rest wherever it stands.
    private static void CheckCharacters(KubernetesResource resource, string text, FindingSink sink)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (>= ' ' and <= '~') or '\t' or '\n' or '\r' or '\u0085' or (>= '\u00A0' and <= '\uD7FF')
                or (>= '\uE000' and <= '\uFFFD'))
                continue;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            sink.Add(SyntaxError.Instance, new TextSpan(i, i + 1), $"kubectl refuses the character U+{(int)c:X4} here: "
                + $"write it as \"\\{(c < 256 ? $"x{(int)c:x2}" : $"u{(int)c:x4}")}\" in double quotes.", resource);
            return;
        }
    }

    // "\/" is an escape since YAML 1.2 only, and characters are written as one escape, not as the two halves that JSON knows.
    private static void CheckEscapes(KubernetesResource resource, Document document, FindingSink sink)
    {
        var text = document.Text;
        if (text.IndexOf('\\') < 0)
            return;
        foreach (var scalar in document.Scalars)
        {
            if (scalar.Style != NodeStyle.DoubleQuoted)
                continue;
            for (var i = scalar.Span.Start + 1; i < scalar.Span.End - 1; i++)
            {
                if (text[i] != '\\')
                    continue;
                if (text[i + 1] == '/')
                    sink.Add(SyntaxError.Instance, new TextSpan(i, i + 2), "kubectl does not know the escape '\\/': write '/'.", resource);
                else if (text[i + 1] == 'u' && i + 6 < scalar.Span.End && text[i + 2] is 'd' or 'D' && text[i + 3] is (>= '8' and <= '9')
                    or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'))
                    sink.Add(SyntaxError.Instance, new TextSpan(i, i + 6),
                        "kubectl refuses half a character: write the character itself, or \\U and eight digits.", resource);
                i++;
            }
        }
    }

    private static void CheckNode(KubernetesResource resource, Node? node, bool isInFlow, FindingSink sink, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        CheckAnchor(resource, node, sink);
        switch (node)
        {
            case MapNode map:
                isInFlow |= map.Style == NodeStyle.Flow;
                foreach (var entry in map.Entries)
                {
                    CheckKey(resource, entry.Key, sink);
                    CheckNode(resource, entry.Key, isInFlow, sink, depth + 1);
                    CheckNode(resource, entry.Value, isInFlow, sink, depth + 1);
                    if (map.Style == NodeStyle.Flow && entry.Value is ScalarNode { Style: NodeStyle.Plain, Value: ['?', ..] } value)
                        CheckPlain(resource, value, '?', sink);
                }

                break;
            case ListNode list:
                isInFlow |= list.Style == NodeStyle.Flow;
                foreach (var item in list.Items)
                {
                    if (list.Style == NodeStyle.Plain)
                        CheckDash(resource, item, sink);
                    CheckNode(resource, item, isInFlow, sink, depth + 1);
                }

                break;
            case ScalarNode { Style: NodeStyle.Plain } scalar when isInFlow:
                CheckPlain(resource, scalar, sink);
                break;
        }
    }

    // YAML 1.1 writes anchors of letters, digits, hyphens and underscores; its first readers stop at other signs, and at some for good.
    private static void CheckAnchor(KubernetesResource resource, Node? node, FindingSink sink)
    {
        if (node?.Anchor is not { } anchor)
            return;
        var other = anchor.FirstOrDefault(c => !(c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-' or '_'));
        if (other != default && "?:,]}%@`".IndexOf(other) < 0)
            sink.Add(SyntaxError.Instance, Shapes.ShapeValidator.Underline(node),
                $"kubectl refuses '{other}' in the anchor '{anchor}': use letters, digits, '-' and '_'.", resource);
    }

    // Inside brackets '?' ends a text without quotes for kubectl's reader, and ':' and '%' cannot begin one.
    private static void CheckPlain(KubernetesResource resource, ScalarNode scalar, FindingSink sink)
    {
        var first = scalar.Value.Length > 0 ? scalar.Value[0] : default;
        var mark = first is ':' or '%' or '@' or '`' ? first : scalar.Value.IndexOf('?') > 0 ? '?' : default;
        if (mark != default)
            CheckPlain(resource, scalar, mark, sink);
    }

    private static void CheckPlain(KubernetesResource resource, ScalarNode scalar, char mark, FindingSink sink) =>
        sink.Add(SyntaxError.Instance, scalar.Span, $"kubectl refuses '{mark}' here, inside brackets: put the text in quotes.", resource);

    // Objects are sent as JSON, whose keys are texts; kubectl makes texts of numbers and booleans, and of nothing else.
    private static void CheckKey(KubernetesResource resource, Node key, FindingSink sink)
    {
        var what = key.Resolved switch
        {
            MapNode => "a mapping",
            ListNode => "a list",
            ScalarNode { IsNull: true } => "nothing",
            _ => null,
        };
        if (what is not null)
            sink.Add(SyntaxError.Instance, Shapes.ShapeValidator.Underline(key),
                $"kubectl refuses {what} as a key: write a text.", resource);
    }

    // Behind the dash of a list's item kubectl takes spaces only.
    private static void CheckDash(KubernetesResource resource, Node item, FindingSink sink)
    {
        var text = resource.Slot.Document.Text;
        var at = Math.Min(item.Span.Start, text.Length);
        var hasTab = false;
        while (at > 0 && text[at - 1] is ' ' or '\t')
            hasTab |= text[--at] == '\t';
        if (hasTab && at > 0 && text[at - 1] == '-' && item.Span.Length > 0)
            sink.Add(SyntaxError.Instance, new TextSpan(at, item.Span.Start),
                "kubectl refuses a tab behind the dash of a list's item: use a space.", resource);
    }
}
