using System.Text;

namespace Repave.Core.Yaml;

/// <summary>Paths of nodes as people and API servers write them: <c>spec.ports[0].port</c>; a key that is not a plain name stands in
/// brackets (<c>metadata.annotations[example.com/owner]</c>).</summary>
public static class YamlPath
{
    /// <summary>The path of a node from <paramref name="root"/> (exclusive; by default the document's root). The root's own path is empty.</summary>
    public static string Of(YamlNode node, YamlNode? root = null)
    {
        var parts = new List<string>();
        for (var at = node; at.Parent is { } parent && at != root; at = parent)
        {
            switch (parent)
            {
                case YamlSequence sequence:
                    parts.Add($"[{IndexOf(sequence, at)}]");
                    break;
                case YamlMapping mapping:
                    parts.Add(Key(NameOf(mapping, at)));
                    break;
            }
        }

        var path = new StringBuilder();
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            if (path.Length > 0 && parts[i][0] != '[')
                path.Append('.');
            path.Append(parts[i]);
        }

        return path.ToString();
    }

    /// <summary>The path of a key below a path.</summary>
    public static string Append(string path, string key)
    {
        var part = Key(key);
        return path.Length == 0 || part[0] == '[' ? path + part : path + "." + part;
    }

    private static string Key(string name)
    {
        if (name.Length == 0)
            return "[]";
        foreach (var c in name)
        {
            if (c is '.' or '/' or '[' or ']' or ' ' or '"')
                return $"[{name}]";
        }

        return name;
    }

    private static int IndexOf(YamlSequence sequence, YamlNode item)
    {
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (sequence.Items[i] == item)
                return i;
        }

        return -1;
    }

    private static string NameOf(YamlMapping mapping, YamlNode node)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Value == node || entry.Key == node)
                return entry.Name ?? "?";
        }

        return "?";
    }
}
