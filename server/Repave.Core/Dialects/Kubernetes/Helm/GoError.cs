using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>An error as Go has it: a message, and the error that it wraps.</summary>
/// <param name="Message">Go's message, with that of what it wraps.</param>
/// <param name="Inner">What it wraps.</param>
internal sealed record GoError(string Message, GoError? Inner = null)
{
    /// <summary>Whether a template's execution says it.</summary>
    public bool IsOfExecution { get; init; }

    /// <summary>The file that it is said of.</summary>
    public Manifest? File { get; init; }

    /// <summary>Where in that file.</summary>
    public TextSpan Span { get; init; }
}

#pragma warning disable SA1402 // Only carries the error.

/// <summary>Carries an error to whoever called.</summary>
internal sealed class GoException(GoError error) : Exception(error.Message)
{
    public GoError Error { get; } = error;
}
