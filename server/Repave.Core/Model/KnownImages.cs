namespace Repave.Core.Model;

/// <summary>What the files of a repository say of images: which it builds itself, going by the folders that its Dockerfiles stand in
/// (<c>shop/api</c> is its own where one stands below a folder <c>api</c>), and which digests tags have.</summary>
public sealed class KnownImages
{
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _makers = new(StringComparer.OrdinalIgnoreCase);

    // Null where two places say different digests.
    private readonly Dictionary<string, string?> _digests = new(StringComparer.Ordinal);

    /// <summary>None.</summary>
    public static KnownImages None { get; } = new([], [], []);

    /// <summary>Those of files.</summary>
    /// <param name="dockerfiles">The paths of the Dockerfiles.</param>
    /// <param name="stages">Names of their stages, which people build under the same name.</param>
    /// <param name="images">The images that the files name; those with a tag and a digest say which is whose.</param>
    public KnownImages(IEnumerable<string> dockerfiles, IEnumerable<string> stages, IEnumerable<string> images)
    {
        _stages.UnionWith(stages);
        foreach (var path in dockerfiles)
        {
            var parts = path.Split('/');
            for (var i = 0; i < parts.Length - 1; i++)
            {
                if (parts[i].Length > 1 && parts[i] != "..")
                    _folders.Add(parts[i]);
                // db/arm is built as db-arm.
                if (i > 0)
                    _folders.Add($"{parts[i - 1]}-{parts[i]}");
            }
        }

        foreach (var image in images)
        {
            var repository = ImageReference.Parse(image).Repository;
            var parts = repository.Split('/');
            if (parts.Length > 1 && IsOwn(repository))
                _makers.Add(parts[parts.Length - 2]);
            if (ImageReference.Parse(image) is not { Digest: { } digest, Tag: { } tag } named)
                continue;
            var name = $"{named.Repository}:{tag}";
            _digests[name] = _digests.TryGetValue(name, out var other) && other != digest ? null : digest;
        }
    }

    /// <summary>Whether an image is one that the repository builds. Names without a namespace are those of public images, unless a stage
    /// has the name.</summary>
    /// <param name="repository">Its repository (<see cref="ImageReference.Repository"/>).</param>
    public bool IsOwn(string repository) =>
        repository.LastIndexOf('/') is var slash and > 0 ? _folders.Contains(repository.Substring(slash + 1))
            : _stages.Contains(repository);

    /// <summary>Whether an address is one of who makes the repository's own images: it has the name that those have.</summary>
    public bool IsOwnAddress(string address) => _makers.Count > 0 && address.Split('/').Skip(3).Any(_makers.Contains);

    /// <summary>The digest that all who name one give the tag; null if nobody does, or they differ.</summary>
    /// <param name="image">The image, with a tag and without a digest.</param>
    public string? DigestOf(string image) => _digests.GetValueOrDefault(image);

    /// <summary>Whether the same is said of images.</summary>
    public bool IsSame(KnownImages other) => _folders.SetEquals(other._folders) && _stages.SetEquals(other._stages)
        && _makers.SetEquals(other._makers) && _digests.Count == other._digests.Count
        && _digests.All(d => other._digests.TryGetValue(d.Key, out var digest) && digest == d.Value);
}
