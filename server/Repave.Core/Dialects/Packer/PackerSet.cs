using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>Holds templates against what Packer's core reads; what plugins take is theirs.</summary>
internal sealed class PackerSet(ResourceSet set) : DialectSet, INames, IPlaces, IMachineImages
{
    private static readonly Lazy<IReadOnlyList<PackerRule>> Rules = new(static () => [.. RuleCatalogue.All.OfType<PackerRule>()]);

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        if (resource is PackerBlock block)
            CheckBlock(block, sink);
        else if (resource is PackerTemplate { Slot.Document.IsWhole: true } template)
            CheckTemplate(template, sink);
        foreach (var rule in Rules.Value)
            sink.Run(rule, resource, (rule, resource), static (state, to) => state.rule.CheckResource(state.resource, to));
        foreach (var part in PackerPart.Of(resource))
        {
            foreach (var rule in Rules.Value)
                sink.Run(rule, resource, (rule, part), static (state, to) => state.rule.Check(state.part, to));
        }

        return null;
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => before is PackerSet;

    /// <inheritdoc/>
    public override void CheckSet(Func<Resource, FindingSink> sinkOf)
    {
        foreach (var folder in set.All.OfType<PackerBlock>().GroupBy(block => block.Id.Namespace ?? "", StringComparer.Ordinal))
        {
            foreach (var file in folder.GroupBy(block => block.Manifest.Path, StringComparer.Ordinal))
                CheckRepeated(file, sinkOf);
            var declared = new HashSet<string>(folder.SelectMany(Declared).Select(item => item.Name), StringComparer.Ordinal);
            foreach (var build in folder.Where(block => block.Block.Type == "build"))
                CheckSources(build, declared, sinkOf);
            foreach (var block in folder)
                CheckNames(block, declared, sinkOf);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Reference> ReferencesOf(Resource resource) => NamesIn(resource)
        .Select(name => new Reference(resource,
            new ExpressionNode(name.Span, resource.Slot.Document.Text.Substring(name.Span.Start, name.Span.Length), []),
            new ResourceId(PackerDialect.DialectName, name.Type, resource.Id.Namespace, name.Name), false));

    /// <inheritdoc/>
    public IEnumerable<Resource> Find(ResourceId id) => set[id];

    /// <inheritdoc/>
    public IEnumerable<MachineImageBuild> MachineImagesBuiltBy(Resource resource) => PackerImages.BuiltBy(resource, First);

    /// <inheritdoc/>
    public IEnumerable<MachineImageUse> MachineImagesOf(Resource resource) => PackerImages.UsedBy(resource, First);

    private Resource? First(ResourceId id) => set[id].FirstOrDefault();

    /// <inheritdoc/>
    public bool Means(Reference reference, Resource resource) => reference.To == resource.Id;

    /// <inheritdoc/>
    public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) => [];

    /// <inheritdoc/>
    public bool Owns(Document document) => BlocksOf(document).Any();

    /// <inheritdoc/>
    public PlaceDescription? DescribeAt(Document document, int offset)
    {
        foreach (var block in BlocksOf(document))
        {
            if (ReferencesOf(block).FirstOrDefault(reference => reference.Node.Span.Touches(offset)) is { } used)
                return Find(used.To).FirstOrDefault() is { } declared
                    ? new PlaceDescription(used.Node.Span, PackerPlaces.Describe(declared)) : null;
        }

        return null;
    }

    /// <inheritdoc/>
    public (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) CompleteAt(Document document, int offset)
    {
        var word = PackerPlaces.WordBefore(document.Text, offset);
        var folder = BlocksOf(document).FirstOrDefault()?.Id.Namespace;
        return word is not var (type, start) ? (new TextSpan(offset, offset), [])
            : (new TextSpan(start, offset), DeclaredNames.Offered(set, type, folder));
    }

    /// <inheritdoc/>
    public IEnumerable<ResourcePart> PartsOf(Resource resource) => [];

    private IEnumerable<PackerBlock> BlocksOf(Document document) => DeclaredNames.In(set, document).OfType<PackerBlock>();

    private static IEnumerable<PackerName> NamesIn(Resource resource) =>
        resource is PackerBlock { IsArgument: false } block ? PackerNames.Of(block.Block) : [];

    // Variables may be declared in a file that is not looked at; where some are seen, all are.
    private static void CheckNames(PackerBlock block, HashSet<string> declared, Func<Resource, FindingSink> sinkOf)
    {
        foreach (var (type, name, span) in NamesIn(block))
        {
            var kind = type == "variable" ? "var." : type == "local" ? "local." : null;
            if (kind is not null && !declared.Contains(kind + name)
                && declared.Any(known => known.StartsWith(kind, StringComparison.Ordinal)))
                sinkOf(block).Add(UnresolvedReference.Instance, span, $"No {type} '{name}' is declared in this folder.", block,
                    severity: Severity.Warning);
        }
    }

    // Packer takes a folder's files together or one alone, so that what two files declare may be two templates.
    private static void CheckRepeated(IEnumerable<PackerBlock> file, Func<Resource, FindingSink> sinkOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (block, name, span) in file.SelectMany(Declared))
        {
            if (!seen.Add(name))
                sinkOf(block).Add(DuplicateResource.Instance, span, $"'{name}' is declared twice in this file.", block);
        }
    }

