using System.Reflection;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>What an earlier record says of its own call, for making it again: what no later call finds out by itself.</summary>
/// <param name="When">Its time.</param>
/// <param name="Who">Who asked.</param>
/// <param name="Head">The newest commit of then.</param>
/// <param name="Arguments">The arguments of the call.</param>
internal sealed record RecordBefore(JsonWhen When, JsonWho Who, string? Head, string[] Arguments);

/// <summary>Makes the record of a change: the plan, and who, what, why, when, from what, under which policy.</summary>
internal sealed class RecordMaker
{
    private const string GitPrefix = "git:";
    private const int MaxCommits = 500;
    // Longer command lines are refused by systems; then all commits are asked for.
    private const int MaxNames = 400;

    private readonly RecordPlaces _places = new();
    private readonly BaselineRequest _request;
    private readonly IReadOnlyList<EnvironmentPlan> _plans;
    private readonly RecordBefore? _before;

    private RecordMaker(BaselineRequest request, IReadOnlyList<EnvironmentPlan> plans, RecordBefore? before) =>
        (_request, _plans, _before) = (request, plans, before);

    /// <summary>The version of this tool.</summary>
    public static string Version { get; } =
        typeof(RecordMaker).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The statement on plans.</summary>
    /// <param name="request">What was planned.</param>
    /// <param name="plans">The plans.</param>
    /// <param name="arguments">The arguments of the call.</param>
    /// <param name="failOn">What <c>--fail-on</c> says.</param>
    /// <param name="failing">The actions that it names.</param>
    /// <param name="before">The record that is made again; null for a new one.</param>
    /// <exception cref="CommandException">A file changed meanwhile.</exception>
    public static JsonStatement Make(BaselineRequest request, IReadOnlyList<EnvironmentPlan> plans, string[] arguments, string failOn,
        IReadOnlySet<PlanAction> failing, RecordBefore? before = null) =>
        new RecordMaker(request, plans, before).Make(arguments, failOn, failing);

