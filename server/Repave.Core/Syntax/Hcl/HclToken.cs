using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct HclToken(HclTokenKind Kind, int Start, int End)
{
    public TextSpan Span => new(Start, End);
}
