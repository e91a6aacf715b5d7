using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>Names in sources that are built: values and named templates, where they are defined and used, and what comes of them.</summary>
internal static class Sources
{
    private const int MaxPlaces = 12;
    private const int MaxEnvironments = 5;
    private const int MaxFolders = 8;
    private const int Field = 5;
    private const int Function = 3;

    /// <summary>Where the name under the cursor is defined; where there is no definition, or it is one, where it is used.</summary>
    public static Location[] Definition(OpenDocument document, Position position, EnvironmentService service, Workspace workspace,
        Positions positions)
    {
        if (NameAt(document, position, service, positions) is not var (names, name))
            return [];
        var same = names.Same(name);
        var wanted = same.Where(other => other.IsDefinition && other != name).ToList();
        if (name.IsDefinition || wanted.Count == 0)
            wanted = [.. wanted, .. same.Where(other => !other.IsDefinition)];
        return LocationsOf(wanted, service, workspace, positions);
    }

    /// <summary>Every place of the name under the cursor.</summary>
    public static Location[] References(OpenDocument document, Position position, bool includesDefinition, EnvironmentService service,
        Workspace workspace, Positions positions) =>
        NameAt(document, position, service, positions) is var (names, name)
            ? LocationsOf([.. names.Same(name).Where(other => includesDefinition || !other.IsDefinition), .. names.UsesAround(name)],
                service,
                workspace, positions)
            : [];

    /// <summary>The name under the cursor, where all of its places are known.</summary>
    public static PrepareRenameResult? Prepare(OpenDocument document, Position position, EnvironmentService service, Positions positions)
    {
        if (NameAt(document, position, service, positions) is not var (names, name) || !MayRename(names, name))
            return null;
        return new PrepareRenameResult(positions.RangeOf(document.Text, name.Span), document.Text.TextOf(name.Span));
    }

