using System.Collections.Concurrent;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Environments;
using Repave.Environments.Terraform;
using Repave.Schemas;

namespace Repave.LanguageServer;

/// <summary>The manifests of the client's folders: those that are open as the client has them, the others as they are on the disk. Its
/// state is one analysis, which never changes: an edit, or a round in the background, puts the next one in its place, so whoever asks takes
/// the present one and waits for nobody.</summary>
internal sealed class Workspace
{
    // Held by those who put a new state in place, for as long as that takes an edit; never by those who only ask.
    private readonly Lock _writing = new();
    private IReadOnlyList<string> _folders = [];
    private IReadOnlyDictionary<string, OpenDocument> _open = new Dictionary<string, OpenDocument>();
    private ManifestAnalysis _analysis = ManifestAnalysis.Empty(new AnalysisOptions(Settings.Default));
    private AnalysisOptions _context = new(Settings.Default);
    private IReadOnlyList<Manifest> _definitions = [];

    // The paths of definitions that the present state holds.
    private HashSet<string> _included = new(StringComparer.Ordinal);

    // The paths of files that only their tool reads with others (what .gitignore leaves out of a Terraform module).
    private HashSet<string> _beside = new(StringComparer.Ordinal);

    // Files that changed on the disk, and were not read since; true for those that were closed, of which it is not known whether they
    // belong here.
    private Dictionary<string, bool> _changed = new(StringComparer.Ordinal);
    private bool _mustReadAll = true;
    private bool _mustSettle;
    private int _generation;
    private bool _isChecked;

    /// <summary>The settings in force.</summary>
    public Settings Settings => _context.Settings;

    /// <summary>The file that the settings in force stand in; null if there is none.</summary>
    public string? SettingsPath { get; private set; }

    /// <summary>The folder that the settings' paths start in, from the first folder; empty for that itself.</summary>
    public string SettingsFolder { get; private set; } = "";

    /// <summary>The folders, the first of which settings and paths start from.</summary>
    public IReadOnlyList<string> Folders => Volatile.Read(ref _folders);

    /// <summary>Folders below the folder that the client names by themselves: their files are theirs.</summary>
    public IReadOnlyList<string> Inner { get; set; } = [];

    /// <summary>Whether processes may be started: only in a workspace of which the client says that its user trusts it.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>Files that could not be read, or that a sparse checkout leaves out.</summary>
    public IReadOnlyList<UnreadFile> Unread { get; private set; } = [];

    /// <summary>Grows with every change.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>The present state.</summary>
    public ManifestAnalysis Analysis => Volatile.Read(ref _analysis);

    /// <summary>The open documents.</summary>
    public IReadOnlyList<OpenDocument> Open => [.. Volatile.Read(ref _open).Values];

    /// <summary>All manifests, those that are open as they are there.</summary>
    public IReadOnlyList<Manifest> Manifests => [.. Analysis.Manifests.Where(m => !IsFromEnvironment(m.Path) && !IsBeside(m.Path))];

    /// <summary>Adds a folder.</summary>
    public void AddFolder(string folder) => Change(() =>
    {
        Volatile.Write(ref _folders, [.. _folders, folder]);
        _mustReadAll = true;
    });

    /// <summary>Takes a folder out, with its files.</summary>
    public void RemoveFolder(string folder) => Change(() =>
    {
        Volatile.Write(ref _folders, [.. _folders.Where(f => f != folder)]);
        _mustReadAll = true;
    });

    /// <summary>The path by which checks know a file: from the first folder, or as a whole.</summary>
    public string PathOf(string uri)
    {
        return PathOfFile(System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile ? parsed.LocalPath : uri);
    }

