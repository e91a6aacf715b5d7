namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>The short form of a volume: <c>source:target:options</c>.</summary>
internal static class MountText
{
    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    /// <summary>The long form of a short one; null where it is none.</summary>
    /// <param name="text">The short form.</param>
    /// <param name="problem">What is wrong, as the end of a sentence; null if nothing is.</param>
    /// <param name="place">Where it is written.</param>
    public static ComposeValue? TryParse(string text, out string? problem, ValuePlace? place = null)
    {
        problem = null;
        var volume = ComposeValue.Map(place);
        if (text.Length == 0)
        {
            problem = "it is empty";
            return null;
        }

        if (text.Length <= 2)
        {
            volume.Set("type", ComposeValue.Of("volume"));
            volume.Set("target", ComposeValue.Of(text, place));
            return volume;
        }

        var parts = Split(text);
        if (parts.Exists(p => p.Length == 0))
        {
            problem = "nothing stands between two colons";
            return null;
        }

        if (parts.Count > 3)
        {
            problem = "it has too many colons";
            return null;
        }

        var source = parts.Count == 1 ? "" : parts[0];
        ComposeValue? bind = null;
        ComposeValue? named = null;
        var isReadOnly = false;
        foreach (var option in parts.Count < 3 ? [] : parts[2].Split(','))
        {
            switch (option)
            {
                case "ro":
                    isReadOnly = true;
                    break;
                case "rw":
                    isReadOnly = false;
                    break;
                case "nocopy":
                    named = ComposeValue.Map();
                    named.Set("nocopy", ComposeValue.Of(true));
                    break;
                case "z" or "Z":
                    (bind ??= ComposeValue.Map()).Set("selinux", ComposeValue.Of(option));
                    break;
                default:
                    if (Propagations.Contains(option))
                        (bind ??= ComposeValue.Map()).Set("propagation", ComposeValue.Of(option));
                    break;
            }
        }

        if (IsPath(source))
        {
            volume.Set("type", ComposeValue.Of("bind"));
            (bind ??= ComposeValue.Map()).Set("create_host_path", ComposeValue.Of(true));
        }
        else
        {
            volume.Set("type", ComposeValue.Of("volume"));
            named ??= ComposeValue.Map();
        }

        if (source.Length > 0)
            volume.Set("source", ComposeValue.Of(source, place));
        volume.Set("target", ComposeValue.Of(parts[parts.Count == 1 ? 0 : 1], place));
        if (isReadOnly)
            volume.Set("read_only", ComposeValue.Of(true));
        if (bind is not null)
            volume.Set("bind", bind);
        if (named is not null)
            volume.Set("volume", named);
        return volume;
    }

    /// <summary>Whether a volume's source is a path of the host rather than a volume's name.</summary>
    public static bool IsPath(string source) => source.Length > 0 && (source[0] is '.' or '/' or '~'
        || source.StartsWith(@"\\", StringComparison.Ordinal) || (source.Length > 1 && source[1] == ':' && char.IsLetter(source[0])));

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        var nesting = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
                nesting++;
            else if (text[i] == '}' && nesting > 0)
                nesting--;
            else if (text[i] == ':' && nesting == 0 && !(i - start == 1 && char.IsLetter(text[start])))
            {
                parts.Add(text.Substring(start, i - start));
                start = i + 1;
            }
        }

        parts.Add(text.Substring(start));
        return parts;
    }
}
