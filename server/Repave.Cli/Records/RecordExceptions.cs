using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>What is held back around a change, with the reasons that are given and who wrote them: comments, rules that the settings turn
/// off or down, and fields that plans leave out.</summary>
internal sealed class RecordExceptions(RecordPlaces places, Settings settings, string? settingsFile, string? head)
{
    // Of one file at a time: all of them may be many.
    private (string Name, IReadOnlyList<(GitCommit Commit, IReadOnlySet<string> Lines)> Versions)? _last;

    /// <summary>All of them, by place.</summary>
    /// <param name="manifests">What was planned.</param>
    public JsonHeldBack[] Of(IEnumerable<Manifest> manifests)
    {
        var found = new List<JsonHeldBack>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in manifests.SelectMany(m => m.Origin is { Sources: { Count: > 0 } sources } ? sources : [m])
            .Where(file => seen.Add(file.Path)))
        {
            var name = places.NameOf(file.Path);
            found.AddRange(Suppressions.In(file).Select(comment => new JsonHeldBack("comment", [.. comment.Ids], comment.Scope, name,
                comment.Line, comment.Reason, OwnerOf(name, file.Source.Text.LineText(comment.Line).Trim()))));
        }

        found.Sort((a, b) => (string.CompareOrdinal(a.File, b.File), (a.Line ?? 0).CompareTo(b.Line ?? 0)) switch
        {
            (0, var byLine) => byLine,
            var (byFile, _) => byFile,
        });
        found.AddRange(OfSettings());
        return [.. found];
    }

    private IEnumerable<JsonHeldBack> OfSettings()
    {
        if (settingsFile is null)
            yield break;
        var name = places.NameOf(settingsFile);
        string[] lines;
        try
        {
            lines = (ManifestFiles.Read(settingsFile).Text ?? "").Split('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var (id, severity, paths) in settings.Rules.Select(r => (r.Key, r.Value, Paths: (string?)null))
            .Concat(settings.Paths.SelectMany(p => p.Rules.Select(r => (r.Key, r.Value, Paths: (string?)p.Pattern.Text))))
            .OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            // A rule whose severity is raised is not an exception.
            if (RuleCatalogue.Find(id) is not { } rule || severity >= (rule.OnByDefault ? rule.Severity : Severity.Off))
                continue;
            var line = Array.FindIndex(lines, text => text.Contains(id, StringComparison.OrdinalIgnoreCase));
            yield return new JsonHeldBack("weight", [id], $"{(severity == Severity.Off ? "turned off"
                : $"weighs as {severity.ToString().ToLowerInvariant()}")}{(paths is null ? "" : $" in {paths}")}", name,
                line < 0 ? null : line, line < 0 ? "" : CommentOf(lines, line), line < 0 ? null : OwnerOf(name, lines[line].Trim()));
        }

        foreach (var ignored in settings.IgnoredFields)
        {
            var what = string.Join(", ", ignored.Paths.Concat(ignored.Managers.Select(manager => $"fields of {manager}")));
            var line = Array.FindIndex(lines, text => ignored.Paths.Concat(ignored.Managers)
                .Any(one => text.Contains(one, StringComparison.Ordinal)));
            yield return new JsonHeldBack("ignored-fields", [], what, name, line < 0 ? null : line,
                line < 0 ? "" : CommentOf(lines, line), line < 0 ? null : OwnerOf(name, lines[line].Trim()));
        }

        foreach (var allowed in settings.AllowedDrift)
        {
            string[] words = [.. allowed.Paths, .. allowed.Managers.Select(manager => manager.Text)];
            var line = Array.FindIndex(lines, text => Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal)));
            yield return new JsonHeldBack("drift", [], string.Join(", ", allowed.Paths.Concat(allowed.Managers
                .Select(manager => $"changes by {manager.Text}"))), name, line < 0 ? null : line,
                allowed.Reason.Length > 0 || line < 0 ? allowed.Reason : CommentOf(lines, line),
                line < 0 ? null : OwnerOf(name, lines[line].Trim()));
        }
    }

    // Settings have no field for a reason; people write it beside the line, or above it.
    private static string CommentOf(string[] lines, int line)
    {
        var own = lines[line].IndexOf(" #", StringComparison.Ordinal);
        if (own >= 0)
            return lines[line][(own + 2)..].Trim();
        return line > 0 && lines[line - 1].TrimStart() is { Length: > 0 } above && above[0] == '#' ? above[1..].Trim() : "";
    }

    // The oldest of the commits in a row, from the newest on, that have the line; none if the newest does not have it.
    private JsonOwner? OwnerOf(string name, string line)
    {
        if (head is null || places.History is not { } history)
            return null;
        if (_last is not var (last, versions) || last != name)
            _last = (name, versions = history.Versions(head, name));
        return versions.TakeWhile(version => version.Lines.Contains(line)).Select(version => version.Commit).LastOrDefault() is { } commit
            ? new JsonOwner(commit.Author, commit.Email, commit.Id, commit.Date) : null;
    }
}
