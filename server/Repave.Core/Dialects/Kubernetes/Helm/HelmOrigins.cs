using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Where the pieces of a built text come from.</summary>
internal static class HelmOrigins
{
    /// <summary>The origins of every piece, those of one piece in the order of its trace.</summary>
    public static IEnumerable<Origin> Of(GoText text)
    {
        foreach (var piece in text.Pieces)
        {
            var built = new TextSpan(piece.Start, piece.End);
            var count = 0;
            for (var trace = piece.Trace; trace is not null && count < Trace.MaxLength; trace = trace.Next, count++)
            {
                var at = trace.At;
                if (trace.IsCopy)
                    at = new TextSpan(at.Start + piece.Skip, Math.Min(at.End, at.Start + piece.Skip + piece.Length));
                yield return new Origin(built, trace.File, at) { IsInserted = trace.IsValue };
            }
        }
    }
}
