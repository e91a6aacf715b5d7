using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Where a piece of text or a value comes from: a place in a file, and what else has a part in it, the nearest first.</summary>
/// <param name="File">The file.</param>
/// <param name="At">Where in it.</param>
/// <param name="IsCopy">Whether the text stands there as it is.</param>
/// <param name="IsValue">Whether it is a value that templates read, rather than a template.</param>
/// <param name="Next">What else has a part.</param>
internal sealed record Trace(Manifest File, TextSpan At, bool IsCopy, bool IsValue, Trace? Next)
{
    /// <summary>How many places are worth telling of one piece.</summary>
    public const int MaxLength = 16;

    /// <summary>The text that this was computed from letter by letter (a hash, an encoding), so that each of its pieces has a part; null
    /// where the place says all.</summary>
    public GoText? Parts { get; init; }

    /// <summary>The same place for what does not stand there letter by letter.</summary>
    public Trace AsWhole() => IsCopy ? this with { IsCopy = false } : this;

    /// <summary>This, and then another.</summary>
    public Trace Then(Trace? last)
    {
        if (last is null || ReferenceEquals(last, this))
            return this;
        if (Next is null)
            return this with { Next = last };
        // Chains are short: what is far away says nothing.
        var length = 0;
        for (var trace = this; trace is not null; trace = trace.Next)
        {
            if (ReferenceEquals(trace, last) || ++length >= MaxLength)
                return this;
        }

        return this with { Next = Next.Then(last) };
    }
}
