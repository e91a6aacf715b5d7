using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What kustomize says in place of a build.</summary>
internal sealed class KustomizeException(string message, Manifest? file = null, TextSpan span = default) : Exception(message)
{
    public Manifest? File { get; } = file;

    public TextSpan Span { get; } = span;

    /// <summary>Who includes what is wrong, the innermost first.</summary>
    public IReadOnlyList<(Manifest File, TextSpan Span)> Chain { get; init; } = [];

    /// <summary>What is wrong, without what it was on the way to.</summary>
    public string Summary { get; init; } = message;

    /// <summary>Whether nothing is wrong, but something lies outside of the files that may be read.</summary>
    public bool IsOutside { get; init; }

    /// <summary>The same, on the way to something else.</summary>
    public KustomizeException Within(string what) =>
        new(what + ": " + Message, File, Span) { Chain = Chain, Summary = Summary, IsOutside = IsOutside };

    /// <summary>The same at a place, if none was known; else the place is one that led there.</summary>
    public KustomizeException At(Manifest? file, TextSpan span)
    {
        if (file is null)
            return this;
        return File is null ? new(Message, file, span) { Chain = Chain, Summary = Summary, IsOutside = IsOutside }
            : new(Message, File, Span) { Chain = [.. Chain, (file, span)], Summary = Summary, IsOutside = IsOutside };
    }
}
