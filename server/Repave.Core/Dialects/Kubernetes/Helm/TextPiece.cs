namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A piece of a text whose origin is known.</summary>
/// <param name="Start">Where in the text.</param>
/// <param name="Length">How long.</param>
/// <param name="Trace">Where it comes from.</param>
/// <param name="Skip">How much of what was copied comes before it.</param>
internal readonly record struct TextPiece(int Start, int Length, Trace Trace, int Skip)
{
    public int End => Start + Length;
}
