using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Parity;

/// <summary>The line that makes a difference.</summary>
/// <param name="File">The file that a person edits.</param>
/// <param name="Span">Where in its text.</param>
public sealed record DifferencePlace(Manifest File, TextSpan Span)
{
    /// <summary>Where, in lines and characters.</summary>
    public LineRange Range => File.Source.Text.RangeOf(Span);

    /// <summary>Whether the line may hold secrets, so that it is not shown.</summary>
    public bool IsSecret => Secrets.Of(File.Source.Documents.LastOrDefault(slot => slot.Start <= Span.Start).Document
        ?? File.Source.Whole.Document).Any;
}
