using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose manifests also stand as texts within those of others.</summary>
public interface IReadsTexts
{
    /// <summary>How such a text begins.</summary>
    string TextsBegin { get; }

    /// <summary>Checks a text that begins so, each finding at its place in the document that holds it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="holder">What it belongs to; null if that is not known.</param>
    /// <param name="sink">The findings of the document that holds it.</param>
    void CheckText(EmbeddedText text, Resource? holder, FindingSink sink);
}
