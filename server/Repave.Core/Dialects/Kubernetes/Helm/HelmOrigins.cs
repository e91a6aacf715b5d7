using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Where the pieces of a built text come from.</summary>
internal static class HelmOrigins
{
    // Whoever asks where a hash comes from wants what can have changed it; of hashes of hashes not all.
    private const int MaxDepth = 3;
    private const int MaxParts = 4000;

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

            var left = MaxParts;
            foreach (var part in PartsOf(piece.Trace, built, 0))
            {
                if (--left < 0)
                    break;
                yield return part;
            }
        }
    }

    // After all that a piece itself comes from, that of which it was computed.
    private static IEnumerable<Origin> PartsOf(Trace? first, TextSpan built, int depth)
    {
        var count = 0;
        for (var trace = first; trace is not null && count < Trace.MaxLength; trace = trace.Next, count++)
        {
            foreach (var piece in depth < MaxDepth ? trace.Parts?.Pieces ?? [] : [])
            {
                for (var part = piece.Trace; part is not null; part = part.Next)
                {
                    var at = part.At;
                    if (part.IsCopy)
                        at = new TextSpan(at.Start + piece.Skip, Math.Min(at.End, at.Start + piece.Skip + piece.Length));
                    yield return new Origin(built, part.File, at) { IsInserted = part.IsValue };
                }

                foreach (var inner in PartsOf(piece.Trace, built, depth + 1))
                    yield return inner;
            }
        }
    }
}
