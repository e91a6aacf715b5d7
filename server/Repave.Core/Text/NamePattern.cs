namespace Repave.Core.Text;

/// <summary>A name of which some parts are not known: <c>*</c> stands for any characters, <c>?</c> for one. Case counts.</summary>
public readonly record struct NamePattern
{
    /// <summary>What stands for a part that is not known.</summary>
    public const string Unknown = "*";

    // No platform has longer names, and two patterns take as many steps as their lengths multiplied.
    private const int MaxLength = 256;

    // Fewer characters say too little to tell one name from another.
    private const int MinFixed = 2;

    private readonly string? _text;

    /// <param name="text">The pattern; what is too long for a name is wholly unknown.</param>
    public NamePattern(string text) => _text = text.Length > MaxLength ? Unknown : text;

    /// <summary>The pattern.</summary>
    public string Text => _text ?? Unknown;

    /// <summary>How many of its letters and digits are known.</summary>
    public int Fixed => Text.Count(char.IsLetterOrDigit);

    /// <summary>Whether all of it is known.</summary>
    public bool IsWhole => Text.IndexOfAny(['*', '?']) < 0;

    /// <summary>Whether some name follows both.</summary>
    public bool Meets(NamePattern other) => Alike(other) >= 0;

    /// <summary>Whether both are likely to mean the same name: one can follow both, and most of what is known of one is
    /// known of the other too.</summary>
    public bool IsLikely(NamePattern other)
    {
        if (Math.Min(Fixed, other.Fixed) is var known && known < MinFixed)
            return false;
        return Alike(other) is var alike && alike >= MinFixed && alike * 4 >= known * 3;
    }

    // The most letters and digits that are known in both at one place, among the names that follow both; below zero if none does.
    private int Alike(NamePattern other)
    {
        var (a, b) = (Text, other.Text);
        var below = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var i = a.Length; i >= 0; i--)
        {
            for (var j = b.Length; j >= 0; j--)
            {
                var best = i == a.Length && j == b.Length ? 0 : -1;
                // An asterisk ends, or takes what the other has there.
                if (i < a.Length && a[i] == '*')
                    best = Math.Max(best, Math.Max(below[j], j < b.Length ? row[j + 1] : -1));
                if (j < b.Length && b[j] == '*')
                    best = Math.Max(best, Math.Max(row[j + 1], i < a.Length ? below[j] : -1));
                if (i < a.Length && j < b.Length && a[i] != '*' && b[j] != '*' && (a[i] == b[j] || a[i] == '?' || b[j] == '?')
                    && below[j + 1] is var rest and >= 0)
                    best = Math.Max(best, rest + (a[i] == b[j] && char.IsLetterOrDigit(a[i]) ? 1 : 0));
                row[j] = best;
            }

            (below, row) = (row, below);
        }

        return below[0];
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
