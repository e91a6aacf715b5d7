using Repave.Core.Model;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer;

/// <summary>The client's folders, each looked after by itself. A file belongs to the innermost that holds it; one that none holds, to the
/// first.</summary>
/// <param name="client">Whom to show things to.</param>
internal sealed class Roots(ClientSession client) : IDisposable
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, string?> _baselines = new(StringComparer.Ordinal);
    private IReadOnlyList<Root> _all = [];
    private string? _baseline;
    private bool _isTrusted;
    private bool _asksProviders;

    /// <summary>All of them; at least one once the client has said who it is.</summary>
    public IReadOnlyList<Root> All => Volatile.Read(ref _all);

    /// <summary>Begins with the folders that the client names.</summary>
    /// <param name="folders">The paths of folders.</param>
    /// <param name="isTrusted">Whether processes may be started in them.</param>
    /// <param name="asksProviders">Whether the providers in them are asked what they would plan.</param>
    /// <param name="baseline">What a folder is compared with that says nothing else.</param>
    /// <param name="baselines">What single folders are compared with, by their URIs.</param>
    public void Begin(IReadOnlyList<string> folders, bool isTrusted, bool asksProviders, string? baseline,
        IReadOnlyDictionary<string, string?> baselines)
    {
        (_isTrusted, _asksProviders, _baseline) = (isTrusted, asksProviders, baseline);
        foreach (var (uri, chosen) in baselines)
            _baselines[PathOf(uri) ?? uri] = chosen;
        Change(folders, []);
    }

    /// <summary>Folders have come and gone.</summary>
    public void Change(IReadOnlyList<string> added, IReadOnlyList<string> removed)
    {
        lock (_changing)
        {
            var kept = All.Where(r => r.Folder is not null && !removed.Contains(r.Folder)).ToList();
            var gone = All.Except(kept).ToList();
            var all = kept.Concat(added.Where(f => kept.TrueForAll(r => r.Folder != f)).Distinct().Select(Create)).ToList();
            if (all.Count == 0)
                all.Add(gone.Find(r => r.Folder is null) ?? Create(null));
            Volatile.Write(ref _all, all);
            foreach (var root in all)
                root.Workspace.Inner = [.. all.Select(r => r.Folder).OfType<string>().Where(f => f != root.Folder && root.Holds(f))];
            Rehome(gone.Except(all));
            foreach (var root in gone.Except(all))
            {
                root.Unpublish();
                root.Dispose();
            }

            foreach (var root in all)
                root.ReadAgain();
        }
    }

    /// <summary>The folder that a document belongs to.</summary>
    public Root Of(string uri) => OfPath(PathOf(uri) ?? uri);

    /// <summary>Compares with something else: one folder, or all of them.</summary>
    public void Choose(string? folderUri, string? baseline)
    {
        if (folderUri is not null && PathOf(folderUri) is { } folder)
        {
            _baselines[folder] = baseline;
            All.FirstOrDefault(r => r.Folder == folder)?.Choose(baseline);
            return;
        }

        (_baseline, var all) = (baseline, All);
        _baselines.Clear();
        foreach (var root in all)
            root.Choose(baseline);
    }

    /// <summary>The path that a URI names; null if it names no file.</summary>
    public static string? PathOf(string uri) => System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile
        ? parsed.LocalPath.TrimEnd(Path.DirectorySeparatorChar) : null;

    public void Dispose()
    {
        foreach (var root in All)
            root.Dispose();
    }

    private Root OfPath(string path) => All.Where(r => r.Holds(path)).MaxBy(r => r.Folder!.Length) ?? All[0];

    private Root Create(string? folder)
    {
        var root = new Root(folder, client, _isTrusted, _asksProviders);
        root.Plans.Choose(folder is not null && _baselines.TryGetValue(folder, out var own) ? own : _baseline);
        return root;
    }

    // Documents stay open, and are another folder's from now on.
    private void Rehome(IEnumerable<Root> gone)
    {
        foreach (var (root, document) in All.Concat(gone).SelectMany(r => r.Workspace.Open.Select(d => (r, d))).ToList())
        {
            var home = Of(document.Uri);
            if (home == root)
                continue;
            root.Workspace.Close(document.Uri);
            home.Take(document with { Manifest = document.Manifest with { Path = home.Workspace.PathOf(document.Uri) } });
        }
    }
}
