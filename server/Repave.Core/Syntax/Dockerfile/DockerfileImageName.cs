namespace Repave.Core.Syntax.Dockerfile;

/// <summary>What the names of images may be, as registries have it (github.com/distribution/reference).</summary>
public static class DockerfileImageName
{
    private const int LongestTag = 128;
    private const int LongestName = 255;
    private const int ShortestDigest = 32;

    /// <summary>Whether a name can be an image's.</summary>
    public static bool IsValid(string name)
    {
        var at = name.IndexOf('@');
        if (at >= 0 && !IsDigest(name.Substring(at + 1)))
            return false;
        var rest = at < 0 ? name : name.Substring(0, at);
        var slash = rest.IndexOf('/');
        var colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            if (!IsTag(rest.Substring(colon + 1)))
                return false;
            rest = rest.Substring(0, colon);
            slash = rest.IndexOf('/');
        }

        // What stands before the first slash is a host if it looks like one.
        if (slash > 0 && rest.Substring(0, slash) is var host
            && (host.IndexOfAny(['.', ':']) >= 0 || host == "localhost" || host.ToLowerInvariant() != host))
        {
            if (!IsHost(host))
                return false;
            rest = rest.Substring(slash + 1);
        }

        // Sixty-four such digits would be an image's id.
        return rest.Length is > 0 and <= LongestName && !(rest.Length == 64 && at < 0 && rest.All(IsHexadecimal))
            && rest.Split('/').All(IsComponent);
    }

    private static bool IsTag(string tag) =>
        tag.Length is > 0 and <= LongestTag && tag[0] is not ('.' or '-') && tag.All(c => IsWord(c) || c is '.' or '-');

    private static bool IsDigest(string digest)
    {
        var colon = digest.IndexOf(':');
        return colon > 0 && digest.Substring(0, colon).All(c => IsWord(c) || c is '+' or '.' or '-')
            && digest.Length - colon - 1 >= ShortestDigest && digest.Skip(colon + 1).All(c => IsHexadecimal(char.ToLowerInvariant(c)));
    }

    private static bool IsHost(string host)
    {
        if (host[0] == '[')
            return host.IndexOf(']') > 0;
        var colon = host.IndexOf(':');
        if (colon >= 0 && !(colon < host.Length - 1 && host.Skip(colon + 1).All(c => c is >= '0' and <= '9')))
            return false;
        return (colon < 0 ? host : host.Substring(0, colon)).Split('.')
            .All(p => p.Length > 0 && p[0] != '-' && p[p.Length - 1] != '-' && p.All(c => (IsWord(c) && c != '_') || c == '-'));
    }

    // Lower case and digits, with one dot, one or two underscores or some dashes between them.
    private static bool IsComponent(string text)
    {
        var between = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                between = 0;
                continue;
            }

            between++;
            if (i == 0 || i == text.Length - 1 || c is not ('.' or '_' or '-')
                || (between > 1 && (c != text[i - 1] || c == '.' || (c == '_' && between > 2))))
                return false;
        }

        return text.Length > 0;
    }

    private static bool IsWord(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    private static bool IsHexadecimal(char c) => c is (>= 'a' and <= 'f') or (>= '0' and <= '9');
}
