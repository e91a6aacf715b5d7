using System.Text.Json;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>Checks that files, plan and record belong together: the record bears its own digest, the files have the digests that it
/// gives, and planning again gives the plan that it holds.</summary>
internal sealed class Verification(RecordFile record, IReadOnlyList<string> paths, bool isFilesOnly)
{
    private const int MaxDifferences = 5;
    private const int ShortHash = 12;

    private readonly List<JsonVerificationProblem> _problems = [];
    private readonly List<string> _notes = [];
    private int _files;

    /// <summary>Checks.</summary>
    public JsonVerification Run()
    {
        _problems.AddRange(record.Problems.Select(problem => new JsonVerificationProblem("record", null, problem)));
        var single = paths.Where(path => SafeFiles.KindOf(path) is not FileKind.Folder).ToList();
        if (single.Find(path => SafeFiles.KindOf(path) == FileKind.Absent) is { } missing)
            throw new CommandException($"there is no file or folder '{missing}'.");
        var subject = record.Statement.Subject;
        if (single.Count > 0)
        {
            foreach (var path in single)
                CompareOne(path, subject);
        }

        var folders = paths.Except(single).ToList();
        if (single.Count == 0 || folders.Count > 0)
        {
            var root = folders.Count > 0 ? folders : [GitHistory.Open(Environment.CurrentDirectory)?.Root ?? Environment.CurrentDirectory];
            foreach (var file in subject)
                Compare(file, root);
            foreach (var baseline in record.Statement.Predicate.Record.Baselines)
                Compare(baseline, root);
            if (!isFilesOnly)
                Replan(root);
        }

        var planned = _notes.Count == 0 && !isFilesOnly && single.Count == 0 ? ", and planning again gives the same plan" : "";
        return new JsonVerification(1, _problems.Count == 0 ? "verified" : "failed", _problems.Count == 0
            ? $"the record is as it was written, {PlanWords.Plural(_files, "file")} "
                + $"{(_files == 1 ? "has its digest" : "have their digests")}{planned}."
            : $"{PlanWords.Plural(_files, "file")} compared.", _files, [.. _problems], [.. _notes]);
    }

    // A file that is named itself is looked up by the end of its name.
    private void CompareOne(string path, JsonSubject[] subject)
    {
        var name = new RecordPlaces().NameOf(path);
        var full = Path.GetFullPath(path).Replace('\\', '/');
        var file = Array.Find(subject, s => s.Name == name)
            ?? subject.Where(s => full.EndsWith("/" + s.Name, StringComparison.Ordinal)).MaxBy(s => s.Name.Length);
        if (file is null)
            Problem("file", path, "is not in the record.");
        else
            CompareWith(file, path);
    }

    private void Compare(JsonSubject file, IReadOnlyList<string> roots)
    {
        if (file.Name == InputFiles.StandardInput)
        {
            _notes.Add("What came from standard input is not here to be compared.");
            return;
        }

        if (file.Digest.Sha256 is null)
            return;
        var place = roots.Select(root => Path.Combine(root, file.Name)).FirstOrDefault(p => SafeFiles.KindOf(p) != FileKind.Absent);
        if (place is null)
            Problem("file", file.Name, "is gone; the record says "
                + $"{Short(file.Digest.Sha256)}.");
        else if (!IsRecord(file, place))
            CompareWith(file, place);
    }

    // Where a shell writes the record into a planned folder, it lies there empty while the inputs are read.
    private bool IsRecord(JsonSubject file, string place) =>
        file.Digest.Sha256 == RecordPlaces.DigestOf([]) && Path.GetFullPath(place) == Path.GetFullPath(record.Path);

    private void CompareWith(JsonSubject file, string place)
    {
        try
        {
            _files++;
            var digest = RecordPlaces.DigestOf(SafeFiles.ReadBytes(place));
            if (digest != file.Digest.Sha256)
                Problem("file", file.Name,
                    $"was changed: its SHA-256 is {Short(digest)}, and the record says {Short(file.Digest.Sha256 ?? "nothing")}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Problem("file", file.Name, $"cannot be read: {Complaints.ReasonOf(exception)}.");
        }
    }

    private void Compare(JsonBaselineFiles baseline, IReadOnlyList<string> roots)
    {
        if (baseline.Live)
            return;
        if (baseline.Commit is not { } commit)
        {
            foreach (var file in baseline.Files)
                Compare(file, roots);
            return;
        }

        // Of a commit, the hash says it all; that it is here is what is left to see.
        if (GitHistory.Open(roots[0]) is not { } history || history.Resolve(commit) is null)
        {
            Problem("baseline", null, $"The baseline {baseline.Name} was commit {Short(commit)}, which this repository does not have.");
            return;
        }

        var blobs = history.Read(commit, [.. baseline.Files.Select(file => file.Name)]);
        foreach (var (file, bytes) in baseline.Files.Zip(blobs))
        {
            _files++;
            if (file.Digest.Sha256 != (bytes is null ? null : RecordPlaces.DigestOf(bytes)))
                Problem("baseline", file.Name, $"is another in commit {Short(commit)} than the record says.");
        }
    }

    private void Replan(IReadOnlyList<string> roots)
    {
        var statement = record.Statement;
        var told = statement.Predicate.Record;
        if (Array.Exists(told.Baselines, b => b.Live))
        {
            _notes.Add("It was planned against a live environment, which is not the same any more: the plan was not made again.");
            return;
        }

        if (told.Request.Arguments.Contains("--live"))
        {
            _notes.Add("It was planned against a live environment: the plan was not made again.");
            return;
        }

        if (told.Request.Arguments is not ["plan", ..] || told.Request.Arguments.Contains(InputFiles.StandardInput))
        {
            _notes.Add("What was planned came from standard input: the plan was not made again.");
            return;
        }

        if (told.Request.Arguments.Contains("--staged"))
        {
            _notes.Add("It was planned from what was staged then: the plan was not made again.");
            return;
        }

        // Providers are programs of the folder; a record may not start them.
        if (told.Request.Arguments.Contains("--ask-providers"))
        {
            _notes.Add("Providers were asked for it, which a record may not start: the plan was not made again.");
            return;
        }

        var folder = Path.GetFullPath(Path.Combine(roots[0], told.Request.Folder));
        if (Path.IsPathRooted(told.Request.Folder) || told.Request.Folder.Split('/').Contains("..") || !Directory.Exists(folder))
        {
            Problem("plan", null, $"The record was made in the folder '{told.Request.Folder}', which is not here.");
            return;
        }

        if (told.Tool.Version != RecordMaker.Version)
            _notes.Add($"The record was made by {told.Tool.Name} {told.Tool.Version}, and this is {RecordMaker.Version}, "
                + "which may plan differently.");
        var here = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder;
            var commits = told.Baselines.Where(b => b.Commit is not null).ToDictionary(b => b.Name, b => b.Commit!, StringComparer.Ordinal);
            Compare(PlanCommand.Remake(new RecordBefore(told.When, told.Who, told.Why.Head, told.Request.Arguments), commits));
        }
        catch (CommandException exception)
        {
            Problem("plan", null, $"It cannot be planned again: {string.Join(" ", exception.Reasons)}");
        }
        finally
        {
            Environment.CurrentDirectory = here;
        }
    }

