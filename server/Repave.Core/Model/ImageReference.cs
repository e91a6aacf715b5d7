namespace Repave.Core.Model;

/// <summary>A container image's name in its parts.</summary>
/// <param name="Repository">Registry and repository.</param>
/// <param name="Tag">The tag, or null.</param>
/// <param name="Digest">The digest (<c>sha256:…</c>), or null.</param>
public readonly record struct ImageReference(string Repository, string? Tag, string? Digest)
{
    /// <summary>Takes a name apart; any text has parts.</summary>
    public static ImageReference Parse(string image)
    {
        var at = image.IndexOf('@');
        var digest = at < 0 ? null : image.Substring(at + 1);
        var name = at < 0 ? image : image.Substring(0, at);
        // A colon before the last slash belongs to the registry's port.
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/')
            ? new ImageReference(name.Substring(0, colon), name.Substring(colon + 1), digest)
            : new ImageReference(name, null, digest);
    }

    /// <summary>Whether the name may stand for another image tomorrow by the very meaning of its tag: none, or <c>latest</c>.</summary>
    public bool IsMoving => Digest is null && (Tag is null or "latest");

    /// <summary>Whether the name says no version at all: its tag has no digit (<c>stable</c>, <c>main</c>, <c>alpine</c>), so that
    /// somebody moves it from one version to the next.</summary>
    public bool NamesNoVersion => IsMoving || (Digest is null && !Tag!.Any(c => c is >= '0' and <= '9'));
}
