using Repave.Core.Builds;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Files that were read before and need not be parsed again while they stay the same: bases are built with every
/// overlay.</summary>
internal sealed class KustomizeCache
{
    private const int Most = 20_000;

    private readonly Dictionary<(string Path, string Name), KustomizeFile> _files = [];

    /// <summary>A file; null if there is none.</summary>
    public KustomizeFile? Read(IBuildFiles files, string path)
    {
        if (files.Read(path) is not { } bytes)
            return null;
        var key = (path, files.NameOf(path));
        lock (_files)
        {
            if (_files.TryGetValue(key, out var known) && known.Bytes.SequenceEqual(bytes))
                return known;
            if (_files.Count >= Most)
                _files.Clear();
            return _files[key] = new KustomizeFile(path, key.Item2, bytes);
        }
    }
}
