using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Builds;

/// <summary>What is wrong with what a build reads.</summary>
/// <param name="Message">What, in the words of the tool that would build it.</param>
/// <param name="File">The file that has to be changed; null if that is not known.</param>
/// <param name="Span">Where in that file.</param>
/// <param name="IsFatal">Whether nothing is built because of it; a warning otherwise.</param>
public sealed record BuildProblem(string Message, Manifest? File, TextSpan Span, bool IsFatal)
{
    /// <summary>The places that led there, the innermost first: who includes what is wrong.</summary>
    public IReadOnlyList<(Manifest File, TextSpan Span)> Chain { get; init; } = [];

    /// <summary>Whether the source's author has it said: values are wanted that were not given, and nothing is broken.</summary>
    public bool IsDemand { get; init; }

    /// <summary>The rule that it breaks, where no tool would speak of it; null for what the tool says itself.</summary>
    public Rules.Rule? Rule { get; init; }

    /// <summary>How severe it is where that differs from the rule's own.</summary>
    public Rules.Severity? Severity { get; init; }

    /// <summary>What is wrong, without where: for those who see the place.</summary>
    public string Summary { get; init; } = Message;
}
