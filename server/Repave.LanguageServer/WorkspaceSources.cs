using System.Collections.Concurrent;
using System.Text;
using Repave.Core.Builds;
using Repave.Core.Syntax;
using Repave.Environments;

namespace Repave.LanguageServer;

/// <summary>The files that builds in a folder of the client may read: those that are open as the client has them, the others as they are on
/// the disk, each read once until it changes.</summary>
internal sealed class WorkspaceSources : IBuildFiles
{
    private readonly Workspace _workspace;
    private readonly BuildFolder _files;
    private readonly ConcurrentDictionary<string, byte[]?> _bytes = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _all;
    private IReadOnlyDictionary<string, SourceFile> _open = new Dictionary<string, SourceFile>();

    /// <summary>The files around a folder.</summary>
    public WorkspaceSources(Workspace workspace, string folder)
    {
        _workspace = workspace;
        _files = BuildFolder.Around(folder, out var here);
        Here = here;
    }

    /// <summary>What the client's folder is called among the files.</summary>
    public string Here { get; }

    /// <summary>The paths below the client's folder, from it.</summary>
    public IReadOnlyList<string> Paths => [.. Below(Here).Select(NameOf)];

    /// <summary>Takes the texts of open documents; what they were before is forgotten.</summary>
    public void Open(IReadOnlyList<OpenDocument> documents)
    {
        var open = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (PathOf(document.Manifest.Path) is { } path)
                open[path] = document.File;
        }

        foreach (var (path, file) in open.Concat(_open))
        {
            if (!_open.TryGetValue(path, out var before) || !open.ContainsKey(path) || !ReferenceEquals(before, file))
                _bytes.TryRemove(path, out _);
        }

        _open = open;
    }

    /// <summary>Forgets what was read: files have changed on the disk.</summary>
    public void Forget()
    {
        _bytes.Clear();
        _all = null;
    }

    /// <summary>The path among the files of one that the workspace knows by another; null if it lies outside.</summary>
    public string? PathOf(string path) => _files.PathOf(_workspace.FullPath(path));

    /// <inheritdoc/>
    public IReadOnlyList<string> Below(string folder)
    {
        _all ??= _files.Below("");
        return folder.Length == 0 ? [.. _all, .. New("")] : [.. _all.Where(path => BuildPaths.IsBelow(path, folder)), .. New(folder)];

        // What is open and on no disk yet.
        IEnumerable<string> New(string below) => _open.Keys.Where(path => BuildPaths.IsBelow(path, below) && !_all!.Contains(path));
    }

    /// <inheritdoc/>
    public string NameOf(string path) => _workspace.PathOfFile(Path.Combine(_files.Root, path));

    /// <inheritdoc/>
    public byte[]? Read(string path) => _bytes.GetOrAdd(path, static (name, self) =>
        self._open.TryGetValue(name, out var file) ? Encoding.UTF8.GetBytes(file.Text.Content) : self._files.Read(name), this);
}
