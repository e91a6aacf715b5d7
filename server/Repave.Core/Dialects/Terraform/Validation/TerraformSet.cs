using Repave.Core.Dialects.Terraform.Editing;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>The modules of a set of files, ready to be checked and asked about.</summary>
internal sealed class TerraformSet : DialectSet, INames, IPlaces, IDefaults, IMachineImages, IRendersTexts
{
    private readonly Dictionary<string, TerraformModule> _modules;
    private readonly Dictionary<string, int> _fingerprints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModuleKnowledge> _knowledge = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _used = new(StringComparer.Ordinal);
    private readonly ResourceSet _set;
    private readonly TerraformRule[] _rules = RuleCatalogue.Of<TerraformRule>();
    private readonly Lazy<TemplateCheck> _templates;

    public TerraformSet(ResourceSet set, IReadOnlyList<Manifest> manifests)
    {
        _set = set;
        _templates = new(() => new TemplateCheck(manifests));
        var byFolder = set.All.OfType<TerraformItem>().GroupBy(i => i.Folder, StringComparer.Ordinal).ToList();
        var folders = new HashSet<string>(byFolder.Select(g => g.Key), StringComparer.Ordinal);
        var isPart = TerragruntModules.PartsIn(manifests, folders.Contains);
        _modules = byFolder.ToDictionary(g => g.Key, g =>
        {
            var items = g.Where(i => TerraformFiles.KindOf(i.Manifest.Path) == TerraformFileKind.Configuration);
            return new TerraformModule(g.Key, items) { IsPart = isPart(g.Key) };
        }, StringComparer.Ordinal);
        foreach (var module in _modules.Values)
            _knowledge[module.Folder] = new ModuleKnowledge(_modules, module);
        foreach (var group in byFolder)
        {
            var hash = _modules[group.Key].IsPart ? 19 : 17;
            // Documents are the same objects for as long as they are not edited.
            foreach (var document in group.Select(i => i.Slot.Document).Distinct())
                hash = unchecked((hash * 31) + System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(document));
            _fingerprints[group.Key] = hash;
        }

        foreach (var item in set.All.OfType<TerraformItem>())
        {
            if (!_used.TryGetValue(item.Folder, out var used))
                _used[item.Folder] = used = new HashSet<string>(StringComparer.Ordinal);
            foreach (var reference in References.Of(item))
                used.Add(reference.Address);
        }
    }

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        if (resource is not TerraformItem item)
            return null;
        var knowledge = KnowledgeOf(item.Folder);
        lock (knowledge)
            new ItemCheck(item, knowledge, sink).Check();
        foreach (var rule in _rules)
        {
            if (sink.Settings.IsOn(rule, resource.Manifest.Path))
            {
                sink.Run(rule, resource, (rule, item, knowledge.Module), static (on, sink) => on.rule.Check(on.item, on.Module, sink));
            }
        }

