using System.Text;
using Repave.Core.Builds;

namespace Repave.Core.Tests.Dialects.Kubernetes.Helm;

/// <summary>Files that stand nowhere but in a test.</summary>
internal sealed class MemoryFiles(params (string Path, string Text)[] files) : IBuildFiles
{
    private readonly Dictionary<string, byte[]> _files = files.ToDictionary(f => f.Path, f => Encoding.UTF8.GetBytes(f.Text));

    public void Add(string path, byte[] bytes) => _files[path] = bytes;

    public IReadOnlyList<string> Below(string folder) =>
        [.. _files.Keys.Where(path => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal))];

    public string NameOf(string path) => path;

    public byte[]? Read(string path) => _files.GetValueOrDefault(path);
}
