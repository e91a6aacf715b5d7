using Repave.Core.Builds;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>The values and templates that a chart names, and what fits where they are typed.</summary>
internal sealed class HelmNames
{
    private const int MaxEntries = 20_000;

    private readonly Dictionary<string, (string Text, IReadOnlyList<SourceName> Names)> _known = new(StringComparer.Ordinal);

    /// <summary>All names of a chart's own files and, of what is taken from others, the uses.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">The chart's folder.</param>
    /// <param name="chart">The chart; null where it cannot be loaded.</param>
    /// <param name="variants">Its files of values besides the usual one.</param>
    public SourceNames Of(IBuildFiles files, string folder, HelmChart? chart, IEnumerable<string> variants)
    {
        var all = new List<SourceName>();
        foreach (var path in files.Below(Join(folder, "templates")))
        {
            if (TextOf(files, path) is { } text)
                all.AddRange(Uses(path, text));
        }

        foreach (var path in variants.Prepend(Join(folder, "values.yaml")))
        {
            if (TextOf(files, path) is not { } text)
                continue;
            all.AddRange(Keys(path, text));
            // Values that are templates themselves.
            if (text.IndexOf("{{", StringComparison.Ordinal) >= 0)
                all.AddRange(HelmUses.In(text, path));
        }

        if (chart is not null)
            all.AddRange(OfOthers(chart));
        return new SourceNames(all);
    }

