using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Environments;
using Repave.Schemas;

namespace Repave.LanguageServer;

/// <summary>The manifests of the client's folders: those that are open as the client has them, the others as they are on the disk. The reading
/// thread changes it; whole checks run beside.</summary>
internal sealed class Workspace
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenDocument> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Manifest> _onDisk = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];
    private IReadOnlyList<Manifest> _definitions = [];
    private Checker _checker;
    private CheckSession _session;
    private int _generation;
    private bool _isChecked;

    public Workspace()
    {
        _checker = new Checker(Settings);
        _session = _checker.Open([]);
    }

    /// <summary>The settings in force.</summary>
    public Settings Settings { get; private set; } = Settings.Default;

    /// <summary>The folders, the first of which settings and paths start from.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>Whether processes may be started: only in a workspace of which the client says that its user trusts it.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>Files that could not be read, or that a sparse checkout leaves out.</summary>
    public IReadOnlyList<UnreadFile> Unread { get; private set; } = [];

    /// <summary>Grows with every change.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>The open documents.</summary>
    public IReadOnlyList<OpenDocument> Open
    {
        get
        {
            lock (_lock)
                return [.. _open.Values];
        }
    }

    /// <summary>All manifests, those that are open as they are there.</summary>
    public IReadOnlyList<Manifest> Manifests
    {
        get
        {
            lock (_lock)
            {
                var open = _open.Values.ToDictionary(d => d.Manifest.Path, d => d.Manifest, StringComparer.Ordinal);
                return [.. open.Values, .. _onDisk.Where(d => !open.ContainsKey(d.Key)).Select(d => d.Value)];
            }
        }
    }

    /// <summary>Adds a folder.</summary>
    public void AddFolder(string folder)
    {
        lock (_lock)
            _folders.Add(folder);
        Interlocked.Increment(ref _generation);
    }

    /// <summary>Takes a folder out, with its files.</summary>
    public void RemoveFolder(string folder)
    {
        lock (_lock)
        {
            _folders.Remove(folder);
            foreach (var path in _onDisk.Keys.Where(path => FullPath(path).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList())
                _onDisk.Remove(path);
        }

        Interlocked.Increment(ref _generation);
    }

    /// <summary>The path by which checks know a file: from the first folder, or as a whole.</summary>
    public string PathOf(string uri)
    {
        return PathOfFile(System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile ? parsed.LocalPath : uri);
    }

    private string PathOfFile(string full)
    {
        lock (_lock)
        {
            if (_folders.Count > 0 && full.StartsWith(_folders[0] + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return Slashed(full[(_folders[0].Length + 1)..]);
        }

        return Slashed(full);
    }

    // Only where the system separates with backslashes does one separate.
    private static string Slashed(string path) => Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;

    /// <summary>The client's name of a file.</summary>
    public string UriOf(string path)
    {
        lock (_lock)
        {
            if (_open.Values.FirstOrDefault(d => d.Manifest.Path == path) is { } open)
                return open.Uri;
        }

        return System.Uri.TryCreate(FullPath(path), UriKind.Absolute, out var uri) ? uri.AbsoluteUri : path;
    }

    /// <summary>An open document; null if it is not open.</summary>
    public OpenDocument? Document(string uri)
    {
        lock (_lock)
            return _open.GetValueOrDefault(uri);
    }

    /// <summary>Opens a document, or changes an open one, and checks what changed of it.</summary>
    public IReadOnlyList<Finding> Update(OpenDocument document)
    {
        Interlocked.Increment(ref _generation);
        lock (_lock)
        {
            _open[document.Uri] = document;
            var findings = _session.Recheck(document.Manifest);
            // Before the other files have been read, nothing is known of what is not in this one.
            return _isChecked ? findings : [.. findings.Where(f => f.Rule is not (UnresolvedReference or UnknownKind))];
        }
    }

    /// <summary>Closes a document; what is on the disk counts again.</summary>
    public void Close(string uri)
    {
        Interlocked.Increment(ref _generation);
        lock (_lock)
            _open.Remove(uri);
    }

    /// <summary>What was found in a file.</summary>
    public IReadOnlyList<Finding> Findings(string path)
    {
        lock (_lock)
            return _session.Findings(path);
    }

    /// <summary>Uses the current check; nothing else does meanwhile.</summary>
    public T With<T>(Func<CheckSession, T> use)
    {
        lock (_lock)
            return use(_session);
    }

    /// <summary>Reads the files of all folders again, and the settings. Says what is wrong with those.</summary>
    public IReadOnlyList<SettingsError> ReadFiles(Action<int, int> progress, CancellationToken cancellation)
    {
        string[] folders;
        lock (_lock)
            folders = [.. _folders];
        var errors = ReadSettings(folders.FirstOrDefault());
        var unread = new System.Collections.Concurrent.ConcurrentQueue<UnreadFile>();
        var files = folders.SelectMany(folder => Find(folder, unread)).DistinctBy(file => file.Place, StringComparer.Ordinal).ToList();
        var read = new Manifest?[files.Count];
        var done = 0;
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var path = PathOfFile(files[i].Place);
            var text = Settings.Exclude.Any(p => p.Matches(path)) ? null : ReadOne(files[i], path, unread);
            if (text is not null && _checker.IsWorthReading(path, text))
                read[i] = Manifest.Parse(path, text);
            progress(Interlocked.Increment(ref done), files.Count);
        });
        lock (_lock)
        {
            _onDisk.Clear();
            foreach (var manifest in read.OfType<Manifest>())
                _onDisk[manifest.Path] = manifest;
            // What is open is read from the client, whatever became of the file.
            var open = _open.Values.Select(d => d.Manifest.Path).ToHashSet(StringComparer.Ordinal);
            Unread = [.. unread.Where(file => !open.Contains(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal)];
        }

        Interlocked.Increment(ref _generation);
        return errors;
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

    private IEnumerable<ManifestFile> Find(string folder, System.Collections.Concurrent.ConcurrentQueue<UnreadFile> unread)
    {
        IReadOnlyList<string> leftOut = [];
        var files = Try(() => ManifestFiles.Find(folder, out leftOut), []);
        foreach (var name in leftOut)
            unread.Enqueue(new UnreadFile(PathOfFile(name), "the sparse checkout leaves it out") { MayHoldAnything = false });
        return files;
    }

    private static string? ReadOne(ManifestFile file, string path, System.Collections.Concurrent.ConcurrentQueue<UnreadFile> unread)
    {
        var read = TryRead(file, out var reason);
        if ((read is null ? reason : read.Flaw) is { } trouble)
            unread.Enqueue(new UnreadFile(path, trouble));
        return read?.Text;
    }

    /// <summary>Checks everything. False if something changed meanwhile, so that it must be done again.</summary>
    public bool CheckAll(CancellationToken cancellation)
    {
        var generation = Generation;
        var session = OpenSession(cancellation);
        lock (_lock)
        {
            if (generation != Generation)
                return false;
            _session = session;
            _isChecked = true;
            // Trees of open documents are asked for all the time.
            foreach (var document in _open.Values.SelectMany(d => d.File.Documents))
                document.Document.Keep();
            return true;
        }
    }

    /// <summary>Takes the types that a live environment defines and no file here does, so that resources of these are validated and explained.</summary>
    /// <returns>Whether they are others than before, so that everything should be checked again.</returns>
    public bool UseDefinitions(IReadOnlyList<Manifest> definitions)
    {
        lock (_lock)
        {
            if (_definitions.Count == definitions.Count && _definitions.Zip(definitions).All(p => p.First.Path == p.Second.Path && p.First.Yaml.Text.Content == p.Second.Yaml.Text.Content))
                return false;
            _definitions = definitions;
        }

        Interlocked.Increment(ref _generation);
        return true;
    }

    /// <summary>Whether a checked manifest is one that the environment gave, and no file.</summary>
    public bool IsFromEnvironment(string path) => _definitions.Any(d => d.Path == path);

    // A definition that a file here has too is the file's.
    private CheckSession OpenSession(CancellationToken cancellation)
    {
        var (manifests, definitions) = (Manifests, _definitions);
        var session = _checker.Open([.. manifests, .. definitions], cancellation);
        if (definitions.Count == 0)
            return session;
        var defined = session.Resources.Where(r => r.DefinesTypes).ToLookup(r => r.Id);
        var doubled = definitions.Where(d => session.ResourcesOf(d.Path).Any(r => defined[r.Id].Any(other => !IsFromEnvironment(other.Manifest.Path)))).ToList();
        return doubled.Count == 0 ? session : _checker.Open([.. manifests, .. definitions.Except(doubled)], cancellation);
    }

    /// <summary>A file's path on the disk.</summary>
    public string FullPath(string path)
    {
        lock (_lock)
            return Path.IsPathRooted(path) || _folders.Count == 0 ? path : Path.Combine(_folders[0], path);
    }

    private IReadOnlyList<SettingsError> ReadSettings(string? folder)
    {
        IReadOnlyList<SettingsError> errors = [];
        var text = folder is null ? null : Try(() => ReadOwn(Path.Combine(folder, SettingsReader.FileName), folder), null);
        var settings = text is null ? Settings.Default : SettingsReader.Read(text, out errors);
        lock (_lock)
        {
            Settings = settings;
            _checker = new Checker(settings, folder is null ? null : new SchemaFiles(path => ReadOwn(path, folder), folder, FullPath));
        }

        return errors;
    }

    // Settings and schemas are files of the workspace; what they lead out to is not read.
    private string ReadOwn(string path, string folder)
    {
        string[] folders;
        lock (_lock)
            folders = [.. _folders, folder];
        if (!WorkspaceFiles.IsIn(path, folders))
            throw new IOException("it is outside of the workspace");
        var read = ManifestFiles.Read(path);
        return read.Flaw is null ? read.Text ?? throw new IOException("it is no text") : throw new IOException(read.Flaw);
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
