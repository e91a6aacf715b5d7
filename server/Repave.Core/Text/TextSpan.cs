namespace Repave.Core.Text;

/// <summary>A range of a text in UTF-16 code units: <see cref="Start"/> inclusive, <see cref="End"/> exclusive.</summary>
/// <param name="Start">Offset of the first code unit.</param>
/// <param name="End">Offset after the last code unit.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of code units.</summary>
    public int Length => End - Start;

    /// <summary>The same range, <paramref name="offset"/> code units later.</summary>
    public TextSpan Shift(int offset) => new(Start + offset, End + offset);

    /// <summary>Whether <paramref name="position"/> is inside, or directly at the end.</summary>
    public bool Touches(int position) => position >= Start && position <= End;

    /// <summary>Whether the other range lies wholly inside this one.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the other range shares anything with this one, or lies directly beside it.</summary>
    public bool Overlaps(TextSpan other) => other.Start <= End && other.End >= Start;
}
