using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A text as it should stand.</summary>
/// <param name="Text">The text; the one that was given where something is wrong with that.</param>
/// <param name="Problem">Why it was left as it is; null where it was not.</param>
public sealed record FormattedText(string Text, SyntaxIssue? Problem);

/// <summary>A dialect whose own tool writes files in one form.</summary>
public interface IFormats
{
    /// <summary>What writes that form.</summary>
    string Formatter { get; }

    /// <summary>The names of the files that it formats, as <see cref="FileNamePattern"/> reads them.</summary>
    IReadOnlyList<string> FormattedFiles { get; }

    /// <summary>A text in that form. One with an error stays as it is.</summary>
    FormattedText Format(string text);
}