    /// <summary>Gives the name under the cursor another one everywhere.</summary>
    public static WorkspaceEdit? Rename(OpenDocument document, Position position, string newName, EnvironmentService service,
        Workspace workspace, Positions positions)
    {
        if (NameAt(document, position, service, positions) is not var (names, name) || !MayRename(names, name))
            return null;
        var edits = new Dictionary<string, List<TextEdit>>(StringComparer.Ordinal);
        foreach (var place in LocationsOf(names.Same(name), service, workspace, positions))
        {
            if (!edits.TryGetValue(place.Uri, out var list))
                edits[place.Uri] = list = [];
            list.Add(new TextEdit(place.Range, newName));
        }

        return new WorkspaceEdit(edits.ToDictionary(edit => edit.Key, edit => edit.Value.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>What fits where the cursor is; null where the file is no source.</summary>
    public static CompletionList? Complete(OpenDocument document, Position position, EnvironmentService service, Positions positions)
    {
        var offset = positions.OffsetOf(document.Text, position);
        if (ToolOf(document.Manifest.Path, service) is not var (tool, folder) || service.Sources is not { } sources
            || sources.PathOf(document.Manifest.Path) is not { } path)
            return null;
        var found = tool.Suggest(sources, folder, path, document.Text.Content, offset);
        return found is null ? null : new CompletionList(false, [.. found.Select(one => new CompletionItem(one.Text,
            one.Detail == "a function" ? Function : Field, one.Detail, null, "0" + one.Text, one.Text, 1,
            new TextEdit(positions.RangeOf(document.Text, one.Span), one.Text)))]);
    }

    /// <summary>What the words of a template are; null where the file is none.</summary>
    public static IReadOnlyList<TextMark>? MarksOf(OpenDocument document, EnvironmentService service) =>
        ToolOf(document.Manifest.Path, service) is (IMarksSources tool, var folder)
            && service.Sources?.PathOf(document.Manifest.Path) is { } path
            ? tool.MarksOf(folder, path, document.Text.Content)
            : null;

    /// <summary>What a value is in each environment, where it is used, and what changing it does there.</summary>
    public static Hover? Hover(OpenDocument document, Position position, EnvironmentService service, Workspace workspace,
        Positions positions)
    {
        if (NameAt(document, position, service, positions) is not var (names, name)
            || name.Kind is not (SourceNameKind.Value or SourceNameKind.Template))
            return null;
        var text = new StringBuilder($"**{name.Name}**: {(name.Kind == SourceNameKind.Value ? "a value" : "a named template")}");
        if (name.Kind == SourceNameKind.Value)
            AppendEnvironments(text, document, name, service);
        var uses = names.Same(name).Where(other => !other.IsDefinition).Concat(names.UsesAround(name)).ToList();
        var places = LocationsOf(uses, service, workspace, positions)
            .Select(place => $"{workspace.PathOf(place.Uri)}:{place.Range.Start.Line + 1}").Distinct().ToList();
        text.Append(places.Count == 0 ? "\n\nNothing here uses it."
            : $"\n\nUsed in {string.Join(", ", places.Take(MaxPlaces))}{(places.Count > MaxPlaces ? ", …" : "")}.");
        return new Hover(new MarkupContent("markdown", text.ToString()), positions.RangeOf(document.Text, name.Span));
    }

    private static void AppendEnvironments(StringBuilder text, OpenDocument document, SourceName name, EnvironmentService service)
    {
        foreach (var one in service.Of(document.Manifest.Path).Take(MaxEnvironments))
        {
            var lines = new List<string>();
            foreach (var manifest in one.Built.Manifests)
            {
                foreach (var origin in manifest.Origin?.From(document.Manifest.Path, ValueOf(document, name)) ?? [])
                {
                    if (lines.Count < 3 && Describe(manifest, origin.Built, one) is { } line && !lines.Contains(line))
                        lines.Add(line);
                }
            }

            if (lines.Count > 0)
                text.Append($"\n\n{one.Environment.Name}:\n{string.Concat(lines.Select(line => $"- {line}\n"))}");
        }
    }

    // What stands behind a key, or the use itself.
    private static TextSpan ValueOf(OpenDocument document, SourceName name)
    {
        if (!name.IsDefinition || document.At(name.Span.Start) is not var (slot, offset)
            || slot.Document.NodeAt(offset) is not ScalarNode { Parent: MapNode holder } key)
            return name.Span;
        return holder.Entries.FirstOrDefault(entry => entry.Key == key) is { Value: { } value } ? value.Span.Shift(slot.Start) : name.Span;
    }

    private static string? Describe(Manifest manifest, TextSpan built, WorkspaceEnvironment one)
    {
        var slot = manifest.Source.Documents.LastOrDefault(slot => slot.Start <= built.Start);
        if (slot.Document is null || slot.Document.NodeAt(built.Start - slot.Start) is not ScalarNode scalar
            || one.Analysis is not { } analysis || Resources.At(analysis, manifest.Path, slot, scalar) is not { } resource)
            return null;
        var isSecret = Secrets.Of(slot.Document).Touches(scalar.Span);
        var path = FieldPath.Of(scalar, resource.Root);
        var effect = analysis.Of(resource.Id.Dialect) is IDescribes describes
            ? describes.EffectOf(Resources.HeadOf(resource.Root), Resources.StepsOf(scalar, resource.Root)) : null;
        var value = scalar.Value.Length <= 60 ? scalar.Value : scalar.Value[..60] + "…";
        return $"`{Plans.NameOf(resource.Id)}` {path}: `{(isSecret ? Secrets.Hidden : value.Replace("`", "'", StringComparison.Ordinal))}`"
            + (effect is null ? "" : $"; changing it: {Core.Plans.PlanNames.Of(effect.Effect)}");
    }

    // A value that is handed on with what holds it may have uses that nobody can see here.
    private static bool MayRename(SourceNames names, SourceName name) =>
        name.Kind is SourceNameKind.Value or SourceNameKind.Template && name.Name.Length > 0 && names.UsesAround(name).Count == 0
            && names.Same(name).Any(other => other.IsDefinition);

    private static Location[] LocationsOf(IEnumerable<SourceName> names, EnvironmentService service, Workspace workspace,
        Positions positions)
    {
        var found = new List<Location>();
        foreach (var file in names.Where(name => name.Span.Length > 0).GroupBy(name => name.Path, StringComparer.Ordinal))
        {
            if (service.Sources?.Read(file.Key) is not { } bytes)
                continue;
            var text = new SourceText(Encoding.UTF8.GetString(bytes));
            var uri = workspace.UriOf(service.Sources.NameOf(file.Key));
            found.AddRange(file.Select(name => new Location(uri, positions.RangeOf(text, name.Span))));
        }

        return [.. found.Distinct()];
    }

    private static (SourceNames Names, SourceName Name)? NameAt(OpenDocument document, Position position, EnvironmentService service,
        Positions positions)
    {
        if (ToolOf(document.Manifest.Path, service) is not var (tool, folder) || service.Sources is not { } sources
            || sources.PathOf(document.Manifest.Path) is not { } path)
            return null;
        var names = tool.NamesOf(sources, folder);
        return names.At(path, positions.OffsetOf(document.Text, position)) is { } name ? (names, name) : null;
    }

    // Of an environment that takes the file in, or else of the nearest folder above it that something is built from: a new file, or a chart
    // that no environment names, has names as well.
    private static (INamesSources Tool, string Folder)? ToolOf(string path, EnvironmentService service)
    {
        if (service.Sources is not { } sources)
            return null;
        if (service.Of(path) is [var one, ..])
        {
            var folder = BuildPaths.Join(sources.Here, one.Environment.Folder);
            return BuildCatalogue.Of(sources, folder) is INamesSources tool ? (tool, folder) : null;
        }

        var above = sources.PathOf(path);
        // A file that is what a tool looks for says so by its name, before anybody has read it.
        if (above is not null && BuildCatalogue.All.FirstOrDefault(tool => tool.Find([above]).Count > 0) is INamesSources own)
            return (own, above.LastIndexOf('/') is > 0 and var last ? above[..last] : "");
        for (var step = 0; step < MaxFolders && above is { Length: > 0 }; step++)
        {
            above = above.LastIndexOf('/') is > 0 and var slash ? above[..slash] : "";
            if (BuildCatalogue.Of(sources, above) is INamesSources nearest)
                return (nearest, above);
        }

        return null;
    }
}