    private static IEnumerable<(PackerBlock Block, string Name, Text.TextSpan Span)> Declared(PackerBlock block) => block.Block switch
    {
        { Type: "source", Labels.Count: 2 } => [(block, "source." + block.Id.Name, block.NameSpan)],
        { Type: "variable", Labels.Count: 1 } => [(block, "var." + block.Id.Name, block.NameSpan)],
        { Type: "local", Labels.Count: 1 } => [(block, "local." + block.Id.Name, block.NameSpan)],
        { Type: "data", Labels.Count: 2 } => [(block, "data." + block.Id.Name, block.NameSpan)],
        { Type: "variables" } => block.Block.Body.Attributes.Select(a => (block, "var." + a.Name, a.NameSpan)),
        { Type: "locals" } => block.Block.Body.Attributes.Select(a => (block, "local." + a.Name, a.NameSpan)),
        _ => [],
    };

    // A folder of which only a part is looked at may have its sources elsewhere.
    private static void CheckSources(PackerBlock build, HashSet<string> declared, Func<Resource, FindingSink> sinkOf)
    {
        if (!declared.Any(static name => name.StartsWith("source.", StringComparison.Ordinal)))
            return;
        var named = (build.Block.Body["sources"] as HclTuple)?.Items.Select(item => (NameOf(item), item.Span)) ?? [];
        named = named.Concat(build.Block.Body.BlocksOf("source").Where(block => block.Labels.Count == 1)
            .Select(block => ((string?)block.Label(0), block.Labels[0].Inner)));
        foreach (var (name, span) in named)
        {
            if (name is null)
                continue;
            // Within a build they are also named 'sources.type.name', and without the word before them.
            var plain = "source." + (name.StartsWith("source.", StringComparison.Ordinal) || name.StartsWith("sources.", StringComparison.Ordinal)
                ? name.Substring(name.IndexOf('.') + 1) : name);
            if (!declared.Contains(plain))
                sinkOf(build).Add(UnresolvedReference.Instance, span, $"No source '{plain.Substring("source.".Length)}' is declared in this folder.",
                    build, severity: Severity.Error);
        }
    }

    private static string? NameOf(HclExpression item) => item is HclTraversal traversal
        ? traversal.Steps.All(static step => !step.IsIndex && step.Name is not null)
            ? traversal.Root + string.Concat(traversal.Steps.Select(static step => "." + step.Name)) : null
        : item.Text;

    private static void CheckBlock(PackerBlock resource, FindingSink sink)
    {
        var known = PackerFacts.BlocksIn(PackerFacts.File);
        if (resource.IsArgument)
            sink.Add(UnknownField.Instance, resource.NameSpan, $"'{resource.Id.Name}' is not an argument of a template, which consists of blocks.",
                resource);
        else if (CheckLabels(resource.Block, known, "a template", resource, sink))
            CheckBody(resource.Block, resource, sink);
    }

