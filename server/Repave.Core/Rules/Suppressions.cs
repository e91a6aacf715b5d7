using Repave.Core.Model;
using Repave.Core.Rules.Schema;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Comments that hold findings back:
/// <c># repave: ignore RPV1001 -- reason</c> (on the line itself, or for the next line),
/// <c># repave: ignore-resource …</c> (the document) and <c># repave: ignore-file …</c>.</summary>
public static class Suppressions
{
    private const string Marker = "repave:";

    private enum Scope
    {
        Line,
        Resource,
        File,
    }

    /// <summary>Takes out the findings that a manifest's comments suppress, and adds those on the comments themselves.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="findings">Its findings.</param>
    /// <param name="settings">The settings in force.</param>
    public static IReadOnlyList<Finding> Apply(Manifest manifest, IReadOnlyList<Finding> findings, Settings settings)
    {
        if (manifest.Source.Text.Content.IndexOf(Marker, StringComparison.Ordinal) < 0)
            return findings;
        var suppressions = Read(manifest).ToList();
        if (suppressions.Count == 0)
            return findings;
        // Only what names a finding's rule can hold it; of lines only those of its line.
        var byLine = suppressions.Where(s => s.Scope == Scope.Line).SelectMany(s => s.Ids.Select(id => (Id: id, s.Line, Suppression: s)))
            .ToLookup(s => (s.Id, s.Line), s => s.Suppression);
        var byDocument = suppressions.Where(s => s.Scope == Scope.Resource)
            .SelectMany(s => s.Ids.Select(id => (Id: id, s.Slot.Start, Suppression: s))).ToLookup(s => (s.Id, s.Start), s => s.Suppression);
        var ofFile = suppressions.Where(s => s.Scope == Scope.File).SelectMany(s => s.Ids.Select(id => (Id: id, Suppression: s)))
            .ToLookup(s => s.Id, s => s.Suppression, StringComparer.Ordinal);
        var text = manifest.Source.Text;
        var kept = new List<Finding>();
        foreach (var finding in findings)
        {
            var line = text.PositionOf(finding.Place.Slot.Start + finding.Place.Span.Start).Line;
            var holding = byLine[(finding.Rule.Id, line)].Concat(byDocument[(finding.Rule.Id, finding.Place.Slot.Start)])
                .Concat(ofFile[finding.Rule.Id]).ToList();
            foreach (var suppression in holding)
                suppression.Used.Add(finding.Rule.Id);
            if (holding.Count == 0)
                kept.Add(finding);
        }

        foreach (var suppression in suppressions)
            Judge(suppression, manifest, settings, kept);
        return kept;
    }

    /// <summary>Whether a comment in a file holds back what a rule says of a place in it: for what was found in a text that was built from
    /// the file, and has none of its comments.</summary>
    /// <param name="file">The file.</param>
    /// <param name="span">The place.</param>
    /// <param name="id">The rule's id.</param>
    public static bool Suppresses(Manifest file, TextSpan span, string id)
    {
        if (file.Source.Text.Content.IndexOf(Marker, StringComparison.Ordinal) < 0)
            return false;
        var line = file.Source.Text.PositionOf(span.Start).Line;
        return Read(file).Any(s => s.Ids.Contains(id) && s.Scope switch
        {
            Scope.Line => s.Line == line,
            Scope.Resource => span.Start >= s.Slot.Start && span.Start <= s.Slot.Start + s.Slot.Document.Text.Length,
            _ => true,
        });
    }

    /// <summary>The comments of a manifest that hold findings back, in the order of the file.</summary>
    public static IReadOnlyList<SuppressionComment> In(Manifest manifest) =>
        manifest.Source.Text.Content.IndexOf(Marker, StringComparison.Ordinal) < 0 ? []
            : [.. Read(manifest).Select(s => new SuppressionComment(s.Ids, s.Scope switch
            {
                Scope.Line => "line",
                Scope.Resource => "resource",
                _ => "file",
            }, manifest.Source.Text.PositionOf(s.Slot.Start + s.Comment.Span.Start).Line, s.Reason))];

    private static void Judge(Suppression suppression, Manifest manifest, Settings settings, List<Finding> kept)
    {
        var sink = new FindingSink(manifest, suppression.Slot, settings);
        if (suppression.Reason.Length == 0)
            sink.Add(SuppressionWithoutReason.Instance, suppression.Comment.Span, "This suppression gives no reason: "
                + "write one behind two dashes, as in '# repave: ignore RPV1001 -- pinned by the registry'.");
        if (suppression.Ids.Count == 0)
            sink.Add(UnusedSuppression.Instance, suppression.Comment.Span,
                "This suppression names no rule: write '# repave: ignore RPV1001 -- reason'.");
        foreach (var id in suppression.Ids)
        {
            if (suppression.Used.Contains(id))
                continue;
            var rule = RuleCatalogue.Find(id);
            if (rule is null)
                sink.Add(UnusedSuppression.Instance, suppression.Comment.Span, $"There is no rule {id}.");
            else if (settings.IsOn(rule, manifest.Path))
                sink.Add(UnusedSuppression.Instance, suppression.Comment.Span, $"{id} finds nothing here; remove the suppression.");
        }

        kept.AddRange(sink.Findings);
    }

    private static IEnumerable<Suppression> Read(Manifest manifest)
    {
        var text = manifest.Source.Text;
        // Where the line stands that comments above it speak of; found once for all of them.
        var next = -1;
        foreach (var slot in manifest.Source.Documents)
        {
            foreach (var comment in slot.Document.Comments)
            {
                if (!comment.Text.StartsWith(Marker, StringComparison.Ordinal))
                    continue;
                var body = comment.Text.Substring(Marker.Length).Trim();
                if (ScopeOf(body) is not { } scope)
                    continue;
                var line = text.PositionOf(slot.Start + comment.Span.Start).Line;
                if (scope == Scope.Line && comment.OwnLine)
                    line = next = next > line ? next : NextLine(text, line);
                var dashes = body.IndexOf("--", StringComparison.Ordinal);
                var head = dashes < 0 ? body : body.Substring(0, dashes);
                var ids = head.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Skip(1)
                    .Select(id => id.ToUpperInvariant()).ToList();
                yield return new Suppression(slot, comment, scope, line, ids, dashes < 0 ? "" : body.Substring(dashes + 2).Trim());
            }
        }
    }

    private static Scope? ScopeOf(string body)
    {
        var end = body.IndexOf(' ');
        return (end < 0 ? body : body.Substring(0, end)) switch
        {
            "ignore" => Scope.Line,
            "ignore-resource" => Scope.Resource,
            "ignore-file" => Scope.File,
            _ => null,
        };
    }

    // Several comments may stand above a line.
    private static int NextLine(SourceText text, int line)
    {
        do
        {
            line++;
        }
        while (line < text.LineCount && text.LineText(line).TrimStart() is { } content && (content.Length == 0 || content[0] == '#'));
        return line;
    }

    private sealed record Suppression(DocumentSlot Slot, Comment Comment, Scope Scope, int Line, IReadOnlyList<string> Ids, string Reason)
    {
        public HashSet<string> Used { get; } = new(StringComparer.Ordinal);
    }
}
