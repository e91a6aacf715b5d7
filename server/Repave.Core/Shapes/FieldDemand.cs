namespace Repave.Core.Shapes;

/// <summary>How fields of a structure go together.</summary>
public enum FieldDemandKind
{
    /// <summary>Exactly one of them must be there.</summary>
    One,

    /// <summary>At least one of them must be there.</summary>
    Some,

    /// <summary>Where <see cref="FieldDemand.Field"/> is, all of them must be there too.</summary>
    Needs,

    /// <summary>Where <see cref="FieldDemand.Field"/> is, none of them may be there.</summary>
    Excludes,
}

/// <summary>What is demanded of several fields of a structure together.</summary>
/// <param name="Kind">How they go together.</param>
/// <param name="Field">The field that demands it; null where the structure does.</param>
/// <param name="Fields">The others.</param>
public sealed record FieldDemand(FieldDemandKind Kind, string? Field, IReadOnlyList<string> Fields)
{
    /// <summary>Reads the words of a pack's line that begins with <c>~</c>.</summary>
    /// <exception cref="FormatException">It is no such line.</exception>
    public static FieldDemand Parse(IReadOnlyList<string> words) => words.Count < 2 ? throw Wrong(words) : words[0] switch
    {
        "~one" => new FieldDemand(FieldDemandKind.One, null, words[1].Split(',')),
        "~some" => new FieldDemand(FieldDemandKind.Some, null, words[1].Split(',')),
        "~needs" when words.Count > 2 => new FieldDemand(FieldDemandKind.Needs, words[1], words[2].Split(',')),
        "~excludes" when words.Count > 2 => new FieldDemand(FieldDemandKind.Excludes, words[1], words[2].Split(',')),
        _ => throw Wrong(words),
    };

    private static FormatException Wrong(IReadOnlyList<string> words) => new($"Not a line of a schema pack: '{string.Join(" ", words)}'.");
}
