using Repave.Core.Model;

namespace Repave.Core.Plans;

/// <summary>What a plan does to one resource. Built by its dialect, which may add to it until the plan is done.</summary>
/// <param name="id">The resource, as it will be; for a deletion, as it was.</param>
public sealed class ResourceChange(ResourceId id)
{
    /// <summary>The mechanism of a replacement that the platform refuses to do as an update: delete the old object, then create the
    /// new one.</summary>
    public const string DeleteAndCreate = "delete-and-create";

    /// <summary>The mechanism of a replacement under another name: old and new may live side by side.</summary>
    public const string CreateAndDelete = "create-and-delete";

    private const int ManyWarnings = 16;

    private HashSet<string>? _said;

    /// <summary>The resource, as it will be; for a deletion, as it was.</summary>
    public ResourceId Id { get; } = id;

    /// <summary>What becomes of it.</summary>
    public PlanAction Action { get; set; }

    /// <summary>How a replacement is done; null for other actions.</summary>
    public string? Mechanism { get; set; }

    /// <summary>How sure the action is.</summary>
    public Certainty Certainty { get; set; }

    /// <summary>Why the action is <see cref="PlanAction.Unknown"/>, or what is uncertain; null if there is nothing to say.</summary>
    public string? Note { get; set; }

    /// <summary>What it is made from; null for a deletion.</summary>
    public Resource? Desired { get; set; }

    /// <summary>What it was; null for a creation.</summary>
    public Resource? Baseline { get; set; }

    /// <summary>What the platform stores once it is applied, merged with what was there; null where that is unknown or nothing.</summary>
    public Syntax.MapNode? After { get; set; }

    /// <summary>The identity that it had, where a replacement changes that; or null.</summary>
    public ResourceId? Previous { get; set; }

    /// <summary>The place in a source that was changed and by that made the resource come or go; null where that is not known.</summary>
    public (Manifest File, Text.TextSpan Span)? Cause { get; set; }

    /// <summary>The changed fields, those with the strongest effect first.</summary>
    public List<Reason> Reasons { get; } = [];

    /// <summary>The resources whose change causes this one.</summary>
    public List<ResourceId> CausedBy { get; } = [];

    /// <summary>What to know before doing it.</summary>
    public List<PlanWarning> Warnings { get; } = [];

    /// <summary>How it comes about, in numbers; null where nothing is known of that.</summary>
    public Replacement.ReplacementSteps? Steps { get; set; }

    /// <summary>What going back to the baseline would do; null where nobody asked for it.</summary>
    public Replacement.WayBack? Back { get; set; }

    /// <summary>The reasons that decide the action.</summary>
    public IEnumerable<Reason> Forcing => Reasons.Where(r => PlanNames.ActionOf(r.Effect) == Action);

    /// <summary>Adds a warning unless it was said already.</summary>
    public void Warn(PlanWarningKind kind, string message, ResourceId? about = null) => Warn(new PlanWarning(kind, message, about));

    /// <summary>Adds a warning unless it was said already.</summary>
    public void Warn(PlanWarning warning)
    {
        var message = warning.Message;
        // Where there are many, looking through them each time would take longer than finding them.
        if (Warnings.Count > ManyWarnings && (_said is null || _said.Count != Warnings.Count))
            _said = new HashSet<string>(Warnings.Select(w => w.Message), StringComparer.Ordinal);
        if (Warnings.Count > ManyWarnings ? !_said!.Add(warning.Message) : Warnings.Exists(w => w.Message == warning.Message))
            return;
        Warnings.Add(warning);
    }

    /// <summary>Passes what was said in words through a function that takes secrets out.</summary>
    internal void HideIn(Func<string, string> hide)
    {
        Note = Note is null ? null : hide(Note);
        Back?.HideIn(hide);
        for (var i = 0; i < Warnings.Count; i++)
            Warnings[i] = Warnings[i] with { Message = hide(Warnings[i].Message) };
    }

    /// <summary>Takes action and certainty from the strongest reason, and puts it first.</summary>
    public void Settle()
    {
        var strongest = Reasons.Count == 0 ? Effect.None : Reasons.Max(r => r.Effect);
        Action = PlanNames.ActionOf(strongest);
        Mechanism = Action == PlanAction.Replace ? DeleteAndCreate : null;
        Certainty = Reasons.Count == 0 || Reasons.Any(r => r.Effect == strongest && r.Certainty == Certainty.Certain) ? Certainty.Certain
            : Certainty.Conditional;
        var ordered = Reasons.OrderByDescending(r => r.Effect).ToList();
        Reasons.Clear();
        Reasons.AddRange(ordered);
    }
}
