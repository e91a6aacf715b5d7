using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose manifests also stand as texts within those of others.</summary>
public interface IReadsTexts
{
    /// <summary>A word that each such text has in it.</summary>
    string TextsHold { get; }

    /// <summary>Whether a text is one of them, by a cheap test that may say yes too often and never no wrongly.</summary>
    /// <param name="text">The text, or what is known of it.</param>
    bool MayBeOne(string text);

    /// <summary>Checks such a text, each finding at its place in the document that holds it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="holder">What it belongs to; null if that is not known.</param>
    /// <param name="sink">The findings of the document that holds it.</param>
    /// <param name="isDocument">Whether it is what the document itself becomes (<see cref="IRendersTexts"/>), and not one within
    /// it.</param>
    void CheckText(EmbeddedText text, Resource? holder, FindingSink sink, bool isDocument = false);
}
