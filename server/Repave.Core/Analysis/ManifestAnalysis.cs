using System.Collections.Concurrent;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Analysis;

/// <summary>A set of manifests with everything that was found in them and the indexes over them. It never changes: an edit gives the next
/// one, which shares with this one what the edit did not touch, so that whoever holds one may go on with it on any thread.</summary>
public sealed class ManifestAnalysis
{
    private readonly AnalysisOptions _context;

    // Edits since the files were last read as a whole are few: they lie over the others, so that none of those are copied.
    private readonly IReadOnlyDictionary<string, FileAnalysis> _files;
    private readonly Dictionary<string, FileAnalysis?> _edited;
    private readonly IReadOnlyDictionary<string, DialectSet> _sets;
    private readonly ConcurrentDictionary<string, DialectSet> _empty = new(StringComparer.Ordinal);

    // What only the whole set shows, by the document that it is said of.
    private readonly IReadOnlyDictionary<Document, IReadOnlyList<Finding>> _ofSet;
    private readonly bool _forgets;
    private readonly Lazy<ImageLinks> _images;
    private readonly Lazy<MachineImageLinks> _machineImages;

    private ManifestAnalysis(
        AnalysisOptions context,
        IReadOnlyDictionary<string, FileAnalysis> files,
        Dictionary<string, FileAnalysis?> edited,
        IReadOnlyDictionary<string, DialectSet> sets,
        IReadOnlyDictionary<Document, IReadOnlyList<Finding>> ofSet,
        bool forgets,
        Lazy<ImageLinks>? images = null)
    {
        (_context, _files, _edited, _sets, _ofSet, _forgets) = (context, files, edited, sets, ofSet, forgets);
        // While edits lie over the files, those of before are near enough.
        _images = images ?? new Lazy<ImageLinks>(() => ImageLinks.Of([this]));
        _machineImages = new Lazy<MachineImageLinks>(() => MachineImageLinks.Of(Resources, Prepared));
    }

    /// <summary>Which files images are built of, and who runs them.</summary>
    public ImageLinks Images => _images.Value;

    /// <summary>Who builds machine images, and who uses them.</summary>
    public MachineImageLinks MachineImages => _machineImages.Value;

    /// <summary>The same analysis, whose images are also looked for in what was built.</summary>
    /// <param name="built">The analyses of that.</param>
    public ManifestAnalysis Linked(IReadOnlyList<ManifestAnalysis> built) =>
        new(_context, _files, _edited, _sets, _ofSet, _forgets, new Lazy<ImageLinks>(() => ImageLinks.Of([this, .. built])));

    /// <summary>A dialect's resources as they were prepared; null if it has none here.</summary>
    internal DialectSet? Prepared(string dialect) => _sets.GetValueOrDefault(dialect);

    /// <summary>The settings in force.</summary>
    public Settings Settings => _context.Settings;

    /// <summary>The paths of the files.</summary>
    public IEnumerable<string> Paths => Files.Select(f => f.Manifest.Path);

    /// <summary>The files.</summary>
    public IEnumerable<Manifest> Manifests => Files.Select(f => f.Manifest);

    /// <summary>The resources of all files.</summary>
    public IEnumerable<Resource> Resources => Files.SelectMany(f => f.Resources);

    private IEnumerable<FileAnalysis> Files =>
        _edited.Count == 0 ? _files.Values
            : _files.Where(f => !_edited.ContainsKey(f.Key)).Select(f => f.Value).Concat(_edited.Values.OfType<FileAnalysis>());

    /// <summary>An analysis of no files.</summary>
    public static ManifestAnalysis Empty(AnalysisOptions context) =>
        new(context, new Dictionary<string, FileAnalysis>(), [], new Dictionary<string, DialectSet>(),
            new Dictionary<Document, IReadOnlyList<Finding>>(), false);

    /// <summary>Checks manifests as one set.</summary>
    public static ManifestAnalysis Of(
        IReadOnlyList<Manifest> manifests, AnalysisOptions context, CancellationToken cancellation = default) =>
        Of(manifests.Count, i => manifests[i], context, cancellation);

