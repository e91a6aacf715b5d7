using System.Text;
using Repave.Core.Model;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What Terraform calls the address of an instance: <c>module.net["eu"].aws_sqs_queue.q[0]</c>.</summary>
/// <param name="Module">The module's own address; empty at the root.</param>
/// <param name="Type">The resource's type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key as it is written between brackets (<c>0</c>, <c>"eu"</c>); null for a single one.</param>
/// <param name="IsData">Whether it is a data source.</param>
internal sealed record InstanceAddress(string Module, string Type, string Name, string? Key, bool IsData)
{
    /// <summary>The resource without the key.</summary>
    public InstanceAddress Resource => Key is null ? this : this with { Key = null };

    /// <summary>Its name with its key.</summary>
    public string KeyedName => Key is null ? Name : $"{Name}[{Key}]";

    /// <summary>As plans of every dialect name resources.</summary>
    public ResourceId ToId() => new(TerraformDialect.DialectName, Type, Module, KeyedName);

    /// <inheritdoc/>
    public override string ToString() => $"{(Module.Length == 0 ? "" : Module + ".")}{(IsData ? "data." : "")}{Type}.{KeyedName}";

    /// <summary>A key as it is written between brackets.</summary>
    public static string KeyOf(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\')
                quoted.Append('\\');
            if (character == '\n')
                quoted.Append("\\n");
            else
                quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Reads an address; null if it is none of a resource.</summary>
    public static InstanceAddress? Parse(string text)
    {
        var parts = Split(text);
        var at = 0;
        var module = new StringBuilder();
        while (at + 1 < parts.Count && parts[at] == "module")
        {
            module.Append(module.Length == 0 ? "" : ".").Append("module.").Append(parts[at + 1]);
            at += 2;
        }

        var isData = at < parts.Count && parts[at] == "data";
        if (isData)
            at++;
        if (parts.Count - at != 2)
            return null;
        var last = parts[at + 1];
        var bracket = last.IndexOf('[');
        return new InstanceAddress(module.ToString(), parts[at], bracket < 0 ? last : last.Substring(0, bracket),
            bracket < 0 ? null : last.Substring(bracket + 1, Math.Max(0, last.Length - bracket - 2)), isData);
    }

    // At points that stand outside of brackets.
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        var inBrackets = false;
        var inText = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (inText && text[i] == '\\')
                i++;
            else if (inBrackets && text[i] == '"')
                inText = !inText;
            else if (!inText && text[i] is '[' or ']')
                inBrackets = text[i] == '[';
            else if (!inBrackets && text[i] == '.')
            {
                parts.Add(text.Substring(start, i - start));
                start = i + 1;
            }
        }

        parts.Add(text.Substring(start));
        return parts;
    }
}
