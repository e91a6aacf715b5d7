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
        var line = 0;
        while (line < text.Length)
        {
            var end = text.IndexOf('\n', line);
            end = end < 0 ? text.Length : end;
            CheckLine(resource, text, line, end, sink);
            line = end + 1;
        }

        CheckCharacters(resource, text, sink);
        CheckTabs(resource, document.Root, sink, 0);
    }

    /// <summary>Whether kubectl never comes to a document: it splits files at lines of dashes, and of what stands between two it
    /// reads one.</summary>
    public static bool IsDropped(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Start < 4 || slot.Document.Language is not YamlLanguage)
            return false;
        var content = manifest.Source.Text.Content;
        // The line before: three dots and nothing else but a comment.
        var end = slot.Start - 1;
        if (content[end] != '\n')
            return false;
        var start = content.LastIndexOf('\n', end - 1) + 1;
        return string.CompareOrdinal(content, start, "...", 0, 3) == 0 && !BeginsWithDashes(slot.Document.Text);
    }

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

    private static void CheckLine(KubernetesResource resource, string text, int start, int end, FindingSink sink)
    {
        if (end > start && text[end - 1] == '\r')
            end--;
        if (string.CompareOrdinal(text, start, "%YAML", 0, 5) == 0
            && text.Substring(start + 5, Math.Max(0, end - start - 5)).Split('#')[0].Trim() is var version && version != "1.1")
        {
            sink.Add(SyntaxError.Instance, new TextSpan(start, end),
                $"kubectl reads YAML 1.1 and refuses documents of version {version}: take this line out.", resource);
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

    // Behind the dash of a list's item kubectl takes spaces only.
    private static void CheckTabs(KubernetesResource resource, Node? node, FindingSink sink, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        switch (node)
        {
            case MapNode { Style: NodeStyle.Plain } map:
                foreach (var entry in map.Entries)
                    CheckTabs(resource, entry.Value, sink, depth + 1);
                break;
            case ListNode { Style: NodeStyle.Plain } list:
                var text = resource.Slot.Document.Text;
                foreach (var item in list.Items)
                {
                    var at = Math.Min(item.Span.Start, text.Length);
                    var hasTab = false;
                    while (at > 0 && text[at - 1] is ' ' or '\t')
                        hasTab |= text[--at] == '\t';
                    if (hasTab && at > 0 && text[at - 1] == '-' && item.Span.Length > 0)
                        sink.Add(SyntaxError.Instance, new TextSpan(at, item.Span.Start),
                            "kubectl refuses a tab behind the dash of a list's item: use a space.", resource);
                    CheckTabs(resource, item, sink, depth + 1);
                }

                break;
        }
    }
}
