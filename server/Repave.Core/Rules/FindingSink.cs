using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Takes the findings of one document and gives each the weight that the settings say.</summary>
public sealed class FindingSink
{
    private readonly List<Finding> _findings = [];
    private readonly RuleBarrier? _barrier;
    private readonly RuleBarrier.Watch? _watch;

    /// <summary>A sink.</summary>
    public FindingSink(Manifest manifest, DocumentSlot slot, Settings settings)
        : this(manifest, slot, settings, null, null)
    {
    }

    internal FindingSink(Manifest manifest, DocumentSlot slot, Settings settings, RuleBarrier? barrier, RuleBarrier.Watch? watch)
    {
        (Manifest, Slot, Settings) = (manifest, slot, settings);
        (_barrier, _watch) = (barrier, watch);
    }

    /// <summary>What was reported so far.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>How often something was reported, what the settings turn off included.</summary>
    internal int Reports { get; private set; }

    /// <summary>The file.</summary>
    public Manifest Manifest { get; }

    /// <summary>The document, and where in the file it begins.</summary>
    public DocumentSlot Slot { get; }

    /// <summary>The settings in force.</summary>
    public Settings Settings { get; }

    /// <summary>A fix in this document; null if one of its edits cannot be made.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="edits">Its edits, in offsets of the document's text.</param>
    public Fix? FixHere(string title, params TextEdit?[] edits) =>
        Array.Exists(edits, edit => edit is null)
            ? null
            : new Fix(title, [.. edits.Select(edit => new PlaceEdit(new Place(Manifest, Slot, edit!.Value.Span), edit.Value.NewText))]);

    /// <summary>Runs a rule on a resource. If it throws or has exceeded its time, that is a finding, and what it had found of the
    /// resource counts.</summary>
    public void Run<TState>(Rule rule, Resource resource, TState state, Action<TState, FindingSink> check)
    {
        if (_barrier is null || _watch is null)
        {
            check(state, this);
            return;
        }

        if (!RuleBarrier.MayRun(rule, out var reason))
        {
            if (_barrier.SayOnce(rule, _watch))
                RuleFailed.Report(this, resource, $"The rule {rule.Id}", reason);
            return;
        }

        _watch.Enter(rule);
        try
        {
            check(state, this);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (_barrier.SayOnce(rule, _watch))
                RuleFailed.Report(this, resource, $"The rule {rule.Id}", exception.GetType().Name);
        }

        _watch.Leave();
    }

    /// <summary>Reports a range.</summary>
    public void Add(Rule rule, TextSpan span, string message, Resource? resource = null, string path = "", Fix? fix = null,
        Severity? severity = null, IReadOnlyList<RelatedPlace>? related = null)
    {
        Reports++;
        var weight = Settings.SeverityOf(rule, Manifest.Path, severity);
        if (weight == Severity.Off)
            return;
        _findings.Add(new Finding(rule, weight, Secrets.Of(Slot.Document).Hide(message), new Place(Manifest, Slot,
            span))
        { Resource = resource, Path = path, Fix = fix, Related = related ?? [] });
    }

    /// <summary>Reports a node of a resource.</summary>
    public void Add(Rule rule, TreeResource resource, Node node, string message, Fix? fix = null, Severity? severity = null,
        IReadOnlyList<RelatedPlace>? related = null) =>
        Add(rule, Shapes.ShapeValidator.Underline(node), message, resource, FieldPath.Of(node, resource.Root), fix, severity, related);
}
