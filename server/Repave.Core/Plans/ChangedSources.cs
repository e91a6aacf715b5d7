using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Plans;

/// <summary>What was changed in the sources that built manifests come from, since the baseline was built from them. A changed field names
/// the line that was changed: of all that a value comes from only that is news, and what takes a field away stands in no text that is
/// left.</summary>
internal sealed class ChangedSources
{
    private readonly Dictionary<string, (Manifest File, IReadOnlyList<TextChange> Changes)> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, TextSpan), bool> _secret = [];
    private readonly (Manifest File, TextSpan Span)? _only;

    private ChangedSources(IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        var old = SourcesOf(before);
        var count = 0;
        foreach (var (path, file) in SourcesOf(after))
        {
            if (!old.TryGetValue(path, out var was))
            {
                // A file that was not there decides as a whole.
                _files[path] = (file, [new TextChange(default, new TextSpan(0, file.Source.Text.Length))]);
                count++;
            }
            else
            {
                old.Remove(path);
                if (TextChange.Between(was.Source.Text, file.Source.Text) is { Count: > 0 } changes)
                {
                    _files[path] = (file, changes);
                    count += changes.Count;
                }
            }
        }

        // Where nothing else was changed, that is the reason for everything, however it came about.
        if (count == 1 && old.Count == 0)
        {
            var (file, changes) = _files.Values.First();
            _only = (file, Shown(file, changes[0].New));
        }
    }

    private bool Any => _files.Count > 0;

    /// <summary>Names the lines in a plan's changes, where both sides were built from files.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="before">What the baseline holds.</param>
    /// <param name="after">What is planned.</param>
    public static void Name(IReadOnlyList<ResourceChange> changes, IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        if (changes.All(change => change.Reasons.Count == 0 && change.Action is PlanAction.None) || !IsBuilt(before) || !IsBuilt(after))
            return;
        var sources = new ChangedSources(before, after);
        if (!sources.Any)
            return;
        foreach (var change in changes)
        {
            for (var i = 0; i < change.Reasons.Count; i++)
                change.Reasons[i] = sources.Name(change.Reasons[i], change.Baseline);
            if (change.Action is PlanAction.Create or PlanAction.Delete)
                change.Cause = sources.CauseOf(change);
        }

        sources.HideSecrets(changes);
    }

    private static bool IsBuilt(IReadOnlyList<Manifest> manifests) => manifests.Any(manifest => manifest.Origin?.Sources.Count > 0);

    private static Dictionary<string, Manifest> SourcesOf(IReadOnlyList<Manifest> manifests)
    {
        var sources = new Dictionary<string, Manifest>(StringComparer.Ordinal);
        // The outputs of one build share one list.
        foreach (var list in manifests.Select(manifest => manifest.Origin?.Sources).OfType<IReadOnlyList<Manifest>>().Distinct())
        {
            foreach (var source in list)
                sources.TryAdd(source.Path, source);
        }

        return sources;
    }

    private Reason Name(Reason reason, Resource? baseline)
    {
        if (reason.Place is not { Manifest.Origin: not null } place)
            return reason;
        // Of a long place the line that was changed says more.
        if (TouchedBy(place.File, place.FileSpan) is { } touched)
        {
            return touched.New.Touches(place.FileSpan.Start) ? reason
                : reason with { Cause = (_files[place.File.Path].File, Shown(_files[place.File.Path].File, touched.New)) };
        }

        var cause = _only ?? NewsIn(OriginsOf(place.Manifest, place.Span.Shift(place.Slot.Start)));
        if (cause is null && reason.Source is TreeResource now && At(now, reason.Path) is { } whole)
            cause = NewsIn(PartsOf(place.Manifest, whole.Shift(now.Slot.Start)));
        if (cause is null && baseline is TreeResource { Manifest.Origin: not null } was && At(was, reason.Path) is { } gone)
            cause = GoneFrom(PartsOf(was.Manifest, gone.Shift(was.Slot.Start)));
        return cause is null ? reason : reason with { Cause = cause };
    }

    // Fields move with the items before them: what stands nearest tells.
    private static TextSpan? At(TreeResource resource, string path)
    {
        Node? node = resource.Root;
        foreach (var step in FieldPath.Parse(path))
        {
            var inner = step.Name is { } name ? node?[name] : (node as ListNode)?.ResolvedItems.ElementAtOrDefault(step.Index);
            if (inner is null)
                break;
            node = inner;
        }

        return node == resource.Root ? null : node?.Span;
    }

    private (Manifest File, TextSpan Span)? CauseOf(ResourceChange change)
    {
        if (_only is not null)
            return _only;
        if (change.Action == PlanAction.Create && change.Desired is { Manifest.Origin: not null } made)
            return NewsIn(OriginsOf(made.Manifest, made.NameSpan.Shift(made.Slot.Start)));
        return change.Action == PlanAction.Delete && change.Baseline is { Manifest.Origin: not null } gone
            ? GoneFrom(OriginsOf(gone.Manifest, gone.NameSpan.Shift(gone.Slot.Start))) : null;
    }

    // Where a piece was copied, only its own letters count.
    private static IEnumerable<(Manifest File, TextSpan Span)> OriginsOf(Manifest manifest, TextSpan span) =>
        manifest.Origin!.Of(span).Select(origin => (origin.Source, origin.Built.Contains(span) && origin.IsCopy(manifest.Source.Text)
            ? span.Shift(origin.At.Start - origin.Built.Start) : origin.At));

    private static IEnumerable<(Manifest File, TextSpan Span)> PartsOf(Manifest manifest, TextSpan span) =>
        manifest.Origin!.Touching(span).Select(origin =>
        {
            if (!origin.IsCopy(manifest.Source.Text))
                return (origin.Source, origin.At);
            var (start, end) = (Math.Max(span.Start, origin.Built.Start), Math.Min(span.End, origin.Built.End));
            return (origin.Source, new TextSpan(start, end).Shift(origin.At.Start - origin.Built.Start));
        });

    private (Manifest File, TextSpan Span)? NewsIn(IEnumerable<(Manifest File, TextSpan Span)> origins)
    {
        foreach (var (file, span) in origins)
        {
            if (TouchedBy(file, span) is { } change)
                return (_files[file.Path].File, Shown(_files[file.Path].File, change.New));
        }

        return null;
    }

    private (Manifest File, TextSpan Span)? GoneFrom(IEnumerable<(Manifest File, TextSpan Span)> origins)
    {
        foreach (var (file, span) in origins)
        {
            if (!_files.TryGetValue(file.Path, out var changed))
                continue;
            foreach (var change in changed.Changes)
            {
                if (Overlap(change.Old, span))
                    return (changed.File, Shown(changed.File, change.New));
            }
        }

        return null;
    }

    private TextChange? TouchedBy(Manifest file, TextSpan span)
    {
        if (!_files.TryGetValue(file.Path, out var changed))
            return null;
        foreach (var change in changed.Changes)
        {
            if (Overlap(change.New, span))
                return change;
        }

        return null;
    }

    private static bool Overlap(TextSpan lines, TextSpan span) =>
        span.Start < lines.End && span.End > lines.Start && lines.Length > 0;

    // The lines without the blanks around them; where lines were taken away, the one that stands there now.
    private static TextSpan Shown(Manifest file, TextSpan lines)
    {
        var text = file.Source.Text;
        if (lines.Length == 0)
        {
            var line = text.PositionOf(lines.Start).Line;
            if (line > 0 && text.LineStart(line) == text.Length)
                line--;
            lines = new TextSpan(text.LineStart(line), text.LineEnd(line));
        }

        var (start, end) = (lines.Start, Math.Min(lines.End, text.Length));
        while (end > start && char.IsWhiteSpace(text.Content[end - 1]))
            end--;
        while (start < end && char.IsWhiteSpace(text.Content[start]))
            start++;
        return new TextSpan(start, end);
    }

    // A line of values that a secret comes from is not shown, whatever else comes from it.
    private void HideSecrets(IReadOnlyList<ResourceChange> changes)
    {
        var secret = new HashSet<(string, TextSpan)>(changes.SelectMany(change => change.Reasons)
            .Where(reason => reason.Cause is not null && (reason.IsSecret || reason.HidesLine))
            .Select(reason => KeyOf(reason.Cause!.Value)));
        foreach (var change in changes)
        {
            for (var i = 0; i < change.Reasons.Count; i++)
            {
                if (change.Reasons[i] is { Cause: { } cause } reason && (secret.Contains(KeyOf(cause)) || HoldsSecret(cause)))
                    change.Reasons[i] = reason with { HidesLine = true };
            }
        }
    }

    private static (string, TextSpan) KeyOf((Manifest File, TextSpan Span) cause) => (cause.File.Path, cause.Span);

    private bool HoldsSecret((Manifest File, TextSpan Span) cause)
    {
        if (_secret.TryGetValue(KeyOf(cause), out var known))
            return known;
        var source = cause.File.Source.Documents.Count > 0 ? cause.File
            : Manifest.Parse(cause.File.Path, cause.File.Source.Text.Content);
        return _secret[KeyOf(cause)] = source.Source.Documents.Any(slot => slot.Start <= cause.Span.End
            && Secrets.Of(slot.Document).TouchesLine(slot.Document.Text, cause.Span.Shift(-slot.Start)));
    }
}
