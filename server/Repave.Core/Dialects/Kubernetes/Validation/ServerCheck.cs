using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Takes what an API server would refuse in one resource. A place is blamed once, by whoever comes first: the shape,
/// then these.</summary>
internal sealed class ServerCheck(KubernetesResource resource, FindingSink sink, Version release, IEnumerable<string> blamed)
{
    private readonly HashSet<string> _blamed = new(blamed, StringComparer.Ordinal);

    public KubernetesResource Resource { get; } = resource;

    /// <summary>The Kubernetes release that is checked against.</summary>
    public Version Release { get; } = release;

    /// <summary>Whether a place is said to be refused.</summary>
    public bool IsBlamed(string path) => _blamed.Contains(path);

    /// <summary>The fields that a type has in that release.</summary>
    public ShapeFields FieldsOf(string type) => KubernetesSchemas.Nearest(Release).Pack.Type(type).Fields!;

    /// <summary>What breaks a shape that the resource's own does not lead to.</summary>
    public void Break(ShapeIssue issue)
    {
        if (!Resource.IsWrittenLater(issue.Path, issue.Kind == ShapeIssueKind.MissingField) && !Placeholders.IsIn(issue.Node)
            && _blamed.Add(issue.Path))
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, Resource, issue.Path);
    }

    /// <summary>A value, or a combination of fields, that is refused.</summary>
    /// <param name="field">The field to blame.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="against">The field that it contradicts; null if it is wrong by itself.</param>
    public void Refuse(Field field, string message, Field? against = null) => Add(RefusedCombination.Instance, field, message, against);

    /// <summary>A field that must be there and is not.</summary>
    public void Require(Field field, string why = "")
    {
        if (field.IsEmpty)
            Add(MissingField.Instance, field, $"The field '{field.Path}' is required{(why.Length == 0 ? "" : " " + why)}.");
    }

    /// <summary>A field that may not be there.</summary>
    public void Forbid(Field field, string why)
    {
        if (field.Exists)
            Add(RefusedCombination.Instance, field, $"The field '{field.Path}' may not be set {why}.");
    }

    /// <summary>A field that does not exist there.</summary>
    public void Unknown(Field field, string name, string? nearest, Severity? severity = null) =>
        Add(UnknownField.Instance, field,
            nearest is null ? $"Unknown field '{name}' in '{field.Path}'." : $"Unknown field '{name}'; did you mean '{nearest}'?",
            severity: severity);

    /// <summary>A value that none of those allowed is.</summary>
    public void NotAllowed(Field field, params string[] allowed)
    {
        // Null in a list is an empty text there, which nothing takes the place of.
        if (!field.Exists && field.Path.EndsWith("]", StringComparison.Ordinal))
            Require(field);
        else if (field.Text is { Length: > 0 } text && !allowed.Contains(text))
            Add(ValueNotAllowed.Instance, field,
                $"'{field.Path}' is {Shown(field, text)}; allowed {(allowed.Length == 1 ? "is" : "are")} {string.Join(", ", allowed)}.");
    }

    /// <summary>What is larger than a server takes.</summary>
    public void TooLarge(Field field, string message, Severity? severity = null) =>
        Add(OutOfRange.Instance, field, message, severity: severity);

    /// <summary>A text that must follow a grammar.</summary>
    public void Malformed(Field field, Func<string, string?> grammar)
    {
        if (field.Text is { Length: > 0 } text && grammar(text) is { } reason)
            Add(MalformedValue.Instance, field, $"'{field.Path}' is {Shown(field, text)}, but {reason}.");
    }

    private string Shown(Field field, string text) =>
        Secrets.Of(Resource.Slot.Document).Touches(field.Value!.Span) ? "a value that is not shown" : $"\"{text}\"";

    private void Add(Rule rule, Field field, string message, Field? against = null, Severity? severity = null)
    {
        if (Resource.IsWrittenLater(field.Path, rule == MissingField.Instance) || Placeholders.IsIn(field.Value)
            || Placeholders.IsIn(against?.Value) || Placeholders.HasInsertion(field.Holder)
            || (field.Text is { } text && Placeholders.IsSpoken(text)))
            return;
        if (_blamed.Add(field.Path))
            sink.Add(rule, field.Span, message, Resource, field.Path, severity: severity, related: against is not { } place ? null
                : [new RelatedPlace(new Place(Resource.Manifest, Resource.Slot, place.Span), $"'{place.Path}' stands here")]);
    }
}
