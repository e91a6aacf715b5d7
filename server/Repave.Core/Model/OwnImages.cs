namespace Repave.Core.Model;

/// <summary>The images that a repository builds itself, going by the folders that its Dockerfiles stand in: <c>shop/api</c> is its own where
/// one stands below a folder <c>api</c>. Which version of such an image is meant is that of the repository.</summary>
public sealed class OwnImages
{
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>None.</summary>
    public static OwnImages None { get; } = new([]);

    /// <summary>Those of Dockerfiles.</summary>
    /// <param name="dockerfiles">The files' paths.</param>
    public OwnImages(IEnumerable<string> dockerfiles)
    {
        foreach (var path in dockerfiles)
            _folders.UnionWith(path.Split('/').Reverse().Skip(1).Where(folder => folder.Length > 1 && folder != ".."));
    }

    /// <summary>Whether an image is one of them. Names without a namespace are those of public images.</summary>
    /// <param name="repository">Its repository (<see cref="ImageReference.Repository"/>).</param>
    public bool Has(string repository) =>
        _folders.Count > 0 && repository.LastIndexOf('/') is var slash and > 0 && _folders.Contains(repository.Substring(slash + 1));

    /// <summary>Whether the same images are meant.</summary>
    public bool IsSame(OwnImages other) => _folders.SetEquals(other._folders);
}
