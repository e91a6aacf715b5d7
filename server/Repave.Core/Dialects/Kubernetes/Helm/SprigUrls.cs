using System.Text;
using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on URLs.</summary>
internal static class SprigUrls
{
    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["urlParse"] = new("s", (_, a) => Parse(StringOf(a[0])));
        functions["urlJoin"] = new("m", (_, a) => new GoText(Join(Map(a[0]))));
    }

    /// <summary>A text as a query takes it.</summary>
    public static string QueryEscape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in GoQuoting.BytesOf(text))
        {
            if (b == ' ')
                escaped.Append('+');
            else if (IsUnreserved((char)b))
                escaped.Append((char)b);
            else
                escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    private static bool IsUnreserved(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~';

    private static GoMap Parse(string url)
    {
        var rest = url;
        string fragment = "", query = "", scheme = "", opaque = "", host = "", user = "";
        if (rest.Any(c => c < ' ' || c == '\x7f'))
            throw Error($"unable to parse url: parse {GoQuoting.Quote(url)}: net/url: invalid control character in URL");
        var hash = rest.IndexOf('#');
        if (hash >= 0)
            (fragment, rest) = (Unescape(rest.Substring(hash + 1)), rest.Substring(0, hash));
        var colon = rest.IndexOf(':');
        if (colon == 0)
            throw Error($"unable to parse url: parse {GoQuoting.Quote(url)}: missing protocol scheme");
        if (colon > 0 && char.IsLetter(rest[0]) && rest.Substring(0, colon).All(c => char.IsLetterOrDigit(c) || c is '+' or '-' or '.'))
            (scheme, rest) = (rest.Substring(0, colon).ToLowerInvariant(), rest.Substring(colon + 1));
        var mark = rest.IndexOf('?');
        if (mark >= 0)
            (query, rest) = (rest.Substring(mark + 1), rest.Substring(0, mark));
        if (!rest.StartsWith('/') && scheme.Length > 0)
        {
            (opaque, rest) = (rest, "");
        }
        else if (rest.StartsWith("//", StringComparison.Ordinal) && !rest.StartsWith("///", StringComparison.Ordinal))
        {
            var slash = rest.IndexOf('/', 2);
            host = slash < 0 ? rest.Substring(2) : rest.Substring(2, slash - 2);
            rest = slash < 0 ? "" : rest.Substring(slash);
            var at = host.LastIndexOf('@');
            if (at >= 0)
                (user, host) = (host.Substring(0, at), host.Substring(at + 1));
        }

        var portMark = host.LastIndexOf(':');
        if (portMark >= 0 && !host.EndsWith(']') && host.Substring(portMark + 1).Any(c => c is not (>= '0' and <= '9')))
            throw Error($"unable to parse url: parse {GoQuoting.Quote(url)}: invalid port "
                + GoQuoting.Quote(host.Substring(portMark)) + " after host");
        var name = portMark >= 0 && !host.EndsWith(']') ? host.Substring(0, portMark) : host;
        if (rest.StartsWith("///", StringComparison.Ordinal))
            rest = rest.Substring(2);
        return new GoMap
        {
            { "scheme", new GoText(scheme) },
            { "host", new GoText(host) },
            { "hostname", new GoText(name.TrimStart('[').TrimEnd(']')) },
            { "path", new GoText(Unescape(rest)) },
            { "query", new GoText(query) },
            { "opaque", new GoText(opaque) },
            { "fragment", new GoText(fragment) },
            { "userinfo", new GoText(user) },
        };
    }

    private static string Join(GoMap parts)
    {
        var url = new StringBuilder();
        string scheme = Part("scheme"), host = Part("host"), path = Part("path"), user = Part("userinfo"), opaque = Part("opaque");
        if (scheme.Length > 0)
            url.Append(scheme).Append(':');
        if (opaque.Length > 0)
        {
            url.Append(opaque);
        }
        else
        {
            if (scheme.Length > 0 || host.Length > 0 || user.Length > 0)
            {
                if (host.Length > 0 || path.Length > 0 || user.Length > 0)
                    url.Append("//");
                if (user.Length > 0)
                    url.Append(user).Append('@');
                url.Append(host);
            }

            if (path.Length > 0 && path[0] != '/' && host.Length > 0)
                url.Append('/');
            url.Append(Escape(path, "$&+,/:;=@!'()*"));
        }

        if (Part("query") is { Length: > 0 } query)
            url.Append('?').Append(query);
        if (Part("fragment") is { Length: > 0 } fragment)
            url.Append('#').Append(Escape(fragment, "$&+,/:;=?@!()*"));
        return url.ToString();

        string Part(string key) => parts.Entries.TryGetValue(key, out var value) ? value is GoText text ? text.Text
            : throw Error($"unable to parse {key} key, must be of type string, but {value?.KindName ?? "invalid"} found") : "";
    }

    private static string Escape(string text, string allowed)
    {
        var escaped = new StringBuilder();
        foreach (var b in GoQuoting.BytesOf(text))
        {
            if (IsUnreserved((char)b) || allowed.IndexOf((char)b) >= 0)
                escaped.Append((char)b);
            else
                escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    private static string Unescape(string text)
    {
        if (text.IndexOf('%') < 0)
            return text;
        var bytes = new List<byte>();
        var all = GoQuoting.BytesOf(text);
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] != '%')
            {
                bytes.Add(all[i]);
            }
            else if (i + 2 < all.Length && byte.TryParse(new string([(char)all[i + 1], (char)all[i + 2]]),
                System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                throw Error($"unable to parse url: invalid URL escape {GoQuoting.Quote(text.Substring(Math.Min(i, text.Length - 1)))}");
            }
        }

        return GoQuoting.TextOf([.. bytes]);
    }
}
