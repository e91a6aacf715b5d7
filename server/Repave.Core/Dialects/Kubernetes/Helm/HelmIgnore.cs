using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>The files that <c>.helmignore</c> leaves out of a chart.</summary>
internal sealed class HelmIgnore
{
    private readonly List<(BoundedRegex Pattern, bool IsNegated, bool OnlyFolders, bool OnlyName)> _rules = [];

    /// <summary>What Helm leaves out of every chart.</summary>
    public static HelmIgnore Default { get; } = new();

    private HelmIgnore() => Add("templates/.?*");

    public static HelmIgnore Parse(byte[] bytes)
    {
        var ignore = new HelmIgnore();
        foreach (var line in GoQuoting.TextOf(bytes).TrimStart('\uFEFF').Split('\n'))
            ignore.Add(line.Trim());
        return ignore;
    }

    /// <summary>Whether a file is left out, or a folder that it lies in.</summary>
    public bool Ignores(string name)
    {
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (Matches(name.Substring(0, slash), true))
                return true;
        }

        return Matches(name, false);
    }

    private bool Matches(string path, bool isFolder)
    {
        var name = path.Substring(path.LastIndexOf('/') + 1);
        foreach (var (pattern, isNegated, onlyFolders, onlyName) in _rules)
        {
            var found = pattern.Matches(onlyName ? name : path);
            if (isNegated)
            {
                if (onlyFolders && !isFolder)
                    return true;
                if (!found)
                    return true;
                continue;
            }

            if (onlyFolders && !isFolder)
                continue;
            if (found)
                return true;
        }

        return false;
    }

    private void Add(string line)
    {
        if (line.Length == 0 || line[0] == '#' || line.Contains("**", StringComparison.Ordinal))
            return;
        var isNegated = line[0] == '!';
        if (isNegated)
            line = line.Substring(1);
        var onlyFolders = line.EndsWith('/');
        if (onlyFolders)
            line = line.TrimEnd('/');
        var isRooted = line.StartsWith('/');
        if (isRooted)
            line = line.Substring(1);
        if (line.Length > 0)
            _rules.Add((GoGlob.Pattern(line, false), isNegated, onlyFolders, !isRooted && !line.Contains('/')));
    }
}