    /// <summary>Checks manifests as one set, once.</summary>
    public static CheckResult Check(IReadOnlyList<Manifest> manifests, AnalysisOptions context, CancellationToken cancellation = default) =>
        Of(manifests, context, cancellation).Result(manifests.Count);

    /// <summary>Checks manifests as one set, asking for each just before it is read.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="manifest">The manifest of an index, or null if it turned out to hold nothing; called by several threads.</param>
    /// <param name="context">What the analysis is made with.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static ManifestAnalysis Of(
        int count, Func<int, Manifest?> manifest, AnalysisOptions context, CancellationToken cancellation = default)
    {
        var barrier = new RuleBarrier();
        var reader = new DocumentReader(context, barrier);
        // Trees are many times as large as their texts. Of a large set only those that are being looked at are held.
        var forgets = count > context.TreesHeld;
        var read = new FileAnalysis?[count];
        RuleBarrier.ForEach(
            count,
            (i, watch) =>
            {
                if (manifest(i) is not { } one)
                    return;
                var file = reader.Read(one, watch);
                if (forgets)
                    Forget(file);
                if (!watch.IsLeft)
                    read[i] = file;
            },
            cancellation);
        var files = read.OfType<FileAnalysis>().ToArray();
        var sets = Prepare(files, context, cancellation);
        RuleBarrier.ForEach(
            files.Length,
            (i, watch) =>
            {
                var file = files[i];
                if (file.Resources.Count == 0)
                    return;
                if (forgets)
                    Keep(file);
                var after = new FileAnalysis(file.Manifest,
                    [.. file.Documents.Select(d => reader.Check(file.Manifest, d, sets, watch))], file.Whole);
                if (forgets)
                    Forget(file);
                if (!watch.IsLeft)
                    files[i] = after;
            },
            cancellation);
        return Make(files, context, sets, barrier, forgets);
    }

    /// <summary>Reads the files anew that are given, takes those out that are named, and makes everything that the others say of them right
    /// again. Documents that are the same objects as before, and whose check saw nothing else that changed, are not looked at.</summary>
    /// <param name="changed">Files that are new or have changed.</param>
    /// <param name="removed">The paths of files that are gone.</param>
    /// <param name="cancellation">Ends it early.</param>
    public ManifestAnalysis Settle(
        IReadOnlyList<Manifest> changed, IReadOnlyCollection<string> removed, CancellationToken cancellation = default)
    {
        var barrier = new RuleBarrier();
        var reader = new DocumentReader(_context, barrier);
        var gone = new HashSet<string>(removed, StringComparer.Ordinal);
        var next = new Dictionary<string, FileAnalysis>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            if (!gone.Contains(file.Manifest.Path))
                next[file.Manifest.Path] = file;
        }

        var read = new FileAnalysis?[changed.Count];
        RuleBarrier.ForEach(
            changed.Count,
            (i, watch) =>
            {
                next.TryGetValue(changed[i].Path, out var before);
                var file = Reread(reader, changed[i], before, null, watch);
                if (!watch.IsLeft)
                    read[i] = file;
            },
            cancellation);
        foreach (var file in read.OfType<FileAnalysis>())
            next[file.Manifest.Path] = file;
        // In one order whatever came when, because of two resources that contradict each other the later is blamed.
        var files = next.Values.OrderBy(f => f.Manifest.Path, StringComparer.Ordinal).ToArray();
        var forgets = files.Length > _context.TreesHeld;
        var sets = Prepare(files, _context, cancellation);
        RuleBarrier.ForEach(
            files.Length,
            (i, watch) =>
            {
                var file = files[i];
                if (file.Resources.Count == 0 || !file.Documents.Any(d => MustCheck(d, sets)))
                    return;
                var after = new FileAnalysis(
                    file.Manifest,
                    [.. file.Documents.Select(d => MustCheck(d, sets) ? reader.Check(file.Manifest, d, sets, watch) : d)], file.Whole);
                if (forgets)
                    Forget(file);
                if (!watch.IsLeft)
                    files[i] = after;
            },
            cancellation);
        return Make(files, _context, sets, barrier, forgets);
    }

    /// <summary>The analysis after an edit of one file. Only the documents that it touches are read and checked; what the others mean to
    /// the rest of the set is found by <see cref="Settle"/>.</summary>
    /// <param name="manifest">The file as it is now.</param>
    public ManifestAnalysis With(Manifest manifest)
    {
        var barrier = new RuleBarrier();
        var reader = new DocumentReader(_context, barrier);
        FileAnalysis? after = null;
        RuleBarrier.ForEach(
            1,
            (_, watch) =>
            {
                var file = Reread(reader, manifest, FileOf(manifest.Path), this, watch);
                if (!watch.IsLeft)
                    after = file;
            },
            CancellationToken.None);
        var edited = new Dictionary<string, FileAnalysis?>(_edited, StringComparer.Ordinal) { [manifest.Path] = after };
        return new ManifestAnalysis(_context, _files, edited, _sets, _ofSet, _forgets, _images);
    }

    /// <summary>The analysis without a file.</summary>
    public ManifestAnalysis Without(string path) =>
        FileOf(path) is null ? this : new ManifestAnalysis(_context, _files,
            new Dictionary<string, FileAnalysis?>(_edited, StringComparer.Ordinal) { [path] = null }, _sets, _ofSet, _forgets, _images);

    /// <summary>A file; null if it is not among them.</summary>
    public Manifest? ManifestOf(string path) => FileOf(path)?.Manifest;

    /// <summary>The resources of a file.</summary>
    public IReadOnlyList<Resource> ResourcesOf(string path) => FileOf(path)?.Resources ?? [];

    /// <summary>A dialect's resources: shapes, references, names.</summary>
    public DialectSet Of(string dialect) =>
        _sets.TryGetValue(dialect, out var set) ? set
            : _empty.GetOrAdd(dialect, name => DialectCatalogue.Of(name).Prepare(new ResourceSet([]), [], Settings));

    /// <summary>What was found in a file, in the order of its text; comments and settings are obeyed.</summary>
    public IReadOnlyList<Finding> Findings(string path) => FileOf(path) is { } file ? Findings(file) : [];

    /// <summary>Everything that was found, with the numbers of what was read.</summary>
    /// <param name="files">How many files were looked at, those that hold nothing included.</param>
    /// <param name="beside">The paths of files that were only read because others are not read rightly without them; nothing is said of
    /// these.</param>
    public CheckResult Result(int files, IReadOnlyCollection<string>? beside = null)
    {
        var unsaid = new HashSet<string>(beside ?? [], StringComparer.Ordinal);
        var all = Files.Where(file => !unsaid.Contains(file.Manifest.Path)).ToArray();
        var findings = new IReadOnlyList<Finding>[all.Length];
        Parallel.For(0, all.Length, i => findings[i] = Findings(all[i]));
        var documents = all.SelectMany(f => f.Documents).ToList();
        return new CheckResult(files, documents.Count(d => d.IsMine), all.Sum(f => f.Resources.Count), documents.Count(d => d.IsTemplate),
            [.. findings.SelectMany(f => f)]);
    }

    /// <summary>What was found when a resource's document was checked: the same object for as long as it was not checked again.
    /// For tests.</summary>
    internal object? FoundOf(Resource resource) =>
        FileOf(resource.Manifest.Path)?.Documents.First(d => d.Slot.Document == resource.Slot.Document).Looked;

    private static ManifestAnalysis Make(
        FileAnalysis[] files, AnalysisOptions context, IReadOnlyDictionary<string, DialectSet> sets, RuleBarrier barrier, bool forgets)
    {
        var byPath = new Dictionary<string, FileAnalysis>(files.Length, StringComparer.Ordinal);
        foreach (var file in files)
            byPath[file.Manifest.Path] = file;
        return new ManifestAnalysis(context, byPath, [], sets, CheckSets(files, context, sets, barrier), forgets);
    }

    private static IReadOnlyDictionary<string, DialectSet> Prepare(
        FileAnalysis[] files, AnalysisOptions context, CancellationToken cancellation)
    {
        Manifest[] manifests = [.. files.Select(f => f.Manifest), .. context.Surroundings];
        var sets = new ConcurrentDictionary<string, DialectSet>(StringComparer.Ordinal);
        var dialects = DialectCatalogue.All;
        RuleBarrier.ForEach(
            dialects.Count,
            (i, watch) =>
            {
                var dialect = dialects[i];
                var set = new ResourceSet(files.SelectMany(f => f.Resources).Where(r => r.Id.Dialect == dialect.Name));
                var piece = (object)(dialect.Name, "preparing", manifests);
                // Without its set a dialect's resources are read and not checked.
                if (set.All.Count == 0 || !RuleBarrier.MayRun(piece, out _))
                    return;
                watch.Enter(piece, PrepareTimes);
                try
                {
                    var prepared = dialect.Prepare(set, manifests, context.Settings);
                    if (!watch.IsLeft)
                        sets[dialect.Name] = prepared;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    RuleBarrier.Stop(piece);
                }

                watch.Leave();
            },
            cancellation);
        return sets;
    }

    // Preparing looks at every resource of the set.
    private const int PrepareTimes = 12;

    private static Dictionary<Document, IReadOnlyList<Finding>> CheckSets(
        FileAnalysis[] files, AnalysisOptions context, IReadOnlyDictionary<string, DialectSet> sets, RuleBarrier barrier)
    {
        var found = new ConcurrentDictionary<Document, FindingSink>();
        FindingSink SinkOf(Resource resource) =>
            found.GetOrAdd(resource.Slot.Document, _ => new FindingSink(resource.Manifest, resource.Slot, context.Settings));
        var dialects = files.SelectMany(f => f.Resources).GroupBy(r => r.Id.Dialect).Select(g => (Name: g.Key, First: g.First())).ToList();
        CheckEach(dialects, files, sets, barrier, SinkOf);
        // What one dialect's resources build may be what another's look for; by now each has said what it has to.
        CheckMachineImages(files, sets, SinkOf);
        var all = found.Where(f => f.Value.Findings.Count > 0).ToDictionary(f => f.Key, f => f.Value.Findings);
        foreach (var (document, findings) in RenderedFindings.Of(files, context, sets))
            all[document] = [.. all.GetValueOrDefault(document) ?? [], .. findings];
        return all;
    }

    private static void CheckMachineImages(
        FileAnalysis[] files, IReadOnlyDictionary<string, DialectSet> sets, Func<Resource, FindingSink> sinkOf) =>
        RuleBarrier.ForEach(
            sets.Values.Any(static set => set is IMachineImages) ? 1 : 0,
            (_, watch) =>
            {
                var piece = (object)("machine images", files);
                if (!RuleBarrier.MayRun(piece, out var _))
                    return;
                watch.Enter(piece, PrepareTimes);
                try
                {
                    MachineImageLinks.Of(files.SelectMany(f => f.Resources), sets.GetValueOrDefault).Check(sinkOf);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    RuleBarrier.Stop(piece);
                }

                watch.Leave();
            },
            CancellationToken.None);

    private static void CheckEach(List<(string Name, Resource First)> dialects, FileAnalysis[] files,
        IReadOnlyDictionary<string, DialectSet> sets, RuleBarrier barrier, Func<Resource, FindingSink> sinkOf) =>
        RuleBarrier.ForEach(
            dialects.Count,
            (i, watch) =>
            {
                var (name, first) = dialects[i];
                var piece = (object)(name, "set", files);
                if (!sets.TryGetValue(name, out var set) || !RuleBarrier.MayRun(piece, out var reason))
                {
                    RuleFailed.Report(sinkOf(first), first, $"Checking {name} resources as a set", "it did not come to its end");
                    return;
                }

                watch.Enter(piece, PrepareTimes);
                try
                {
                    set.CheckSet(sinkOf);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    if (barrier.SayOnce(piece, watch))
                        RuleFailed.Report(sinkOf(first), first, $"Checking {name} resources as a set", exception.GetType().Name);
                }

                watch.Leave();
            },
            CancellationToken.None);

    private bool MustCheck(DocumentAnalysis document, IReadOnlyDictionary<string, DialectSet> sets)
    {
        if (document.Looked.Length != document.Resources.Count)
            return true;
        for (var i = 0; i < document.Resources.Count; i++)
        {
            var resource = document.Resources[i];
            if (!_sets.TryGetValue(resource.Id.Dialect, out var before) || !sets.TryGetValue(resource.Id.Dialect, out var after)
                || !after.SeesTheSame(resource, document.Looked[i], before))
                return true;
        }

        return false;
    }

    // Documents that are the same objects as before are kept, and moved; the others are read, and checked if there is something to
    // check with.
    private static FileAnalysis Reread(
        DocumentReader reader, Manifest manifest, FileAnalysis? before, ManifestAnalysis? with, RuleBarrier.Watch watch)
    {
        var known = new Dictionary<Document, DocumentAnalysis>();
        foreach (var document in before?.Documents ?? [])
            known[document.Slot.Document] = document;
        var documents = new List<DocumentAnalysis>(manifest.Source.Documents.Count);
        foreach (var slot in manifest.Source.Documents)
        {
            if (known.TryGetValue(slot.Document, out var same))
            {
                documents.Add(same.In(manifest, slot));
                continue;
            }

            var read = reader.Read(manifest, slot, watch);
            if (with is not null)
            {
                foreach (var resource in read.Resources)
                    with.Of(resource.Id.Dialect).Adopt(resource);
                read = reader.Check(manifest, read, with.SetsFor(read), watch);
            }

            documents.Add(read);
        }

        return new FileAnalysis(manifest, documents, reader.ReadWhole(manifest));
    }

    private IReadOnlyDictionary<string, DialectSet> SetsFor(DocumentAnalysis document) =>
        document.Resources.All(r => _sets.ContainsKey(r.Id.Dialect))
            ? _sets
            : document.Resources.Select(r => r.Id.Dialect).Distinct().ToDictionary(name => name, Of, StringComparer.Ordinal);

    private FileAnalysis? FileOf(string path) =>
        _edited.TryGetValue(path, out var edited) ? edited : _files.TryGetValue(path, out var file) ? file : null;

    private IReadOnlyList<Finding> Findings(FileAnalysis file)
    {
        var findings = new List<Finding>(file.Whole);
        foreach (var document in file.Documents)
        {
            findings.AddRange(document.Read);
            findings.AddRange(document.Found);
            if (_ofSet.TryGetValue(document.Slot.Document, out var ofSet))
                findings.AddRange(ofSet.Select(f => f.Manifest == file.Manifest ? f : f.In(file.Manifest, document.Slot)));
        }

        if (findings.Count > 0 && file.Resources is [IImageStage, ..] && Images.RelatedTo(file.Manifest.Path) is { Count: > 0 } users)
            findings = findings.ConvertAll(f => f with { Related = [.. f.Related, .. users] });
        return [.. Suppressions.Apply(file.Manifest, findings, Settings).OrderBy(f => f.FileSpan.Start)
            .ThenBy(f => f.Rule.Id, StringComparer.Ordinal)];
    }

    private static void Forget(FileAnalysis file)
    {
        foreach (var document in file.Documents)
            document.Slot.Document.Forget();
    }

    private static void Keep(FileAnalysis file)
    {
        foreach (var document in file.Documents)
        {
            if (document.Resources.Count > 0)
                document.Slot.Document.Keep();
        }
    }
}
