using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Texts that stand for something which is filled in before a manifest is applied: by envsubst, Flux, sed, Helm, ko, SOPS, a
/// vault's plugin, or the person who reads an example. Nothing is known of the value, so nothing is said of it.</summary>
internal static class Placeholders
{
    // ${NAME}, $(NAME), {{ name }}, [[ name ]], <name>, __NAME__, @NAME@, %NAME%, ($name) of Chainsaw, and what SOPS and vals leave in
    // a value's place.
    private static readonly BoundedRegex Marked = new(
        @"\$\{[^{}]+\}|\$\([A-Za-z_][\w.\-\[\]""'*]*\)|\{\{.*\}\}|\{%.*%\}|\[\[.*\]\]|<[A-Za-z][^<>]*>|__[A-Z][A-Z0-9_]*__|@[A-Z][A-Z0-9_]+@"
        + @"|%[A-Z][A-Z0-9_]+%|^\$[A-Za-z_]\w*$|^ENC\[[A-Za-z0-9_]+,|^ref\+\w+://"
        + @"|^\(.*\$\w.*\)$");

    // NAME_OF_SOMETHING and "... here ...": an example's way to say it.
    private static readonly BoundedRegex Spoken =
        new(@"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(-[a-z0-9-]+)?$|^\.\.\.|\.\.\.$|REPLACE_?ME|CHANGE_?ME|\$\$\w+\$\$");

    // No platform of ours has a field that is spelled so: a script puts whole fields in its place.
    private static readonly BoundedRegex Shouted = new("^[A-Z][A-Z0-9]*(_[A-Z0-9]+){2,}$");

    /// <summary>Whether a mapping has a key in whose place other fields are put.</summary>
    public static bool HasInsertion(Node? node) =>
        node is MapNode map && map.AllEntries.Any(e => e.Name is { Length: > 6 } name && Shouted.Matches(name));

    /// <summary>Whether a text holds a mark that is filled in.</summary>
    public static bool IsMarked(string text) => text.Length > 2 && text.IndexOfAny(['$', '{', '[', '<', '_', '@', '%', '+', '(']) >= 0
        && Marked.Matches(text);

    /// <summary>Whether a text that no server could take there is a word for what should stand there.</summary>
    public static bool IsSpoken(string text) => text.Length > 2 && Spoken.Matches(text);

    /// <summary>Whether a scalar is filled in later, or one that stands directly in a mapping or list.</summary>
    public static bool IsIn(Node? node) => node switch
    {
        ScalarNode scalar => IsMarked(scalar.Value),
        MapNode map => map.AllEntries.Any(e => IsScalar(e.Value.Resolved) || IsScalar(e.Key)),
        ListNode list => list.ResolvedItems.Any(IsScalar),
        _ => false,
    };

    private static bool IsScalar(Node? node) => node is ScalarNode scalar && IsMarked(scalar.Value);

    /// <summary>Whether an image is put in when a build or an injector comes by.</summary>
    public static bool IsImage(string image) =>
        image == "auto" || image.StartsWith("ko://", StringComparison.Ordinal) || IsMarked(image);
}