        return Fingerprint(item.Folder);
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) =>
        resource is TerraformItem item && looked is int seen && seen == Fingerprint(item.Folder);

    /// <inheritdoc/>
    public override void CheckSet(Func<Resource, FindingSink> sinkOf)
    {
        var assigned = _set.All.OfType<TerraformItem>().Where(i => i.Kind == TerraformKind.Assignment)
            .ToLookup(i => i.Folder, StringComparer.Ordinal);
        foreach (var module in _modules.Values)
            new ModuleCheck(module, _used.GetValueOrDefault(module.Folder) ?? [], assigned[module.Folder], sinkOf).Check();
        foreach (var module in FillingIn())
            _templates.Value.Check(module, sinkOf);
    }

    /// <inheritdoc/>
    public IEnumerable<RenderedText> RenderedTexts(Func<string, bool> isWanted) => FillingIn().SelectMany(module =>
        _templates.Value.Rendered(module, isWanted, value => Ask(module.Folder, knowledge => knowledge.Instance.Evaluate(value))));

    private IEnumerable<TerraformModule> FillingIn() => _modules.Values.Where(static module => module.Items.Any(static item =>
        item.Slot.Document.Text.Contains("templatefile(", StringComparison.Ordinal)));

    /// <inheritdoc/>
    public IEnumerable<Reference> ReferencesOf(Resource resource)
    {
        if (resource is not TerraformItem item)
            yield break;
        foreach (var reference in References.Of(item))
        {
            var end = reference.Traversal.Steps[reference.Steps - 1].Span.End;
            var start = reference.Traversal.Steps[reference.Steps - 1].NameSpan.Start;
            var span = new TextSpan(start, end);
            yield return ReferenceAt(item, span, IdOf(item.Folder, reference.Address));
            // What is taken of a call is an output of the module that it calls.
            if (reference.Address.StartsWith("module.", StringComparison.Ordinal)
                && reference.Traversal.Steps.Skip(reference.Steps).FirstOrDefault(s => !s.IsIndex) is { Name: { } output } step
                && CalledBy(item.Folder, reference.Address) is { } called)
                yield return ReferenceAt(item, step.NameSpan, new ResourceId(TerraformDialect.DialectName, "output", called, output));
        }

        if (item.Kind == TerraformKind.Assignment && item.Attribute is { } assigned)
            yield return ReferenceAt(item, assigned.NameSpan,
                new ResourceId(TerraformDialect.DialectName, "variable", item.Folder, item.Name));
        if (item.Kind != TerraformKind.Module || CalledBy(item.Folder, item.Address) is not { } folder)
            yield break;
        foreach (var attribute in item.Body.Attributes.Where(a => !ModuleCalls.IsMeta(a.Name)))
        {
            yield return ReferenceAt(item, attribute.NameSpan,
                new ResourceId(TerraformDialect.DialectName, "variable", folder, attribute.Name));
        }
    }

    private static Reference ReferenceAt(TerraformItem item, TextSpan span, ResourceId to) => new(item,
        new ExpressionNode(span, item.Slot.Document.Text.Substring(span.Start, span.Length), []), to, false);

    // The folder of the module that a call means; null where it is not among the files.
    private string? CalledBy(string folder, string address) => _modules.TryGetValue(folder, out var module) && module[address] is { } call
        && ConfigurationTree.Folder(module, call, null, "") is { } called && _modules.ContainsKey(called) ? called : null;

    /// <inheritdoc/>
    public bool Owns(Document document) => document is HclDocument;

    /// <inheritdoc/>
    public PlaceDescription? DescribeAt(Document document, int offset) =>
        ItemsOf(document) is { Count: > 0 } items ? Ask(items[0].Folder, k => new TerraformPlaces(k, items).DescribeAt(offset)) : null;

    /// <inheritdoc/>
    public IEnumerable<UnwrittenDefaults> DefaultsIn(Document document, TextSpan part) => ItemsOf(document) is { Count: > 0 } items
        ? Ask(items[0].Folder, k => new TerraformPlaces(k, items).DefaultsIn(part).ToList()) : [];

    /// <inheritdoc/>
    public (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) CompleteAt(Document document, int offset)
    {
        var items = ItemsOf(document);
        // What says nothing yet belongs to no module, and Terraform's own words fit there all the same.
        return Ask(items.Count > 0 ? items[0].Folder : "", k => new TerraformPlaces(k, items).CompleteAt(document.Text, offset));
    }

    /// <inheritdoc/>
    public IEnumerable<ResourcePart> PartsOf(Resource resource) => resource is TerraformItem item ? TerraformPlaces.PartsOf(item) : [];

    // A file that an editor has just opened is the one that was read from disk, as another object.
    private List<TerraformItem> ItemsOf(Document document)
    {
        var own = _set.All.OfType<TerraformItem>().Where(i => i.Slot.Document == document).ToList();
        if (own.Count > 0 || _set.All.OfType<TerraformItem>().FirstOrDefault(i => i.Slot.Document.Text == document.Text) is not { } same)
            return own;
        return [.. _set.All.OfType<TerraformItem>().Where(i => i.Slot.Document == same.Slot.Document)];
    }

    private T Ask<T>(string folder, Func<ModuleKnowledge, T> ask)
    {
        var knowledge = KnowledgeOf(folder);
        lock (knowledge)
            return ask(knowledge);
    }

    /// <inheritdoc/>
    public IEnumerable<MachineImageBuild> MachineImagesBuiltBy(Resource resource) =>
        resource is TerraformItem item && _modules.TryGetValue(item.Folder, out var module) ? TerraformImages.BuiltBy(item, module) : [];

    /// <inheritdoc/>
    public IEnumerable<MachineImageUse> MachineImagesOf(Resource resource) =>
        resource is TerraformItem item && _modules.TryGetValue(item.Folder, out var module) ? TerraformImages.UsedBy(item, module) : [];

    /// <inheritdoc/>
    public IEnumerable<Resource> Find(ResourceId id) => _set[id];

    /// <inheritdoc/>
    public bool Means(Reference reference, Resource resource) => reference.To == resource.Id;

    /// <inheritdoc/>
    public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) => [];

    private ModuleKnowledge KnowledgeOf(string folder) => _knowledge.TryGetValue(folder, out var known) ? known
        : new ModuleKnowledge(_modules, new TerraformModule(folder, []));

    private int Fingerprint(string folder)
    {
        var hash = _fingerprints.GetValueOrDefault(folder);
        if (!_modules.TryGetValue(folder, out var module))
            return hash;
        foreach (var call in module.Of(TerraformKind.Module))
        {
            if (ConfigurationTree.Folder(module, call, null, "") is { } called)
                hash = unchecked((hash * 31) + _fingerprints.GetValueOrDefault(called));
        }

        return hash;
    }

    private static ResourceId IdOf(string folder, string address)
    {
        var parts = address.Split('.');
        return parts[0] switch
        {
            "var" => new ResourceId(TerraformDialect.DialectName, "variable", folder, parts[1]),
            "local" => new ResourceId(TerraformDialect.DialectName, "local", folder, parts[1]),
            "module" => new ResourceId(TerraformDialect.DialectName, "module", folder, parts[1]),
            "data" or "ephemeral" => new ResourceId(TerraformDialect.DialectName, $"{parts[0]}.{parts[1]}", folder, parts[2]),
            _ => new ResourceId(TerraformDialect.DialectName, parts[0], folder, parts[1]),
        };
    }
}
