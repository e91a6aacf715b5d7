using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A rule on names that a template defines and nothing in it uses.</summary>
public abstract class UnusedNameRule : CloudFormationRule
{
    /// <summary>What is named, for messages.</summary>
    private protected abstract string What { get; }

    /// <summary>The names that a section defines.</summary>
    private protected abstract IReadOnlyDictionary<string, MapEntry> NamesOf(Template template);

    internal sealed override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros || template.Root.Has("Fn::Transform"))
            return;
        var used = new HashSet<string>(template.References.Select(r => r.Name), StringComparer.Ordinal);
        var text = template.Document.Text;
        foreach (var entry in NamesOf(template))
        {
            // What packing tools and loops are given stands in texts.
            var (key, node) = (entry.Key, entry.Value);
            if (!used.Contains(key) && text.IndexOf(key, node.Span.End, StringComparison.Ordinal) < 0 && text.IndexOf(key, 0, node.Key.Span.Start, StringComparison.Ordinal) < 0)
                sink.Add(this, node.Key.Span, $"Nothing in this template uses the {What} '{key}'.");
        }
    }
}
