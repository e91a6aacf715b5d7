using System.Security.Cryptography;
using System.Text;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Remembers what was found out of resources: that a check finds nothing in them, and what they name. An edit leaves most of a
/// template's resources as they were, and with them what is true of each alone. Known by their text and by what else of the template
/// that can depend on.</summary>
internal static class ResourceMemory
{
    private const int MostKnown = 200_000;

    private static readonly Dictionary<(string What, string Key), object?> Known = [];

    /// <summary>Those of a template's resources in which a check may find something; after each, it is remembered whether it did. Only for
    /// checks that look at a resource by itself, and at what <see cref="SurroundingsOf"/> covers.</summary>
    /// <param name="template">The template.</param>
    /// <param name="entries">Resources of it.</param>
    /// <param name="what">The check.</param>
    /// <param name="sink">Where it says what it finds.</param>
    public static IEnumerable<MapEntry> ToCheck(Template template, IEnumerable<MapEntry> entries, string what, FindingSink sink)
    {
        foreach (var entry in entries)
        {
            var key = template.KeyOf(entry);
            if (key is not null && Has(what, key))
                continue;
            var before = sink.Reports;
            yield return entry;
            if (key is not null && sink.Reports == before)
                Add(what, key, null);
        }
    }

    /// <summary>Whether nothing was found by a check.</summary>
    public static bool Has(string what, string key)
    {
        lock (Known)
            return Known.ContainsKey((what, key));
    }

    /// <summary>Remembers that nothing was found by a check.</summary>
    public static void AddClean(string what, string key) => Add(what, key, null);

    /// <summary>What is true of a resource's text: remembered, or found out.</summary>
    public static T Of<T>(Template template, MapEntry entry, string what, Func<MapEntry, T> find)
        where T : class
    {
        if (template.KeyOf(entry) is not { } key)
            return find(entry);
        lock (Known)
        {
            if (Known.TryGetValue((what, key), out var known))
                return (T)known!;
        }

        var found = find(entry);
        Add(what, key, found);
        return found;
    }

    /// <summary>What of a template can decide what is true of a resource besides its own text: the other sections, and which resources of
    /// which types there are under which conditions. Null where a part of the text may stand for another (anchors), and where loops make
    /// resources.</summary>
    public static string? SurroundingsOf(Template template)
    {
        var text = template.Document.Text;
        if (template.HasLoops || template.Document.Root is null || !template.Document.IsWhole || MayHaveAnchors(text))
            return null;
        var said = new StringBuilder(template.Document.Language.Name).Append('\n');
        foreach (var section in template.Root.AllEntries)
        {
            if (section.Name is "Resources" or "Outputs" or "Metadata" or "Description")
                continue;
            // What is merged in from elsewhere has its place elsewhere.
            if (section.Span.Start < 0 || section.Span.End > text.Length)
                return null;
            said.Append(text, section.Span.Start, section.Span.Length).Append('\n');
        }

        foreach (var resource in template.Resources)
        {
            said.Append(resource.Key).Append(' ').Append(template.TypeOf(resource.Key)).Append(' ')
                .Append(resource.Value.Value.Resolved?.TextAt("Condition")).Append('\n');
        }

        return HashOf(said.ToString());
    }

    /// <summary>A short text that only the same text has.</summary>
    public static string HashOf(string text)
    {
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private static void Add(string what, string key, object? found)
    {
        lock (Known)
        {
            if (Known.Count >= MostKnown)
                Known.Clear();
            Known[(what, key)] = found;
        }
    }

    // An ampersand that begins a word; more than anchors do so, and then everything is checked.
    private static bool MayHaveAnchors(string text)
    {
        for (var at = text.IndexOf('&'); at >= 0; at = text.IndexOf('&', at + 1))
        {
            if ((at == 0 || text[at - 1] is ' ' or '\t' or '\n' or '[' or '{' or ',') && at + 1 < text.Length
                && text[at + 1] is not (' ' or '&' or '\r' or '\n'))
                return true;
        }

        return false;
    }
}
