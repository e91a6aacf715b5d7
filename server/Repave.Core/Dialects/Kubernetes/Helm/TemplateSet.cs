using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Templates that know each other by name. One that a call of <c>tpl</c> makes knows those around it too.</summary>
internal sealed class TemplateSet(string name, TemplateSet? outer = null)
{
    private readonly Dictionary<string, (TemplateTree Tree, GoText? Text)> _trees = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Adds templates; of two with one name the later counts, unless nothing is in it.</summary>
    /// <param name="trees">The templates.</param>
    /// <param name="text">The text that they were read from, where that was made by a template.</param>
    public void Add(IEnumerable<TemplateTree> trees, GoText? text = null)
    {
        foreach (var tree in trees)
        {
            if (!tree.IsEmpty || Find(tree.Name) is null)
                _trees[tree.Name] = (tree, text);
        }
    }

    public (TemplateTree Tree, GoText? Text)? Find(string template) =>
        _trees.TryGetValue(template, out var found) ? found : outer?.Find(template);
}
