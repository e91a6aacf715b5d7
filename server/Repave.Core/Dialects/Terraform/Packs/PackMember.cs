namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>An attribute or block of a provider's schema on its way into a pack.</summary>
/// <param name="name">The name.</param>
/// <param name="type">A type as Terraform writes it, or <c>block-list</c>, <c>nested-single</c> and so on where there is a body.</param>
/// <param name="body">What stands below it.</param>
public sealed class PackMember(string name, string type, PackBody? body = null)
{
    private readonly List<string> _words = [];

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The type or the nesting.</summary>
    public string Type { get; } = type;

    /// <summary>What stands below it.</summary>
    public PackBody? Body { get; } = body;

    /// <summary>Whether an author has to write it.</summary>
    public bool IsRequired { get; set; }

    /// <summary>What else is said of it, in the order in which it was.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Whether a word is said of it.</summary>
    public bool Has(string word) => _words.Contains(word);

    /// <summary>Says a word of it, once.</summary>
    public void Mark(string word)
    {
        if (!_words.Contains(word))
            _words.Add(word);
    }

    /// <summary>Takes a word back.</summary>
    public void Unmark(string word) => _words.Remove(word);
}
