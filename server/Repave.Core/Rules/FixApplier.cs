using System.Text;
using Repave.Core.Model;

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
        var edits = new Dictionary<Manifest, List<FileEdit>>();
        var applied = new List<Finding>();
        foreach (var finding in findings)
        {
            if (finding.Fix is not { Edits.Count: > 0 } fix || fix.Edits.Any(edit => IsInBrokenDocument(edit) || Overlaps(edits, edit)))
                continue;
            applied.Add(finding);
            foreach (var edit in fix.Edits)
            {
                if (!edits.TryGetValue(edit.Manifest, out var list))
                    edits[edit.Manifest] = list = [];
                list.Add(edit);
            }
        }

        return new FixResult(edits.ToDictionary(e => e.Key, e => TextOf(e.Key, e.Value)), applied);
    }

    // Where a document breaks off, nobody knows what an edit behind that place would be a part of.
    private static bool IsInBrokenDocument(FileEdit edit) =>
        edit.Manifest.Yaml.Documents.LastOrDefault(slot => slot.Start <= edit.Edit.Span.Start) is { Document.IsWhole: false };

    private static bool Overlaps(Dictionary<Manifest, List<FileEdit>> edits, FileEdit edit)
    {
        if (!edits.TryGetValue(edit.Manifest, out var others))
            return false;
        var span = edit.Edit.Span;
        // Two insertions at one place have no order that everybody would agree on, so they count as overlapping.
        return others.Exists(other => (span.Start < other.Edit.Span.End && other.Edit.Span.Start < span.End) || span.Start == other.Edit.Span.Start);
    }

    private static string TextOf(Manifest manifest, List<FileEdit> edits)
    {
        var text = manifest.Yaml.Text.Content;
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var edit in edits.OrderBy(e => e.Edit.Span.Start))
        {
            result.Append(text, at, edit.Edit.Span.Start - at).Append(edit.Edit.NewText);
            at = edit.Edit.Span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
