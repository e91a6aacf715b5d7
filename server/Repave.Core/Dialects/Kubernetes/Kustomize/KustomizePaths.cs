namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Paths of fields as kustomize writes them.</summary>
internal static class KustomizePaths
{
    /// <summary>The parts of a path; a backslash before the delimiter takes its meaning away.</summary>
    public static List<string> Split(string path, char delimiter)
    {
        var parts = path.Split(delimiter).ToList();
        if (parts.Count > 1 && parts[0].Length == 0)
            parts.RemoveAt(0);
        var joined = new List<string> { parts[0] };
        foreach (var part in parts.Skip(1))
        {
            var last = joined[joined.Count - 1];
            if (last.EndsWith('\\'))
                joined[joined.Count - 1] = last.Substring(0, last.Length - 1) + delimiter + part;
            else
                joined.Add(part);
        }

        return joined;
    }

    /// <summary>The same, where brackets hold together.</summary>
    public static List<string> SplitSmart(string path, char delimiter)
    {
        var parts = Split(path, delimiter);
        var found = new List<string>();
        for (var i = 0; i < parts.Count; i++)
        {
            if (!parts[i].StartsWith('[') || parts[i].EndsWith(']'))
            {
                found.Add(parts[i]);
                continue;
            }

            var start = i;
            while (i < parts.Count - 1 && !(i > start && parts[i].EndsWith(']')))
                i++;
            var joined = string.Join(delimiter.ToString(), parts.Skip(start).Take(i - start + 1));
            found.Add(joined.Contains('=') ? joined : joined.Trim('[', ']'));
        }

        return found;
    }

    public static bool IsListIndex(string part) => part.StartsWith('[') && part.EndsWith(']');

    public static bool IsIndex(string part) =>
        int.TryParse(part, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture,
            out var index) && index >= 0;

    /// <summary>The two sides of <c>[name=value]</c>.</summary>
    /// <exception cref="KustomizeException">It has none.</exception>
    public static (string Name, string Value) NameValue(string part)
    {
        var inner = part.EndsWith(']') ? part.Substring(0, part.Length - 1) : part;
        if (inner.StartsWith('['))
            inner = inner.Substring(1);
        var at = inner.IndexOf('=');
        return at < 0
            ? throw new KustomizeException("list path element must contain fieldName=fieldValue for element to match")
            : (inner.Substring(0, at), inner.Substring(at + 1));
    }
}
