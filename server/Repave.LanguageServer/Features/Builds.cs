using System.Text;
using System.Text.Json;
using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>What environments are built from a file: their plans over its lines, and what is built, with where each line of
/// that comes from.</summary>
internal static class Builds
{
    private const int MaxShown = 3;

    /// <summary>Over a file, what is built from it and what its changed lines do in each environment. Nothing stands over the lines themselves:
    /// it would come with the edit and move the line that is being typed.</summary>
    public static CodeLens[] Lenses(OpenDocument document, EnvironmentService service, Positions positions)
    {
        var environments = service.Of(document.Manifest.Path);
        if (environments.Count == 0)
            return [];
        var top = positions.RangeOf(document.Text, new TextSpan(0, 0));
        var uri = JsonSerializer.SerializeToElement(document.Uri, LspJson.Default.String);
        var lenses = new List<CodeLens> { new(top, new Command("Show what this builds", "repave.showBuilt", [uri])) };
        if (environments.Any(one => one.Plan is not null))
            lenses.Add(new CodeLens(top, new Command(Summary(environments), "repave.showPlan")));
        var lines = Lines(document, environments).ToList();
        foreach (var (line, title) in lines.Take(MaxShown))
            lenses.Add(new CodeLens(top, new Command($"line {line + 1}: {title}", "repave.showPlan")));
        if (lines.Count > MaxShown)
            lenses.Add(new CodeLens(top, new Command($"{lines.Count - MaxShown} more", "repave.showPlan")));
        return [.. lenses];
    }

    /// <summary>Beside the lines of a file, what their changes do in each environment.</summary>
    public static InlayHint[] Hints(OpenDocument document, Protocol.Range range, EnvironmentService service, Positions positions)
    {
        var hints = new List<InlayHint>();
        var environments = service.Of(document.Manifest.Path);
        var titles = Lines(document, environments).ToDictionary(line => line.Line, line => line.Title);
        var reasons = environments.SelectMany(one => Reasons(document, one).Select(found => (one, found.Reason,
            found.Line)));
        foreach (var line in reasons.Where(r => r.Line >= range.Start.Line && r.Line <= range.End.Line && r.Reason.Effect != Effect.None)
            .GroupBy(r => r.Line))
        {
            var parts = line.GroupBy(r => r.one.Environment.Name).Select(own => own.MaxBy(r => r.Reason.Effect))
                .Select(r => $"{r.one.Environment.Name}: {PlanNames.Of(r.Reason.Effect)}"
                    + (r.Reason.IsSecret || r.Reason.From is null || r.Reason.IsDragged ? "" : $" (was {Plans.Short(r.Reason.From)})"));
            var end = document.Text.LineEnd(line.Key);
            hints.Add(new InlayHint(positions.RangeOf(document.Text, new TextSpan(end, end)).Start, $"⟵ {string.Join(", ", parts)}", true,
                string.Join("\n", ((string?[])[titles.GetValueOrDefault(line.Key), line.Select(r => r.Reason.Why)
                    .FirstOrDefault(why => why.Length > 0)]).OfType<string>())));
        }

        return [.. hints];
    }

    /// <summary>What is built from a file, for an environment; for the first that it has a part in where none is named.</summary>
    public static BuiltDocumentResult Document(string? path, string? environment, EnvironmentService service)
    {
        var all = path is null ? service.Environments : service.Of(path);
        var chosen = environment is null ? all.FirstOrDefault()
            : service.Environments.FirstOrDefault(one => one.Environment.Name == environment);
        return new BuiltDocumentResult([.. all.Select(one => one.Environment.Name)], chosen?.Environment.Name,
            chosen is null ? "" : TextOf(chosen.Built, out _),
            chosen is null ? "No environment is built from this file." : chosen.Built.Result.Problems
                .FirstOrDefault(problem => problem.IsFatal)?.Message);
    }

    /// <summary>Where a line of what is built comes from: what a person is most likely to edit first.</summary>
    public static OriginResult[] Origins(string environment, Position position, EnvironmentService service, Workspace workspace,
        Positions positions)
    {
        if (service.Environments.FirstOrDefault(one => one.Environment.Name == environment) is not { } chosen)
            return [];
        var text = new SourceText(TextOf(chosen.Built, out var starts));
        var at = positions.OffsetOf(text, position);
        var index = starts.FindLastIndex(start => start <= at);
        if (index < 0)
            return [];
        var manifest = chosen.Built.Manifests[index];
        var content = manifest.Source.Text.Content;
        var offset = Math.Min(at - starts[index], content.Length);
        // Behind a line's last letter that letter is meant.
        if (offset > 0 && (offset == content.Length || content[offset] is '\n' or '\r') && content[offset - 1] != '\n')
            offset--;
        var found = PlacesOf(manifest, offset);
        // On white space or at the end of a line, what stands on the line is meant.
        if (found.Count == 0)
        {
            var line = manifest.Source.Text.PositionOf(offset).Line;
            var start = manifest.Source.Text.LineStart(line);
            var first = start;
            while (first < content.Length && content[first] is ' ' or '-')
                first++;
            found = PlacesOf(manifest, first);
        }

        return [.. found.Select(place => new OriginResult(
            new Location(workspace.UriOf(place.File.Path), positions.RangeOf(place.File.Source.Text, place.Span)),
            place.File.Path,
            place.File.Source.Text.LineText(place.File.Source.Text.PositionOf(place.Span.Start).Line).Trim()))];
    }

