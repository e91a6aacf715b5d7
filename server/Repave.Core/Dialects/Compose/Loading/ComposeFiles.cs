using Repave.Core.Model;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>The files that a project may be made of, by their paths.</summary>
internal sealed class ComposeFiles
{
    private readonly Dictionary<string, Manifest> _files = new(StringComparer.Ordinal);

    /// <summary>The files of a check or of one side of a plan.</summary>
    /// <param name="manifests">The files.</param>
    /// <param name="isWhole">Whether there is no file beside these: what is not here does not exist.</param>
    public ComposeFiles(IEnumerable<Manifest> manifests, bool isWhole)
    {
        IsWhole = isWhole;
        foreach (var manifest in manifests)
            _files[ComposePaths.Clean(manifest.Path)] = manifest;
    }

    /// <summary>Whether what is not here does not exist.</summary>
    public bool IsWhole { get; }

    /// <summary>All files.</summary>
    public IEnumerable<Manifest> All => _files.Values;

    /// <summary>The file of a path; null if it is not here.</summary>
    public Manifest? this[string path] => _files.TryGetValue(ComposePaths.Clean(path), out var file) ? file : null;

    /// <summary>The file of a path below a folder.</summary>
    public Manifest? At(string folder, string path) => this[ComposePaths.Join(folder, path)];

    /// <summary>These files and, of those that a repository does not hold as a rule (files of variables), what another state has.</summary>
    public ComposeFiles Beside(ComposeFiles other, string folder, string otherFolder)
    {
        var added = new List<Manifest>(_files.Values);
        foreach (var (path, manifest) in other._files)
        {
            var here = path == otherFolder || path.StartsWith(otherFolder + "/", StringComparison.Ordinal)
                ? ComposePaths.Join(folder, path.Substring(otherFolder.Length).TrimStart('/'))
                : otherFolder == "." ? ComposePaths.Join(folder, path) : path;
            if (manifest.Source.Language is Syntax.Dotenv.DotenvLanguage && !_files.ContainsKey(here))
                added.Add(manifest with { Path = here });
        }

        return new ComposeFiles(added, IsWhole);
    }
}
