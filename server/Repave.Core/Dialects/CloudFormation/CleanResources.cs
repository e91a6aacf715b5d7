using System.Security.Cryptography;
using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Remembers of resources that nothing was found in their values: an edit leaves most of a template's resources as they were, and
/// with them what their values are held against. Known by their text and by what else of the template values can depend on.</summary>
internal static class CleanResources
{
    private const int MostKnown = 50_000;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal);

    /// <summary>What identifies a resource's check; null where more than its text and the template's other sections have a say.</summary>
    public static string? KeyOf(CloudFormationResource resource)
    {
        if (resource.Template.Surroundings is not { } surroundings || !resource.Slot.Document.IsWhole)
            return null;
        var (text, span) = (resource.Slot.Document.Text, resource.Root.Span);
        return span.Start < 0 || span.End > text.Length ? null : HashOf(surroundings + text.Substring(span.Start, span.Length));
    }

    /// <summary>Whether nothing was found in it before.</summary>
    public static bool Has(string key)
    {
        lock (Known)
            return Known.Contains(key);
    }

    /// <summary>Remembers that nothing was found.</summary>
    public static void Add(string key)
    {
        lock (Known)
        {
            if (Known.Count >= MostKnown)
                Known.Clear();
            Known.Add(key);
        }
    }

    /// <summary>What of a template the values of a resource can depend on besides its own text: the other sections, and which resources of
    /// which types there are. Null where a part of the text may stand for another (anchors), and where loops make resources.</summary>
    public static string? SurroundingsOf(Template template)
    {
        var text = template.Document.Text;
        if (template.HasLoops || template.Document.Root is null || MayHaveAnchors(text))
            return null;
        var said = new StringBuilder(template.Document.Language.Name).Append('\n');
        foreach (var section in template.Root.AllEntries)
        {
            if (section.Name is not ("Resources" or "Outputs" or "Metadata" or "Description"))
                said.Append(text, section.Span.Start, section.Span.Length).Append('\n');
        }

        foreach (var resource in template.Resources)
            said.Append(resource.Key).Append(' ').Append(template.TypeOf(resource.Key)).Append('\n');
        return HashOf(said.ToString());
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

    private static string HashOf(string text)
    {
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
