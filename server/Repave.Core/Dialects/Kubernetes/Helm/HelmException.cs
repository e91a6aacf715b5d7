using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What Helm says in place of a rendering.</summary>
internal sealed class HelmException(string message, Manifest? file = null, TextSpan span = default) : Exception(message)
{
    public Manifest? File { get; } = file;

    public TextSpan Span { get; } = span;

    /// <summary>Who includes what is wrong.</summary>
    public IReadOnlyList<(Manifest File, TextSpan Span)> Chain { get; init; } = [];

    /// <summary>Whether a chart's author has it said.</summary>
    public bool IsDemand { get; init; }

    /// <summary>What is wrong, without where.</summary>
    public string Summary { get; init; } = message;
}