    /// <summary>The path by which checks know a file of the disk.</summary>
    public string PathOfFile(string full)
    {
        return Folders is [var first, ..] && full.StartsWith(first + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Slashed(full[(first.Length + 1)..])
            : Slashed(full);
    }

    // Only where the system separates with backslashes does one separate.
    private static string Slashed(string path) => Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;

    /// <summary>The client's name of a file.</summary>
    public string UriOf(string path)
    {
        if (Volatile.Read(ref _open).Values.FirstOrDefault(d => d.Manifest.Path == path) is { } open)
            return open.Uri;
        return System.Uri.TryCreate(FullPath(path), UriKind.Absolute, out var uri) ? uri.AbsoluteUri : path;
    }

    /// <summary>An open document; null if it is not open.</summary>
    public OpenDocument? Document(string uri) => Volatile.Read(ref _open).GetValueOrDefault(uri);

    /// <summary>Opens a document, or changes an open one, and checks what changed of it.</summary>
    public IReadOnlyList<Finding> Update(OpenDocument document)
    {
        ManifestAnalysis before;
        var path = document.Manifest.Path;
        lock (_writing)
        {
            // From here on no round in the background puts its state in place.
            Interlocked.Increment(ref _generation);
            before = _analysis;
            // What its tool reads with it may not have been read.
            _mustReadAll |= _isChecked && DialectCatalogue.IsPart(path) && before.ManifestOf(path) is null;
        }

        var after = before.With(document.Manifest);
        Change(() =>
        {
            Volatile.Write(ref _open, new Dictionary<string, OpenDocument>(_open, StringComparer.Ordinal) { [document.Uri] = document });
            Volatile.Write(ref _analysis, after);
            _mustSettle = true;
        });
        return Findings(path);
    }

    /// <summary>Closes a document; what is on the disk counts again.</summary>
    public void Close(string uri) => Change(() =>
    {
        var open = new Dictionary<string, OpenDocument>(_open, StringComparer.Ordinal);
        if (open.Remove(uri, out var closed))
            _changed[closed.Manifest.Path] = true;
        Volatile.Write(ref _open, open);
    });

    /// <summary>Files have changed on the disk.</summary>
    /// <returns>Whether there is anything to read: not of files whose text the client has.</returns>
    public bool Changed(IEnumerable<string> uris)
    {
        var any = false;
        Change(() =>
        {
            foreach (var uri in uris)
            {
                var path = PathOf(uri);
                // These say which files there are, and how they are checked.
                if (Path.GetFileName(path) is SettingsReader.FileName or ".gitignore")
                    any = _mustReadAll = true;
                else if (!_open.ContainsKey(uri) && !path.StartsWith(".git/", StringComparison.Ordinal)
                    && !path.Contains("/.git/", StringComparison.Ordinal))
                    any |= _changed.TryAdd(path, false);
            }
        });
        return any;
    }

    /// <summary>Reads everything again before the next check.</summary>
    public void ReadAgain() => Change(() => _mustReadAll = true);

    /// <summary>What was found in a file.</summary>
    public IReadOnlyList<Finding> Findings(string path) => Findings(Analysis, path);

    /// <summary>What was found in a file, in a state.</summary>
    public IReadOnlyList<Finding> Findings(ManifestAnalysis analysis, string path)
    {
        var findings = analysis.Findings(path);
        // Before the other files have been read, nothing is known of what is not in this one.
        return _isChecked ? findings : [.. findings.Where(f => f.Rule is not (UnresolvedReference or UnknownKind))];
    }

    /// <summary>Whether the files and settings have been read.</summary>
    public bool IsChecked => Volatile.Read(ref _isChecked);

    /// <summary>Whether what is known across files takes in the last edit.</summary>
    public bool IsSettled => IsChecked && !Volatile.Read(ref _mustSettle) && !MustRead;

    /// <summary>Whether files must be read before the next check.</summary>
    public bool MustRead => _mustReadAll || _changed.Count > 0;

    /// <summary>Makes the state right again after edits and changes on the disk: reads the files that changed, or all of them, and checks
    /// what that concerns.</summary>
    /// <param name="progress">Told how many of how many files are read.</param>
    /// <param name="settingsErrors">What is wrong with the settings, if they were read; null if they were not.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>False if something changed meanwhile, so that it must be done again.</returns>
    public bool Settle(Action<int, int> progress, out IReadOnlyList<SettingsError>? settingsErrors, CancellationToken cancellation)
    {
        settingsErrors = null;
        int generation;
        bool all;
        bool must;
        Dictionary<string, bool> changed;
        string[] folders;
        lock (_writing)
        {
            (generation, all, changed, must) = (_generation, _mustReadAll, _changed, _mustSettle);
            (_mustReadAll, _changed) = (false, new Dictionary<string, bool>(StringComparer.Ordinal));
            folders = [.. _folders];
        }

        if (all)
            settingsErrors = ReadSettings(folders.FirstOrDefault());
        else if (!must && changed.Count == 0)
            return true;
        var before = Analysis;
        ManifestAnalysis after;
        try
        {
            after = all
                ? ReadAll(folders, progress, cancellation)
                : before.Settle([.. Reread(changed, folders, before, progress, out var gone)], gone, cancellation);
            after = WithDefinitions(after, cancellation);
        }
        catch (OperationCanceledException)
        {
            Restore(all, changed);
            throw;
        }

        lock (_writing)
        {
            if (generation != _generation)
            {
                Restore(all, changed);
                return false;
            }

            Volatile.Write(ref _analysis, after);
            _isChecked = true;
            _mustSettle = false;
        }

        // Trees of open documents are asked for all the time.
        foreach (var document in Open.SelectMany(d => d.File.Documents))
            document.Document.Keep();
        return true;
    }

    /// <summary>Takes the types that a live environment defines and no file here does, so that resources of these are validated
    /// and explained.</summary>
    /// <returns>Whether they are others than before, so that everything should be checked again.</returns>
    public bool UseDefinitions(IReadOnlyList<Manifest> definitions)
    {
        if (_definitions.Count == definitions.Count
            && _definitions.Zip(definitions)
                .All(p => p.First.Path == p.Second.Path && p.First.Source.Text.Content == p.Second.Source.Text.Content))
            return false;
        Change(() =>
        {
            _definitions = definitions;
            _mustSettle = true;
        });
        return true;
    }

    /// <summary>Whether a checked manifest is one that the environment gave, and no file.</summary>
    public bool IsFromEnvironment(string path) => Volatile.Read(ref _definitions).Any(d => d.Path == path);

    /// <summary>Whether a checked manifest is a file that is only read because others are not read rightly without it: nothing is said of it
    /// unless it is open.</summary>
    public bool IsBeside(string path) => Volatile.Read(ref _beside).Contains(path)
        && !Volatile.Read(ref _open).Values.Any(document => document.Manifest.Path == path);

    /// <summary>A file's path on the disk.</summary>
    public string FullPath(string path) => Path.IsPathRooted(path) || Folders is not [var first, ..] ? path : Path.Combine(first, path);

    private void Change(Action change)
    {
        lock (_writing)
        {
            change();
            Interlocked.Increment(ref _generation);
        }
    }

    private void Restore(bool all, Dictionary<string, bool> changed)
    {
        lock (_writing)
        {
            _mustReadAll |= all;
            foreach (var (path, isClosed) in changed)
                _changed.TryAdd(path, isClosed);
        }
    }

    private ManifestAnalysis ReadAll(string[] folders, Action<int, int> progress, CancellationToken cancellation)
    {
        var unread = new ConcurrentQueue<UnreadFile>();
        var found = Find(folders, unread);
        var open = Open.GroupBy(d => d.Manifest.Path, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Manifest, StringComparer.Ordinal);
        Volatile.Write(ref _beside, Choose(found, open.Keys));
        var paths = found.Keys.Concat(open.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // What a person had learnt of these very versions of providers.
        LearntPacks.LoadBeside(paths.Select(FullPath));
        var done = 0;
        var analysis = ManifestAnalysis.Of(
            paths.Count,
            i =>
            {
                var manifest = open.TryGetValue(paths[i], out var shown) ? shown : ReadFile(found[paths[i]], paths[i], unread);
                progress(Interlocked.Increment(ref done), paths.Count);
                return manifest;
            },
            _context,
            cancellation);
        // What is open is read from the client, whatever became of the file.
        Unread = [.. unread.Where(file => !open.ContainsKey(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal)];
        return analysis;
    }

    // Takes out what the settings exclude, and adds what tools read with the others and with what is open, excluded or not; returns the
    // paths of that.
    private HashSet<string> Choose(Dictionary<string, ManifestFile> found, IEnumerable<string> open)
    {
        foreach (var path in found.Keys.Where(path => Settings.Exclude.Any(pattern => pattern.Matches(path))).ToList())
            found.Remove(path);
        var added = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in ManifestFiles.PartsBeside([.. found.Values, .. open.Where(path => !found.ContainsKey(path))
            .Select(path => new ManifestFile(path, FullPath(path), null))]))
        {
            var path = PathOfFile(part.Place);
            if (found.TryAdd(path, part))
                added.Add(path);
        }

        return added;
    }

    // Files that are known are read as they are; of new ones the folders are asked whether they are among their manifests at all.
    private List<Manifest> Reread(
        Dictionary<string, bool> changed, string[] folders, ManifestAnalysis before, Action<int, int> progress, out List<string> gone)
    {
        var found = new List<Manifest>();
        gone = [];
        Dictionary<string, ManifestFile>? listed = null;
        var unread = new ConcurrentQueue<UnreadFile>();
        var open = Open.Select(d => d.Manifest.Path).ToHashSet(StringComparer.Ordinal);
        var done = 0;
        foreach (var (path, isClosed) in changed.Where(c => !open.Contains(c.Key)))
        {
            var isKnown = before.ManifestOf(path) is not null;
            if (!isKnown && !DialectCatalogue.IsManifestName(path))
                continue;
            ManifestFile? file = isKnown && !isClosed
                ? new ManifestFile(path, FullPath(path), FolderOf(path, folders))
                : (listed ??= FindAll()).GetValueOrDefault(path);
            if (file is not null && ReadFile(file, path, unread) is { } manifest)
                found.Add(Same(before.ManifestOf(path), manifest));
            else if (isKnown)
                gone.Add(path);
            progress(++done, changed.Count);
        }

        Unread = [.. Unread.Where(u => !changed.ContainsKey(u.Path)), .. unread];
        return found;

        Dictionary<string, ManifestFile> FindAll()
        {
            var all = Find(folders, []);
            Volatile.Write(ref _beside, Choose(all, open));
            return all;
        }
    }

    private string? FolderOf(string path, string[] folders)
    {
        var full = FullPath(path);
        return folders.FirstOrDefault(f => full.StartsWith(f + Path.DirectorySeparatorChar, StringComparison.Ordinal)) is { } folder
            ? ManifestFiles.RealPath(folder)
            : null;
    }

    // A file whose text is what it was keeps its documents, so that nothing of it is checked again.
    private static Manifest Same(Manifest? before, Manifest now) =>
        before is not null && before.Source.Text.Content == now.Source.Text.Content ? before : now;

    private Manifest? ReadFile(ManifestFile file, string path, ConcurrentQueue<UnreadFile> unread)
    {
        var read = TryRead(file, out var reason);
        if ((read is null ? reason : read.Flaw) is { } trouble)
            unread.Enqueue(new UnreadFile(path, trouble));
        return read?.Text is { } text && _context.IsWorthReading(path, text) ? Manifest.Parse(path, text) : null;
    }

    /// <summary>What a file says; null with the reason if it cannot be read.</summary>
    public static FileText? TryRead(ManifestFile file, out string? reason)
    {
        reason = null;
        try
        {
            return ManifestFiles.Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
            return null;
        }
    }

    private Dictionary<string, ManifestFile> Find(string[] folders, ConcurrentQueue<UnreadFile> unread)
    {
        var found = new Dictionary<string, ManifestFile>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            IReadOnlyList<string> leftOut = [];
            foreach (var file in Try(() => ManifestFiles.Find(folder, out leftOut), []))
            {
                if (Settings.LeftOutBy(Slashed(Path.GetRelativePath(folder, file.Place))) is null
                    && !Inner.Any(inner => file.Place.StartsWith(inner + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
                    found.TryAdd(PathOfFile(file.Place), file);
            }

            foreach (var name in leftOut)
                unread.Enqueue(new UnreadFile(PathOfFile(name), "the sparse checkout leaves it out") { MayHoldAnything = false });
        }

        return found;
    }

    // A definition that a file here has too is the file's.
    private ManifestAnalysis WithDefinitions(ManifestAnalysis analysis, CancellationToken cancellation)
    {
        var definitions = Volatile.Read(ref _definitions);
        var paths = definitions.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        if (definitions.Count == 0 && _included.Count == 0)
            return analysis;
        var defined = analysis.Resources.Where(r => r.DefinesTypes && !paths.Contains(r.Manifest.Path)).Select(r => r.Id).ToHashSet();
        var wanted = definitions.Where(d => !Core.Plans.Planner.ResourcesOf([d], [], "").Any(r => defined.Contains(r.Id))).ToList();
        var kept = wanted.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Where(d => analysis.ManifestOf(d.Path) is null).ToList();
        var surplus = paths.Concat(_included).Where(p => !kept.Contains(p) && analysis.ManifestOf(p) is not null).ToList();
        _included = kept;
        return missing.Count == 0 && surplus.Count == 0 ? analysis : analysis.Settle(missing, surplus, cancellation);
    }

    // The nearest settings count, in the folder or above it; their paths start where they stand.
    private IReadOnlyList<SettingsError> ReadSettings(string? folder)
    {
        IReadOnlyList<SettingsError> errors = [];
        SettingsPath = folder is null ? null : Try(() => SettingsFiles.Nearest(folder), null);
        var home = Path.GetDirectoryName(SettingsPath) ?? folder;
        var text = SettingsPath is null || home is null ? null : Try(() => ReadOwn(SettingsPath, home), null);
        var settings = text is null ? Settings.Default : SettingsReader.Read(text, out errors);
        var below = home is null || folder is null || home == folder ? "" : Slashed(Path.GetRelativePath(home, folder));
        SettingsFolder = home is null || folder is null || home == folder ? "" : Slashed(Path.GetRelativePath(folder, home));
        _context = new AnalysisOptions(settings.Below(below),
            home is null ? null : new SchemaFiles(path => ReadOwn(path, home), home, FullPath));
        return errors;
    }

    // Settings and schemas are files of the workspace; what they lead out to is not read.
    private string ReadOwn(string path, string folder)
    {
        if (!WorkspaceFiles.IsIn(path, [.. Folders, folder]))
            throw new IOException("it is outside of the workspace");
        var read = ManifestFiles.Read(path);
        return read.Flaw is null ? read.Text ?? throw new IOException("it is not text") : throw new IOException(read.Flaw);
    }

    private static T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
