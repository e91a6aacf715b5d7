namespace Repave.Core.Model;

/// <summary>Which names and texts say that a value is a credential. Wrongly hidden costs a word in a plan; wrongly shown cannot be
/// taken back.</summary>
public static class SecretNames
{
    private static readonly string[] Anywhere =
    [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "privatekey", "credential", "authkey", "signingkey",
        "encryptionkey", "connectionstring",
    ];

    private static readonly string[] AtTheEnd = ["pwd", "pass", "psw"];

    // What only speaks of a secret: where it is kept, how long it lasts, what it is called.
    private static readonly string[] About =
    [
        "name", "names", "file", "files", "path", "dir", "mount", "ref", "refs", "arn", "policy", "length", "ttl", "seconds", "minutes",
        "hours", "days", "enabled", "type", "class",
        "provider", "store", "issuer", "endpoint", "namespace", "expiry", "expiration", "lifetime", "validity", "rotation", "version",
        "count", "limit", "size", "selector", "reset",
    ];

    /// <summary>Whether what has this name is likely to be a credential: a variable, a field, a key, an option.</summary>
    public static bool Is(string name)
    {
        var plain = Plain(name);
        return (Array.Exists(Anywhere, plain.Contains) || Array.Exists(AtTheEnd, end => plain.EndsWith(end, StringComparison.Ordinal)))
            && !Array.Exists(About, end => plain.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>Whether a field of this name holds the credential itself, in whatever form: everything below it is secret.</summary>
    public static bool IsCertain(string name) =>
        Plain(name) is var plain && (plain.EndsWith("password", StringComparison.Ordinal) || plain is "secretstring" or "authtoken"
            or "clientsecret" or "secretkey" or "privatekey" or "secretaccesskey" or "accesstoken");

    /// <summary>The credentials within a command, a script or an address: what stands behind <c>--password=</c>, in <c>PGPASSWORD=…</c> or
    /// in <c>https://user:…@host</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="asksNext">Whether the text ends with an option whose value is the next argument.</param>
    public static IReadOnlyList<string> In(string text, out bool asksNext)
    {
        asksNext = false;
        var found = new List<string>();
        var wants = false;
        foreach (var word in text.Split([' ', '\t', '\n', '\r', ';', '&', '|', '"', '\'', ',', '(', ')'],
            StringSplitOptions.RemoveEmptyEntries))
        {
            if (found.Count >= 64)
                break;
            if (wants && !word.StartsWith('-'))
                found.Add(word);
            var equals = word.IndexOf('=');
            var name = equals < 0 ? word : word.Substring(0, equals);
            wants = equals < 0 && word.StartsWith('-') && name.Length < 64 && Is(name);
            if (equals > 0 && equals < word.Length - 1 && name.Length < 64 && Is(name))
                found.Add(word.Substring(equals + 1));
            if (UserInfo(word) is { } password)
                found.Add(password);
        }

        asksNext = wants;
        return found;
    }

    // scheme://user:password@host
    private static string? UserInfo(string word)
    {
        var start = word.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += 3;
        var end = word.IndexOf('/', start) is var slash && slash < 0 ? word.Length : slash;
        var at = word.LastIndexOf('@', end - 1, end - start);
        var colon = at < 0 ? -1 : word.IndexOf(':', start, at - start);
        return colon < 0 || colon + 1 >= at ? null : word.Substring(colon + 1, at - colon - 1);
    }

    // What people write where a credential has to stand: words, and rows of characters.
    private static readonly string[] Guessed =
    [
        "pass", "secret", "root", "admin", "example", "test", "change", "your", "dummy", "user", "demo", "sample", "default", "here",
        "token", "local", "insecure", "1234", "abcd", "xxx", "guest", "welcome", "hello", "qwert",
    ];

    /// <summary>Whether a text looks like a credential that was made to be one, so that nobody guesses it. Words, names, addresses and
    /// examples do not.</summary>
    /// <param name="value">The text.</param>
    public static bool IsMade(string value)
    {
        if (value.IndexOf("PRIVATE KEY", StringComparison.Ordinal) >= 0)
            return true;
        if (value.Length is < 8 or > 4096 || value.IndexOfAny([' ', ':', ',', '%', '$', '{', '<', '\n']) >= 0
            || (value.IndexOf('/') >= 0 && (value[0] is '/' or '.' || value.IndexOf('.') >= 0)))
            return false;
        var (turns, different) = (0, new HashSet<char>());
        for (var i = 0; i < value.Length; i++)
        {
            different.Add(value[i]);
            if (i > 0 && char.IsDigit(value[i]) != char.IsDigit(value[i - 1]))
                turns++;
        }

        // Digits in place of letters make a word no better.
        var plain = new string([.. value.ToLowerInvariant().Select(c => c switch
        {
            '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '$' => 's', '@' => 'a', _ => c,
        })]);
        return turns >= 2 && different.Count >= 6 && value.Any(char.IsLetter)
            && !Array.Exists(Guessed, word => value.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0 || plain.Contains(word));
    }

    private static string Plain(string name)
    {
        var plain = new System.Text.StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }
}
