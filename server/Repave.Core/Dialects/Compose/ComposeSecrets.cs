using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Dotenv;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Compose;

/// <summary>What is secret in Compose files and files of variables.</summary>
internal static class ComposeSecrets
{
    /// <summary>Finds it.</summary>
    public static void Find(Document document, SecretNodes found)
    {
        if (document is DotenvDocument)
        {
            FindIn(document.Text, found);
            return;
        }

        if (document.Root is not MapNode root || root["services"] is not MapNode services)
            return;
        foreach (var entry in services.AllEntries)
        {
            if (entry.Value.Resolved is not MapNode service)
                continue;
            foreach (var holder in (Node?[])[service["environment"], service["build"]?["args"], service["labels"]])
                FindPairs(holder, found);
            foreach (var command in (Node?[])[service["command"], service["entrypoint"], service.At("healthcheck", "test")])
                FindInWords(command, found);
        }

        foreach (var entry in (root["secrets"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Value.Resolved?["content"] is { } content)
                found.Add(content);
        }
    }

    private static void FindPairs(Node? holder, SecretNodes found)
    {
        foreach (var entry in (holder as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is not { } name || entry.Value.Resolved is not ScalarNode value || !found.MayStep)
                continue;
            if (SecretNames.Is(name) && value is { IsNull: false, Value.Length: > 0 } && !IsVariable(value.Value))
                found.Add(value);
            else if (SecretNames.In(value.Value, out _) is { Count: > 0 } parts)
                found.Add(value, parts);
        }

        foreach (var item in (holder as ListNode)?.ResolvedItems ?? [])
        {
            if (item is not ScalarNode { Value: var text } scalar || !found.MayStep)
                continue;
            var sign = text.IndexOf('=');
            if (sign > 0 && sign + 1 < text.Length && SecretNames.Is(text.Substring(0, sign)) && !IsVariable(text.Substring(sign + 1)))
                found.Add(scalar, [text.Substring(sign + 1)]);
            else if (SecretNames.In(text, out _) is { Count: > 0 } parts)
                found.Add(scalar, parts);
        }
    }

    private static void FindInWords(Node? command, SecretNodes found)
    {
        var asks = false;
        foreach (var word in command is ScalarNode one ? [one] : (command as ListNode)?.ResolvedItems.OfType<ScalarNode>() ?? [])
        {
            if (!found.MayStep)
                return;
            if (asks)
                found.Add(word);
            var parts = SecretNames.In(word.Value, out asks);
            if (parts.Count > 0)
                found.Add(word, parts);
        }
    }

    // A variable is no secret: its value stands elsewhere.
    private static bool IsVariable(string value) => value.StartsWith('$') && (value.Length < 2 || value[1] != '$')
        && (value.IndexOf('}') is var end && (end == value.Length - 1 || end < 0)) && value.IndexOf(":-", StringComparison.Ordinal) < 0;

    private static void FindIn(string text, SecretNodes found)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.Substring(start, end - start).TrimEnd('\r');
            var sign = line.IndexOf('=');
            if (sign > 0 && sign + 1 < line.Length && !line.StartsWith('#') && found.MayStep)
            {
                var value = line.Substring(sign + 1).Trim().Trim('"', '\'');
                if (SecretNames.Is(line.Substring(0, sign)) && value.Length > 0)
                    found.Add(new TextSpan(start + sign + 1, start + line.Length), [value]);
                else if (SecretNames.In(value, out _) is { Count: > 0 } parts)
                    found.Add(new TextSpan(start + sign + 1, start + line.Length), parts);
            }

            start = end + 1;
        }
    }
}
