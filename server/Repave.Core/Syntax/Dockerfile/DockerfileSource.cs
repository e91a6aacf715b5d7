namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Where what ADD takes comes from.</summary>
public enum DockerfileSourceKind
{
    /// <summary>The build context, a stage or an image.</summary>
    Files,

    /// <summary>An address.</summary>
    Address,

    /// <summary>A git repository.</summary>
    Repository,
}

/// <summary>Tells sources apart as BuildKit does.</summary>
public static class DockerfileSource
{
    private const int CommitLength = 40;
    private static readonly string[] Schemes = ["https://", "http://"];

    private static readonly (string Algorithm, int Length)[] Digests = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

    /// <summary>What kind of source a text is.</summary>
    public static DockerfileSourceKind KindOf(string source)
    {
        var end = source.IndexOfAny(['#', '?']);
        var address = end < 0 ? source : source.Substring(0, end);
        var isHttp = Array.Exists(Schemes, s => address.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        if (address.StartsWith("git@", StringComparison.Ordinal) || address.StartsWith("git://", StringComparison.Ordinal)
            || address.StartsWith("ssh://", StringComparison.Ordinal) || (isHttp && address.EndsWith(".git", StringComparison.Ordinal)))
            return DockerfileSourceKind.Repository;
        return isHttp ? DockerfileSourceKind.Address : DockerfileSourceKind.Files;
    }

    /// <summary>Whether a repository's source names a commit, behind its number sign or as a query.</summary>
    public static bool NamesCommit(string source)
    {
        var fragment = source.IndexOf('#') is var at and >= 0 ? source.Substring(at + 1).Split(':')[0] : "";
        return IsCommit(fragment) || source.Split(['?', '&', '#']).Any(part =>
            (part.StartsWith("checksum=", StringComparison.Ordinal) || part.StartsWith("commit=", StringComparison.Ordinal))
            && IsCommit(part.Substring(part.IndexOf('=') + 1)));
    }

    private static readonly string[] Branches = ["main", "master", "trunk", "develop", "HEAD", "latest", "nightly", "gh-pages"];

    private static readonly string[] Endings = [".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz"];

    /// <summary>Whether an address says by a part of its path that something else stands there after a while: a branch, or the latest
    /// release. A file that has a version in its name stays what it is.</summary>
    public static bool NamesBranch(string address)
    {
        var parts = PartsOf(address).ToList();
        return parts.Count > 0 && !HasVersion(parts[parts.Count - 1]) && parts.Exists(part =>
        {
            while (Array.Find(Endings, e => part.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending)
                part = part.Substring(0, part.Length - ending.Length);
            return Array.IndexOf(Branches, part) >= 0;
        });
    }

    private static bool HasVersion(string file)
    {
        for (var i = 1; i + 1 < file.Length; i++)
        {
            if (file[i] == '.' && char.IsDigit(file[i - 1]) && char.IsDigit(file[i + 1]))
                return true;
        }

        return file.IndexOfAny(['$', Commands.CommandLine.Unknown]) >= 0;
    }

    /// <summary>Whether an address may name a version: its path has a number, or something that is known only to the build, and names no
    /// branch.</summary>
    public static bool MayNameVersion(string address) =>
        !NamesBranch(address) && PartsOf(address).Any(part => part.Any(c => char.IsDigit(c) || c is '$' or Commands.CommandLine.Unknown));

    // What stands behind the host.
    private static IEnumerable<string> PartsOf(string address)
    {
        var end = address.IndexOfAny(['#', '?']);
        var plain = end < 0 ? address : address.Substring(0, end);
        var host = plain.IndexOf("://", StringComparison.Ordinal);
        return plain.Substring(host < 0 ? 0 : host + 3).Split('/').Skip(1);
    }

    /// <summary>Whether a text can be a digest (<c>sha256:…</c>).</summary>
    public static bool IsDigest(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && Array.Exists(Digests, d => d.Algorithm == text.Substring(0, colon) && d.Length == text.Length - colon - 1)
            && text.Skip(colon + 1).All(IsHexadecimal);
    }

    /// <summary>Whether a text is a commit's whole name.</summary>
    public static bool IsCommit(string text) => text.Length == CommitLength && text.All(IsHexadecimal);

    private static bool IsHexadecimal(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f');
}
