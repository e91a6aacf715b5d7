using System.Text;
using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>What fixing changed.</summary>
/// <param name="Texts">The new text of every file that changed.</param>
/// <param name="Applied">The findings that were fixed.</param>
public sealed record FixResult(IReadOnlyDictionary<Manifest, string> Texts, IReadOnlyList<Finding> Applied);

/// <summary>Applies fixes to texts.</summary>
public static class FixApplier
{
    /// <summary>Applies the fixes of findings, in their order. A fix that overlaps one before it is left for the next round; of a fix with
    /// several edits all are made or none. Nothing is fixed in a document that cannot be read to its end.</summary>
    public static FixResult Apply(IEnumerable<Finding> findings)
    {
        var edits = new Dictionary<Manifest, List<TextEdit>>();
        var applied = new List<Finding>();
        foreach (var finding in findings)
        {
            if (finding.Fix is not { Edits.Count: > 0 } wanted || wanted.Edits.Any(edit => !edit.Place.Slot.Document.IsValid)
                || wanted.Written is not { } fix
                || fix.Any(edit => Overlaps(edits, edit.File, edit.Edit.Span)))
                continue;
            applied.Add(finding);
            foreach (var (file, edit) in fix)
            {
                if (!edits.TryGetValue(file, out var list))
                    edits[file] = list = [];
                list.Add(edit);
            }
        }

        return new FixResult(edits.ToDictionary(e => e.Key, e => TextOf(e.Key, e.Value)), applied);
    }

    private static bool Overlaps(Dictionary<Manifest, List<TextEdit>> edits, Manifest file, TextSpan span)
    {
        if (!edits.TryGetValue(file, out var others))
            return false;
        // Two insertions at one place have no order that everybody would agree on, so they count as overlapping.
        return others.Exists(other => (span.Start < other.Span.End && other.Span.Start < span.End) || span.Start == other.Span.Start);
    }

    private static string TextOf(Manifest manifest, List<TextEdit> edits)
    {
        var text = manifest.Source.Text.Content;
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var edit in edits.OrderBy(e => e.Span.Start))
        {
            result.Append(text, at, edit.Span.Start - at).Append(edit.NewText);
            at = edit.Span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
