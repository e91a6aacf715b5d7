using Repave.Core.Model;
using Repave.Core.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Rules;

/// <summary>Takes the findings of one document and gives each the weight that the settings say.</summary>
public sealed class FindingSink(Manifest manifest, DocumentSlot slot, Settings settings)
{
    private readonly List<Finding> _findings = [];

    /// <summary>What was reported so far.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The file.</summary>
    public Manifest Manifest { get; } = manifest;

    /// <summary>The document, and where in the file it begins.</summary>
    public DocumentSlot Slot { get; } = slot;

    /// <summary>The settings in force.</summary>
    public Settings Settings { get; } = settings;

    /// <summary>The same findings in a later state of the file, in which their document is the same and stands elsewhere.</summary>
    internal FindingSink In(Manifest later, DocumentSlot moved)
    {
        var sink = new FindingSink(later, moved, Settings);
        var delta = moved.Start - Slot.Start;
        foreach (var finding in _findings)
        {
            var fix = finding.Fix is null ? null : new Fix(finding.Fix.Title, [.. finding.Fix.Edits.Select(e => e.Manifest == Manifest ? new FileEdit(later, e.Edit with { Span = e.Edit.Span.Shift(delta) }) : e)]);
            var related = finding.Related.Count == 0 ? finding.Related : [.. finding.Related.Select(r => r.Resource.Slot.Document == moved.Document ? r with { Resource = r.Resource.In(later, moved) } : r)];
            sink._findings.Add(finding with { Manifest = later, Slot = moved, Resource = finding.Resource?.In(later, moved), Fix = fix, Related = related });
        }

        return sink;
    }

    /// <summary>A fix in this document; null if one of its edits cannot be made.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="edits">Its edits, in offsets of the document's text.</param>
    public Fix? FixHere(string title, params TextEdit?[] edits) =>
        Array.Exists(edits, edit => edit is null) ? null : new Fix(title, [.. edits.Select(edit => new FileEdit(Manifest, new TextEdit(edit!.Value.Span.Shift(Slot.Start), edit.Value.NewText)))]);

    /// <summary>Reports a range.</summary>
    public void Add(Rule rule, TextSpan span, string message, Resource? resource = null, string path = "", Fix? fix = null, Severity? severity = null, IReadOnlyList<RelatedPlace>? related = null)
    {
        var weight = Settings.SeverityOf(rule, Manifest.Path, severity);
        if (weight == Severity.Off)
            return;
        _findings.Add(new Finding(rule, weight, message, Manifest, Slot, span) { Resource = resource, Path = path, Fix = fix, Related = related ?? [] });
    }

    /// <summary>Reports a node of a resource.</summary>
    public void Add(Rule rule, Resource resource, Node node, string message, Fix? fix = null, Severity? severity = null, IReadOnlyList<RelatedPlace>? related = null) =>
        Add(rule, Shapes.ShapeValidator.Underline(node), message, resource, FieldPath.Of(node, resource.Root), fix, severity, related);
}