    private JsonStatement Make(string[] arguments, string failOn, IReadOnlySet<PlanAction> failing)
    {
        var manifests = _plans.SelectMany(plan => plan.Desired).ToList();
        var subject = Inputs(manifests);
        var baselines = _plans.Select(plan => plan.Baseline).DistinctBy(baseline => baseline.Name).Select(Files).ToArray();
        var head = _before is null ? _places.History?.Resolve("HEAD") : _before.Head;
        var why = Why(subject, baselines, head, out var newest);
        var policy = RecordPolicy.Of(_request, _plans, failOn, failing, _places, out var findings);
        var isLive = Array.Exists(baselines, baseline => baseline.Live);
        var record = new JsonRecord(
            new JsonTool("repave", Version),
            new JsonRequest(_before?.Arguments ?? arguments, _places.History?.Prefix ?? ""),
            _before?.When ?? RecordTime.Of(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), isLive, newest, DateTimeOffset.UtcNow),
            _before?.Who ?? Who(why),
            why,
            baselines,
            policy,
            RecordPolicy.ControlsOf(policy, findings),
            new RecordExceptions(_places, _request.Settings, _request.SettingsFile, head).Of(manifests),
            Back(),
            isLive || _plans.Any(plan => DriftFinder.IsSaidBy(plan.Baseline)) ? Drift() : null);
        return Statement.Of(subject, record, PlanJson.Of(_plans));
    }

    private JsonSubject[] Inputs(List<Manifest> manifests)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var manifest in manifests.Where(m => m.Origin is null))
            texts.TryAdd(manifest.Path, manifest.Source.Text.Content);
        IEnumerable<string> files = [.. RecordPlaces.FilesOf(manifests), .. _plans.SelectMany(plan => plan.Read)];
        // A subject is known by its digest; what could not be read the plan says.
        JsonSubject[] subject = [.. _places.Digests(files, texts, _request.IsStaged).Where(one => one.Digest.Sha256 is not null)];
        // The settings are the disk's also where what is planned is not.
        return _request.SettingsFile is not { } settings ? subject
            : [.. subject.Concat(_places.Digests([settings], new Dictionary<string, string>(), isStaged: false))
                .DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    private JsonBaselineFiles Files(Baseline baseline)
    {
        if (!baseline.IsEarlierState)
            return new JsonBaselineFiles(baseline.Name, null, true, []);
        var all = _plans.Where(plan => plan.Baseline.Name == baseline.Name).SelectMany(plan => plan.Baseline.Manifests).ToList();
        var files = RecordPlaces.FilesOf(all);
        if (!baseline.Name.StartsWith(GitPrefix, StringComparison.Ordinal))
            return new JsonBaselineFiles(baseline.Name, null, false,
                _places.Digests(files, new Dictionary<string, string>(), isStaged: false));
        var commit = _places.History?.Resolve(_request.RevisionOf(baseline.Name));
        var names = files.Select(_places.NameOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var blobs = commit is null ? [] : _places.History!.Read(commit, names);
        return new JsonBaselineFiles(baseline.Name, commit, false,
            [.. names.Select((name, i) => new JsonSubject(name, new JsonDigest(blobs.Count > i && blobs[i] is { } bytes
                ? RecordPlaces.DigestOf(bytes) : null)))]);
    }

    private JsonWhy Why(JsonSubject[] subject, JsonBaselineFiles[] baselines, string? head, out GitCommit? newest)
    {
        newest = null;
        if (head is null || _places.History is not { } history)
            return new JsonWhy(null, [], false, []);
        var names = (_request.Paths.Count == 0 ? ["."] : _request.Paths).Where(path => path != InputFiles.StandardInput)
            .Select(history.NameOf).OfType<string>().ToList();
        // What is built may be built from files elsewhere; settings are the measure, and not what is changed.
        var settings = _request.SettingsFile is { } file ? _places.NameOf(file) : null;
        names.AddRange(subject.Select(s => s.Name).Where(name => name != settings).Concat(NamesAt(baselines))
            .Where(name => name != InputFiles.StandardInput && !name.StartsWith("../", StringComparison.Ordinal)
                && !names.Exists(given => given.Length == 0 || name == given || name.StartsWith(given + "/", StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal).ToList());
        if (names.Contains("", StringComparer.Ordinal) || names.Count > MaxNames)
            names = [""];
        var from = baselines.Select(b => b.Commit).FirstOrDefault(commit => commit is not null);
        var most = from is null ? 1 : MaxCommits;
        var commits = names.Count == 0 ? [] : history.Commits(from, head, names, isFirstParent: false, most, out _) ?? [];
        newest = commits.Count > 0 ? commits[0] : from is null ? null
            : history.Commits(null, from, names, isFirstParent: false, 1, out _)?.FirstOrDefault();
        return new JsonWhy(head, [.. commits.Select(c => new JsonCommit(c.Id, c.Author, c.Email, c.Date, c.Subject, c.Body))],
            from is not null, Uncommitted(history, head, subject, baselines));
    }

    // The files of baselines that are commits.
    private static IEnumerable<string> NamesAt(JsonBaselineFiles[] baselines) =>
        baselines.Where(b => b.Commit is not null).SelectMany(b => b.Files.Select(f => f.Name));

    // A file that git stores otherwise than it lies on the disk (line ends) is as committed all the same.
    private static string[] Uncommitted(GitHistory history, string head, JsonSubject[] subject, JsonBaselineFiles[] baselines)
    {
        var names = subject.Select(s => s.Name).Where(name => name != InputFiles.StandardInput).ToList();
        var gone = NamesAt(baselines).Except(names, StringComparer.Ordinal)
            .Where(name => SafeFiles.KindOf(Path.Combine(history.Root, name)) == FileKind.Absent).ToList();
        var committed = history.Read(head, [.. names, .. gone]);
        var found = names.Where((name, i) => committed[i] is not { } bytes || !IsSame(history, name, subject, bytes)).ToList();
        found.AddRange(gone.Where((_, i) => committed[names.Count + i] is not null));
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static bool IsSame(GitHistory history, string name, JsonSubject[] subject, byte[] committed)
    {
        var digest = Array.Find(subject, s => s.Name == name)!.Digest.Sha256;
        if (digest == RecordPlaces.DigestOf(committed))
            return true;
        try
        {
            return SafeFiles.ReadBytes(Path.Combine(history.Root, name)) is var bytes && digest == RecordPlaces.DigestOf(bytes)
                && bytes.Where(b => b != '\r').SequenceEqual(committed.Where(b => b != '\r'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private JsonWho Who(JsonWhy why) => new(
        [.. why.Commits.Select(c => new JsonPerson(c.Author, c.Email)).Distinct()],
        why.Uncommitted.Length > 0 && _places.History?.User() is { } user ? new JsonPerson(user.Name, user.Email) : null,
        CiIdentity.Of(Environment.GetEnvironmentVariable));

    private JsonWayBack Back()
    {
        var changes = _plans.SelectMany(plan => BackWords.Of(plan.Plan)).ToList();
        var worst = changes.Count == 0 ? BackHow.Nothing : changes.Max(c => c.Back!.How);
        var lines = _plans.Select(plan => (plan.Name, Line: BackWords.Line(plan.Plan))).Where(one => one.Line is not null).ToList();
        return new JsonWayBack(WayBack.NameOf(worst), lines.Count == 0 ? "Going back changes nothing."
            : string.Join(" ", lines.Select(one => _plans.Count == 1 ? one.Line
                : $"In {one.Name}: {char.ToLowerInvariant(one.Line![0])}{one.Line[1..]}")));
    }

    private JsonDrift Drift()
    {
        var notes = new List<string>();
        var found = _plans.Where(plan => DriftFinder.IsSaidBy(plan.Baseline))
            .SelectMany(plan => DriftFinder.Find(plan.Desired, plan.Baseline, _request.Settings,
                new PlanOptions { Namespace = _request.Namespace, Versions = _request.Versions }, notes))
            .Where(item => !item.IsAllowed).Select(DriftCommand.Of).ToArray();
        return new JsonDrift(1, found, [.. notes.Distinct(StringComparer.Ordinal)]);
    }
}