    private static void CheckBody(HclBlock block, PackerBlock resource, FindingSink sink)
    {
        var (blocks, arguments) = (PackerFacts.BlocksIn(block.Type), PackerFacts.ArgumentsOf(block.Type));
        // The bodies of sources, provisioners and the like are read by plugins.
        if (blocks.Count == 0 && arguments.Count == 0)
            return;
        foreach (var attribute in block.Body.Attributes)
        {
            if (!arguments.ContainsKey(attribute.Name))
                sink.Add(UnknownField.Instance, attribute.NameSpan, $"'{attribute.Name}' is not an argument of a block '{block.Type}'.", resource);
        }

        foreach (var missing in arguments.Where(argument => argument.Value && block.Body[argument.Key] is null))
            sink.Add(MissingField.Instance, block.TypeSpan, $"Missing required argument '{missing.Key}'.", resource);
        foreach (var inner in block.Body.Blocks)
        {
            if (inner.Type == "dynamic" || !CheckLabels(inner, blocks, $"a block '{block.Type}'", resource, sink))
                continue;
            // 'source' within a build, and what plugins read.
            if (inner.Type is "validation" or "post-processors")
                CheckBody(inner, resource, sink);
        }
    }

    private static bool CheckLabels(HclBlock block, IReadOnlyDictionary<string, IReadOnlyList<string>> known, string holder,
        PackerBlock resource, FindingSink sink)
    {
        if (!known.TryGetValue(block.Type, out var labels))
        {
            var nearest = Shapes.NearestName.Of(block.Type, [.. known.Keys]);
            sink.Add(UnknownField.Instance, block.TypeSpan,
                $"'{block.Type}' is not a block of {holder}{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", resource);
            return false;
        }

        if (block.Labels.Count == labels.Count)
            return true;
        sink.Add(block.Labels.Count < labels.Count ? MissingField.Instance : UnknownField.Instance, block.Head, labels.Count == 0
            ? $"A block '{block.Type}' has no label." : $"A block '{block.Type}' has {labels.Count} label{(labels.Count == 1 ? "" : "s")}: "
            + $"its {string.Join(" and its ", labels)}.", resource);
        return false;
    }

    private static void CheckTemplate(PackerTemplate template, FindingSink sink)
    {
        var keys = PackerFacts.Keys;
        foreach (var entry in template.Root.AllEntries)
        {
            // A key that begins with a line is a comment.
            if (entry.Name is not { } name || name.StartsWith('_'))
                continue;
            if (!keys.TryGetValue(name.ToLowerInvariant(), out var kind))
                sink.Add(UnknownField.Instance, template, entry.Key, $"'{name}' is not a key of a template.");
            else if (kind == "list" && entry.Value.Resolved is not ListNode and not ScalarNode { IsNull: true })
                sink.Add(WrongType.Instance, template, entry.Value, $"'{name}' must be a list.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var builder in template.Root.ItemsAt("builders"))
        {
            var type = RequireType(template, builder, sink);
            if (type is not null && !names.Add(builder.TextAt("name") is { Length: > 0 } own ? own : type))
                sink.Add(DuplicateItem.Instance, template, builder.ScalarAt("name") ?? builder.ScalarAt("type")!,
                    $"Two builders are called '{builder.TextAt("name") ?? type}'. Give one of them another name.");
        }

        foreach (var provisioner in template.Root.ItemsAt("provisioners"))
            RequireType(template, provisioner, sink);
        foreach (var step in template.PostProcessors.OfType<MapNode>())
            RequireType(template, step, sink);
    }

    private static string? RequireType(PackerTemplate template, Node part, FindingSink sink)
    {
        if (part.TextAt("type") is { Length: > 0 } type)
            return type;
        sink.Add(MissingField.Instance, template, part, "Missing required field 'type'.");
        return null;
    }
}
