using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Repave.Core.Rules;

namespace Repave.Analyzers;

/// <summary>What <c>.editorconfig</c> and <c>.globalconfig</c> say of single rules in files of C#.</summary>
internal sealed class CodeOptions(AnalyzerConfigOptionsProvider provider)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);

    /// <summary>A list of words, separated by commas; empty if nothing is said.</summary>
    public IReadOnlyList<string> ListOf(SyntaxTree tree, string key) =>
        provider.GetOptions(tree).TryGetValue(key, out var text) || provider.GlobalOptions.TryGetValue(key, out text)
            ? _lists.GetOrAdd(text, t => [.. t.Split(',').Select(w => w.Trim()).Where(w => w.Length > 0)]) : [];

    /// <summary>What a <c>.globalconfig</c> says of a rule's category, or of all rules; null if nothing.</summary>
    public string? SeverityOf(Rule rule)
    {
        foreach (var key in EditorConfigFile.KeysOf(rule.Category))
        {
            if (provider.GlobalOptions.TryGetValue(key, out var said))
                return said.Trim().ToLowerInvariant();
        }

        return null;
    }

    /// <summary>What is said of all of our rules together, in a file of C#; null if nothing.</summary>
    public string? OfRepave(SyntaxTree tree) =>
        provider.GetOptions(tree).TryGetValue(EditorConfigFile.KeysOf("")[1], out var said) ? said.Trim().ToLowerInvariant() : null;

    /// <summary>Whether a value is one that an option allows: <c>dotnet_code_quality.RPV3801.allowed_programs</c> for one rule,
    /// <c>repave_allowed_programs</c> for all; <c>*</c> at the end of a word stands for anything.</summary>
    public bool Allows(string rule, string option, string value, SyntaxTree tree)
    {
        foreach (var key in (string[])[$"dotnet_code_quality.{rule}.{option}", "repave_" + option])
        {
            foreach (var word in ListOf(tree, key))
            {
                if (word[word.Length - 1] == '*' ? value.StartsWith(word.Substring(0, word.Length - 1), StringComparison.Ordinal)
                    : string.Equals(value, word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