    private static List<(Manifest File, TextSpan Span)> PlacesOf(Manifest manifest, int offset)
    {
        if (offset >= manifest.Source.Text.Length)
            return [];
        var place = new Place(manifest, manifest.Source.Whole, new TextSpan(offset, offset + 1));
        return ReferenceEquals(place.File, manifest) && manifest.Origin is not null ? []
            : [.. place.Others.Prepend((place.File, place.FileSpan)).DistinctBy(one => (one.Item1.Path, one.Item2))];
    }

    private static string TextOf(BuiltEnvironment built, out List<int> starts)
    {
        var text = new StringBuilder();
        starts = [];
        foreach (var manifest in built.Manifests)
        {
            text.Append($"# Source: {manifest.Path}\n");
            starts.Add(text.Length);
            text.Append(manifest.Source.Text.Content);
            if (text[^1] != '\n')
                text.Append('\n');
            text.Append("---\n");
        }

        return text.ToString();
    }

    private static string Summary(IReadOnlyList<WorkspaceEnvironment> environments)
    {
        var parts = environments.Where(one => one.Plan is { IsEmpty: false }).Select(one => $"{one.Environment.Name}: "
            + string.Join(", ", Enum.GetValues<PlanAction>().Where(a => a != PlanAction.None && one.Plan!.Count(a) > 0)
                .OrderByDescending(Weight).Select(a => $"{one.Plan!.Count(a)} {PlanNames.Of(a)}"))).ToList();
        return parts.Count == 0 ? $"{string.Join(", ", environments.Take(MaxShown).Select(one => one.Environment.Name))}: in sync"
            : string.Join(" · ", parts.Take(MaxShown)) + (parts.Count > MaxShown ? " · …" : "");
    }

    // The lines that have a part in changes, each with what happens to the resources in every environment.
    private static IEnumerable<(int Line, string Title)> Lines(OpenDocument document, IReadOnlyList<WorkspaceEnvironment> environments)
    {
        var found = new List<(int Line, WorkspaceEnvironment Environment, ResourceChange Change, bool IsReason)>();
        foreach (var one in environments)
        {
            foreach (var (change, _, line) in Reasons(document, one))
                found.Add((line, one, change, true));
            foreach (var change in one.Plan?.Changes ?? [])
            {
                if (change.Cause is var (file, span) && file.Path == document.Manifest.Path)
                    found.Add((file.Source.Text.PositionOf(span.Start).Line, one, change, true));
            }

            foreach (var change in one.Plan?.Changes.Where(c => c.Action != PlanAction.None && c.Desired is not null) ?? [])
            {
                var place = new Place(change.Desired!.Manifest, change.Desired.Slot, change.Desired.NameSpan);
                if (place.File.Path == document.Manifest.Path)
                    found.Add((place.Range.Start.Line, one, change, false));
            }
        }

        var last = document.Text.PositionOf(document.Text.Length).Line;
        foreach (var line in found.Where(one => one.Line <= last).GroupBy(one => one.Line).OrderBy(group => group.Key))
        {
            var resources = line.GroupBy(one => (one.Change.Id.Type, one.Change.Id.Name))
                .OrderByDescending(group => group.Max(one => Weight(one.Change.Action))).ToList();
            var parts = resources.Take(MaxShown).Select(resource => string.Join(", ", environments
                .Select(one => (one, Change: one.Plan?.Changes.FirstOrDefault(c => c.Id.Type == resource.Key.Type
                    && c.Id.Name == resource.Key.Name && c.Action != PlanAction.None)))
                .Where(pair => pair.Change is not null)
                .Select((pair, i) => $"{pair.one.Environment.Name}: {Verb(pair.Change!.Action)}"
                    + $"{(i == 0 ? " " + Plans.NameOf(pair.Change.Id) : "")}"
                    + $"{(line.Any(l => l.IsReason && l.Environment == pair.one && l.Change == pair.Change) ? " (this line)" : "")}")));
            yield return (line.Key, string.Join(" · ", parts) + (resources.Count > MaxShown ? $" · {resources.Count - MaxShown} more"
                : ""));
        }
    }

    private static IEnumerable<(ResourceChange Change, Reason Reason, int Line)> Reasons(OpenDocument document, WorkspaceEnvironment one)
    {
        foreach (var change in one.Plan?.Changes ?? [])
        {
            foreach (var reason in change.Reasons)
            {
                if (reason.Place is { } place && place.File.Path == document.Manifest.Path)
                    yield return (change, reason, place.Range.Start.Line);
            }
        }
    }

    private static int Weight(PlanAction action) => action switch
    {
        PlanAction.Replace => 5,
        PlanAction.Delete => 4,
        PlanAction.Unknown => 3,
        PlanAction.Roll => 2,
        PlanAction.InPlace => 1,
        _ => 0,
    };

    private static string Verb(PlanAction action) => action switch
    {
        PlanAction.Create => "creates",
        PlanAction.InPlace => "in place",
        PlanAction.Roll => "rolls",
        PlanAction.Replace => "replaces",
        PlanAction.Delete => "deletes",
        _ => "unknown",
    };
}
