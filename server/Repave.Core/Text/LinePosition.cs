namespace Repave.Core.Text;

/// <summary>A place in a text, as LSP counts: lines and UTF-16 code units from 0.</summary>
/// <param name="Line">Line, from 0.</param>
/// <param name="Character">UTF-16 code unit in the line, from 0.</param>
public readonly record struct LinePosition(int Line, int Character) : IComparable<LinePosition>
{
    /// <inheritdoc/>
    public int CompareTo(LinePosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Character.CompareTo(other.Character);
}

/// <summary>A range of a text in lines and characters; the end is exclusive.</summary>
/// <param name="Start">First place.</param>
/// <param name="End">Place after the last character.</param>
public readonly record struct LineRange(LinePosition Start, LinePosition End);
