using Repave.Core.Model;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What was read of files before and need not be read again while they stay the same.</summary>
internal sealed class HelmCache
{
    // A few repositories of charts.
    private const int Most = 20_000;

    private readonly Dictionary<(string Path, string Name), (string Text, Manifest File, IReadOnlyList<TemplateTree> Trees)> _templates =
        [];
    private readonly Dictionary<string, (string Text, Manifest File, GoMap Values)> _values = new(StringComparer.Ordinal);

    /// <summary>The templates of a file.</summary>
    /// <exception cref="TemplateSyntaxException">Go cannot parse it.</exception>
    public IReadOnlyList<TemplateTree> Templates(string name, HelmFile file, TemplateExecutor executor)
    {
        var key = (file.Path, name);
        lock (_templates)
        {
            if (_templates.TryGetValue(key, out var known) && known.Text == file.Text)
                return known.Trees;
        }

        var trees = executor.Parse(name, file.Text, file.Manifest);
        lock (_templates)
        {
            if (_templates.Count >= Most)
                _templates.Clear();
            _templates[key] = (file.Text, file.Manifest, trees);
        }

        return trees;
    }

    /// <summary>The values of a file, which nobody changes; null if they cannot be read.</summary>
    public GoMap? Values(HelmFile file, out string? error, out Text.TextSpan at)
    {
        (error, at) = (null, default);
        lock (_values)
        {
            if (_values.TryGetValue(file.Path, out var known) && known.Text == file.Text)
                return known.Values;
        }

        var read = GoYamlReader.ReadFile(file.Manifest, out error, out at);
        if (error is not null)
            return null;
        lock (_values)
        {
            if (_values.Count >= Most)
                _values.Clear();
            _values[file.Path] = (file.Text, file.Manifest, read);
        }

        return read;
    }
}
