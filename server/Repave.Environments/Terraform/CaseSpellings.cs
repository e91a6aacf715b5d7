using System.Text.RegularExpressions;

namespace Repave.Environments.Terraform;

/// <summary>Allowed values in another case than the list has them, each argument's spelt like no other's, such that an error that repeats
/// the value says which argument it is about.</summary>
internal sealed partial class CaseSpellings
{
    // More are never needed, and each letter doubles how many there are.
    private const int MaxLetters = 16;

    private readonly Dictionary<ProbeLeaf, string> _spellings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ProbeLeaf> _leaves = new(StringComparer.Ordinal);

    private CaseSpellings()
    {
    }

    /// <summary>How many arguments have a spelling.</summary>
    public int Count => _spellings.Count;

    /// <summary>The arguments that have one.</summary>
    public IReadOnlyCollection<ProbeLeaf> Leaves => _spellings.Keys;

    /// <summary>The spelling of an argument's value; null where it has none.</summary>
    public string? this[ProbeLeaf leaf] => _spellings.GetValueOrDefault(leaf);

    /// <summary>Gives a spelling to as many arguments as there are spellings for.</summary>
    public static CaseSpellings Of(IEnumerable<ProbeLeaf> leaves)
    {
        var spellings = new CaseSpellings();
        foreach (var leaf in leaves)
        {
            if (leaf.Enum?.FirstOrDefault(value => value.Any(char.IsAsciiLetter)) is { } value
                && Others(value).FirstOrDefault(other => !leaf.Enum.Contains(other) && !spellings._leaves.ContainsKey(other)) is { } free)
            {
                spellings._spellings[leaf] = free;
                spellings._leaves[free] = leaf;
            }
        }

        return spellings;
    }

    /// <summary>The argument whose spelling an error repeats; null where it repeats none.</summary>
    public ProbeLeaf? RepeatedIn(string text)
    {
        // Which of several was meant is the last: what is allowed stands before what was got.
        foreach (Match got in Got().Matches(text).Reverse())
        {
            if (_leaves.TryGetValue(got.Groups[1].Value, out var leaf))
                return leaf;
        }

        return null;
    }

    // First all letters turned, then all other choices of letters.
    private static IEnumerable<string> Others(string value)
    {
        var letters = Enumerable.Range(0, value.Length).Where(at => char.IsAsciiLetter(value[at])).Take(MaxLetters).ToList();
        yield return value.Any(char.IsAsciiLetterUpper) ? value.ToLowerInvariant() : value.ToUpperInvariant();
        for (var choice = 1; choice < 1 << letters.Count; choice++)
        {
            var other = value.ToCharArray();
            for (var bit = 0; bit < letters.Count; bit++)
            {
                if ((choice & (1 << bit)) != 0)
                    other[letters[bit]] = (char)(other[letters[bit]] ^ 0x20);
            }

            yield return new string(other);
        }
    }

    // expected x to be one of […], got a; value must be one of: […], got: "a"
    [GeneratedRegex("""got:? "?([^"\s]+)"?""")]
    private static partial Regex Got();
}