    private void Compare(JsonStatement again)
    {
        var known = record.Statement.Subject.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var added in again.Subject.Where(s => !known.Contains(s.Name)))
            Problem("file", added.Name, "is planned now, and is not in the record.");
        var now = again.Subject.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in known.Where(name => !now.Contains(name) && !_problems.Exists(p => p.File == name)))
            Problem("file", gone, "is in the record, and is not planned any more.");
        var predicate = record.Root.GetProperty("predicate");
        using var fresh = JsonDocument.Parse(Statement.Bytes(again, RecordJsonContext.Default.JsonStatement));
        var mine = fresh.RootElement.GetProperty("predicate");
        Differences("The plan is another", predicate.GetProperty("plan"), mine.GetProperty("plan"));
        foreach (var part in predicate.GetProperty("record").EnumerateObject())
        {
            // The version is said above; what is not committed is by now, as it should be.
            if (part.Name is "tool" or "when" or "who" or "request" or "drift"
                || !mine.GetProperty("record").TryGetProperty(part.Name, out var other))
                continue;
            if (part.Name == "why")
                Differences("The commits of the change are others", part.Value.GetProperty("commits"), other.GetProperty("commits"));
            else
                Differences($"The record's {Words(part.Name)} is another", part.Value, other);
        }
    }

    private static string Words(string part) => part switch
    {
        "back" => "way back",
        "controls" => "list of controls",
        "exceptions" => "list of exceptions",
        "baselines" => "baseline",
        _ => part,
    };

    private void Differences(string what, JsonElement told, JsonElement found)
    {
        if (Statement.Bytes(told).AsSpan().SequenceEqual(Statement.Bytes(found)))
            return;
        var places = new List<string>();
        Walk("", told, found, places);
        // Where a file was changed the rest follows from it.
        var more = places.Count > MaxDifferences ? "; …" : "";
        Problem("plan", null, $"{what} now ({string.Join("; ", places.Take(MaxDifferences))}{more}).");
    }

    private static void Walk(string path, JsonElement told, JsonElement found, List<string> places)
    {
        if (places.Count > MaxDifferences)
            return;
        if (told.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in told.EnumerateObject())
            {
                if (found.TryGetProperty(property.Name, out var other))
                    Walk($"{path}.{property.Name}", property.Value, other, places);
                else
                    places.Add($"{path[Math.Min(1, path.Length)..]}.{property.Name} is gone".TrimStart('.'));
            }

            places.AddRange(found.EnumerateObject().Where(p => !told.TryGetProperty(p.Name, out _))
                .Select(p => $"{path}.{p.Name} is new".TrimStart('.')));
        }
        else if (told.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array)
        {
            if (told.GetArrayLength() != found.GetArrayLength())
                places.Add($"{path.TrimStart('.')} has {found.GetArrayLength()} entries, not {told.GetArrayLength()}");
            else
                foreach (var (pair, i) in told.EnumerateArray().Zip(found.EnumerateArray()).Select((pair, i) => (pair, i)))
                    Walk($"{path}[{i}]", pair.First, pair.Second, places);
        }
        else if (!Statement.Bytes(told).AsSpan().SequenceEqual(Statement.Bytes(found)))
        {
            places.Add($"{path.TrimStart('.')}: {Cut(found)}, not {Cut(told)}");
        }
    }

    private static string Cut(JsonElement value)
    {
        const int most = 60;
        var text = value.GetRawText();
        return text.Length <= most ? text : text[..most] + "…";
    }

    private static string Short(string hash) => hash.Length <= ShortHash ? hash : hash[..ShortHash] + "…";

    private void Problem(string kind, string? file, string message) => _problems.Add(new JsonVerificationProblem(kind, file, message));
}