    /// <summary>The values in a file that no template uses, each with the nearest one that some do.</summary>
    public static IEnumerable<(SourceName Value, string? Nearest)> Unused(SourceNames names, string path)
    {
        var used = names.All.Where(name => name is { Kind: SourceNameKind.Value, IsDefinition: false }).ToList();
        // A chart without any use, or one that gives all values away, says nothing of single ones.
        if (used.Count == 0 || used.Exists(name => name.Name.Length == 0))
            yield break;
        var whole = new HashSet<string>(used.Where(name => !name.GoesOn).Select(name => name.Name), StringComparer.Ordinal);
        var touched = new HashSet<string>(used.Select(name => name.Name), StringComparer.Ordinal);
        var unused = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in names.All.Where(name => name.IsDefinition && name.Kind == SourceNameKind.Value && name.Path == path))
        {
            var parent = ParentOf(value.Name);
            // What is below one that is not used is not said again.
            if (unused.Contains(parent))
            {
                unused.Add(value.Name);
                continue;
            }

            if (touched.Contains(value.Name) || Above(value.Name).Any(whole.Contains))
                continue;
            unused.Add(value.Name);
            var nearest = NearestName.Of(value.Name.Substring(parent.Length == 0 ? 0 : parent.Length + 1), touched
                .Where(name => ParentOf(name) == parent).Select(name => name.Substring(parent.Length == 0 ? 0 : parent.Length + 1)));
            yield return (value, nearest);
        }
    }

    // What Helm gives templates besides values (pkg/engine, pkg/chartutil).
    private static readonly Dictionary<string, string[]> BuiltIn = new(StringComparer.Ordinal)
    {
        ["Release"] = ["Name", "Namespace", "IsInstall", "IsUpgrade", "Revision", "Service"],
        ["Chart"] = [.. HelmMetadata.Texts.Concat(HelmMetadata.Lists).Select(f => f.Field), "Annotations", "Dependencies", "Deprecated"],
        ["Capabilities"] = ["APIVersions", "HelmVersion", "KubeVersion"],
        ["Template"] = ["BasePath", "Name"],
        ["Files"] = ["AsConfig", "AsSecrets", "Get", "GetBytes", "Glob", "Lines"],
    };

    /// <summary>What fits in a file of values, or in a template; null where that is not a matter of the chart.</summary>
    public IReadOnlyList<SourceSuggestion>? Suggest(SourceNames names, bool isValues, string text, int offset)
    {
        if (isValues)
            return SuggestKeys(names, text, offset);
        var open = offset == 0 ? -1 : text.LastIndexOf("{{", Math.Min(text.Length, offset) - 1, StringComparison.Ordinal);
        if (open < 0 || text.IndexOf("}}", open, offset - open, StringComparison.Ordinal) >= 0)
            return null;
        var start = offset;
        while (start > open + 2 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '$'))
            start--;
        var word = text.Substring(start, offset - start);
        var at = word.IndexOf(".Values.", StringComparison.Ordinal);
        if (at >= 0)
        {
            var typed = word.Substring(at + ".Values.".Length);
            var dot = typed.LastIndexOf('.');
            var holder = dot < 0 ? "" : typed.Substring(0, dot);
            return [.. Children(names.All.Where(name => name is { Kind: SourceNameKind.Value, IsDefinition: true }), holder)
                .Select(child => new SourceSuggestion(child, "a value", new TextSpan(offset - (typed.Length - dot - 1), offset)))];
        }

        // In the text that names a template.
        var quote = offset == 0 ? -1 : text.LastIndexOf('"', offset - 1);
        if (quote > open && text.LastIndexOf(' ', quote) is var space && space > open
            && (text.Substring(open, quote - open).TrimEnd() is var before)
            && (before.EndsWith("include", StringComparison.Ordinal) || before.EndsWith("template", StringComparison.Ordinal)))
        {
            return [.. names.All.Where(name => name is { Kind: SourceNameKind.Template, IsDefinition: true }).Select(name => name.Name)
                .Distinct().Select(name => new SourceSuggestion(name, "a named template", new TextSpan(quote + 1, offset)))];
        }

        if (word.StartsWith('.') || word.StartsWith('$'))
        {
            var dot = word.LastIndexOf('.');
            if (dot > 0 && BuiltIn.TryGetValue(word.Substring(0, dot).TrimStart('$', '.'), out var fields))
                return [.. fields.Select(f => new SourceSuggestion(f, "of the " + word.Substring(0, dot).TrimStart('$', '.').ToLowerInvariant(),
                    new TextSpan(start + dot + 1, offset)))];
            return word.IndexOf('.', 1) > 0 ? [] : [.. ((string[])["Values", "Release", "Chart", "Files", "Capabilities", "Template"])
                .Select(name => new SourceSuggestion("." + name, "of the chart", new TextSpan(start, offset)))];
        }

        return [.. HelmFunctions.All.Keys.Concat(["if", "else", "end", "range", "with", "define", "template", "block"])
            .OrderBy(name => name, StringComparer.Ordinal).Select(name => new SourceSuggestion(name, "a function", new TextSpan(start,
                offset)))];
    }

    // The keys that templates use below the one that the line stands under, and that are not there yet.
    private static IReadOnlyList<SourceSuggestion>? SuggestKeys(SourceNames names, string text, int offset)
    {
        var cursor = YamlLanguage.Instance.CursorAt(text, offset);
        if (cursor is not { Key: null, Comment: null, IsInText: false })
            return cursor?.Comment is null ? [] : null;
        var holder = string.Join(".", cursor.Path);
        return [.. Children(names.All.Where(name => name is { Kind: SourceNameKind.Value, IsDefinition: false }), holder)
            .Where(child => !cursor.Siblings.ContainsKey(child))
            .Select(child => new SourceSuggestion(child, "a value that templates use", cursor.Word))];
    }

    private static IEnumerable<string> Children(IEnumerable<SourceName> names, string holder) => names
        .Where(name => name.Name.Length > 0 && ParentOf(name.Name) == holder).Select(name => name.Name.Substring(holder.Length == 0 ? 0
            : holder.Length + 1))
        .Distinct().OrderBy(name => name, StringComparer.Ordinal);

    // What other charts take from this one's values: what is under their names, what is global, and what decides on them.
    private IEnumerable<SourceName> OfOthers(HelmChart chart)
    {
        SourceName Use(string name) => new(SourceNameKind.Value, name, chart.File.Path, default, false);
        yield return Use("global");
        yield return Use("tags");
        foreach (var wanted in chart.Wanted)
        {
            yield return Use(wanted.Alias.Length > 0 ? wanted.Alias : wanted.Name);
            foreach (var condition in wanted.Condition.Split(','))
            {
                if (condition.Trim().Length > 0)
                    yield return Use(condition.Trim());
            }
        }

        var open = new Stack<HelmChart>(chart.Charts);
        var steps = 0;
        while (open.Count > 0 && steps++ < MaxEntries)
        {
            var inner = open.Pop();
            yield return Use(inner.Name);
            // A library's templates are given the values of whoever includes them.
            foreach (var template in inner.Templates)
            {
                foreach (var use in Uses(template.Path, template.Text))
                    yield return use;
            }

            foreach (var deeper in inner.Charts)
                open.Push(deeper);
        }
    }

    private IReadOnlyList<SourceName> Uses(string path, string text)
    {
        lock (_known)
        {
            if (_known.TryGetValue(path, out var known) && known.Text == text)
                return known.Names;
        }

        var names = HelmUses.In(text, path);
        lock (_known)
        {
            if (_known.Count >= MaxEntries)
                _known.Clear();
            _known[path] = (text, names);
        }

        return names;
    }

    private static IEnumerable<SourceName> Keys(string path, string text)
    {
        foreach (var slot in YamlLanguage.Instance.Parse(text).Documents)
        {
            if (slot.Document.Root is not MapNode root)
                continue;
            var open = new Stack<(MapNode Map, string Path)>([(root, "")]);
            var found = new List<SourceName>();
            while (open.Count > 0 && found.Count < MaxEntries)
            {
                var (map, above) = open.Pop();
                foreach (var entry in map.Entries)
                {
                    if (entry.Name is not { } name || entry.Key is not ScalarNode)
                        continue;
                    var full = above.Length == 0 ? name : above + "." + name;
                    found.Add(new SourceName(SourceNameKind.Value, full, path, entry.Key.Span.Shift(slot.Start), true));
                    if (entry.Value is MapNode inner)
                        open.Push((inner, full));
                }
            }

            foreach (var name in found.OrderBy(name => name.Span.Start))
                yield return name;
            yield break;
        }
    }

    private static string ParentOf(string name) => name.LastIndexOf('.') is >= 0 and var dot ? name.Substring(0, dot) : "";

    private static IEnumerable<string> Above(string name)
    {
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
            yield return name.Substring(0, dot);
    }

    private static string? TextOf(IBuildFiles files, string path) =>
        files.Read(path) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    private static string Join(string folder, string name) =>
        folder.Length == 0 || folder == "." ? name : folder.TrimEnd('/') + "/" + name;
}
