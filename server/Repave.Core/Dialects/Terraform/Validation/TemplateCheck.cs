using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Rules;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>Holds the templates that configurations fill in (<c>templatefile</c>) against the variables that they are given, and says what
/// they become.</summary>
internal sealed class TemplateCheck
{
    // Terraform itself reads no longer ones either, but for a while.
    private const int MaxLength = 500_000;

    private readonly Dictionary<string, Manifest> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HclExpression?> _templates = new(StringComparer.Ordinal);

    public TemplateCheck(IEnumerable<Manifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            if (TerraformFiles.Join("", manifest.Path) is { } path)
                _files[path] = manifest;
        }
    }

    /// <summary>Reports what a template names and is not given.</summary>
    public void Check(TerraformModule module, Func<Resource, FindingSink> sinkOf)
    {
        foreach (var (item, call, file) in CallsIn(module))
        {
            // Of what is put together or looked up the names are not known.
            if (call.Arguments[1] is not HclObject { Entries: var entries } || entries.Any(static entry => entry.Name is null)
                || TemplateOf(file) is not { } template)
                continue;
            var given = new HashSet<string>(entries.Select(static entry => entry.Name!), StringComparer.Ordinal);
            foreach (var missing in References.Traversals(template, []).Where(name => !given.Contains(name.Root))
                .GroupBy(static name => name.Root, StringComparer.Ordinal).Select(static same => same.First()))
            {
                var place = new Place(file, file.Source.Whole, missing.RootSpan);
                sinkOf(item).Add(UndeclaredReference.Instance, call.NameSpan,
                    $"The template '{file.FileName}' uses '{missing.Root}', which is not among the variables that it is given.", item,
                    related: [new RelatedPlace(place, $"'{missing.Root}' is used here")]);
            }
        }
    }

    /// <summary>What the templates become that are wanted.</summary>
    /// <param name="module">The module that fills them in.</param>
    /// <param name="isWanted">Whether a text is wanted, going by how it begins.</param>
    /// <param name="evaluate">The value of an expression of the module.</param>
    public IEnumerable<RenderedText> Rendered(
        TerraformModule module, Func<string, bool> isWanted, Func<HclExpression, TerraformValue> evaluate)
    {
        foreach (var (item, call, file) in CallsIn(module))
        {
            if (file.Source.Documents is not [{ Start: 0 } slot] || Header(item, call, isWanted) is not { } header
                || !isWanted(header + file.Source.Text.Content) || TemplateOf(file) is not { } template
                || RenderedOf(file, template, header, evaluate(call.Arguments[1])) is not { } text)
                continue;
            yield return new RenderedText(file, slot, text,
                new RelatedPlace(new Place(item.Manifest, item.Slot, call.NameSpan), $"{item.Address} fills it in"));
        }
    }

    private IEnumerable<(TerraformItem Item, HclCall Call, Manifest File)> CallsIn(TerraformModule module)
    {
        foreach (var item in module.Items)
        {
            foreach (var call in TemplateFiles.CallsIn(item, "templatefile"))
            {
                if (call is { Expands: false, Arguments: [var name, _] } && TemplateFiles.PathOf(name, module) is { } path
                    && _files.TryGetValue(path, out var file) && file.Source.Text.Length <= MaxLength)
                    yield return (item, call, file);
            }
        }
    }

    private HclExpression? TemplateOf(Manifest file)
    {
        if (!_templates.TryGetValue(file.Path, out var template))
            _templates[file.Path] = template = HclLanguage.ParseTemplate(file.Source.Text.Content);
        return template;
    }

    private static EmbeddedText? RenderedOf(Manifest file, HclExpression template, string header, TerraformValue variables)
    {
        var builder = new EmbeddedText.Builder();
        builder.AddText(header, default);
        var evaluator = new Evaluator(EvaluationScope.Empty);
        if (!variables.IsUnknown && !variables.IsNull && variables.Kind is Packs.SchemaTypeKind.Map or Packs.SchemaTypeKind.Object)
        {
            foreach (var entry in variables.Entries)
                evaluator.Set(entry.Key, variables.IsSensitive ? TerraformValue.Unknown : entry.Value);
        }

        return new TemplateRendering(file.Source.Text.Content, builder).Render(template, evaluator) ? builder.Build() : null;
    }

    // What a part of user data is its type says, so that it need not say it itself.
    private static string? Header(TerraformItem item, HclCall call, Func<string, bool> isWanted) =>
        CloudConfigParts.Of(item.Body).Any(part => part.Content.All.Contains(call)) && isWanted(CloudConfigParts.Header)
            ? CloudConfigParts.Header : "";
}
