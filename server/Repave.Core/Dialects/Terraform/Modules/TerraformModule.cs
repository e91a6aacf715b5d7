using System.Runtime.CompilerServices;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>A module: what the files of one folder declare together.</summary>
public sealed class TerraformModule
{
    private readonly Dictionary<string, TerraformItem> _byAddress = new(StringComparer.Ordinal);

    /// <summary>A module of what its files declare, in the order of the files.</summary>
    public TerraformModule(string folder, IEnumerable<TerraformItem> items)
    {
        Folder = folder;
        var overriding = new List<TerraformItem>();
        var all = new List<TerraformItem>();
        foreach (var item in items)
        {
            if (TerraformFiles.IsOverride(item.Manifest.Path))
                overriding.Add(item);
            else
                all.Add(item);
        }

        Items = [.. all, .. overriding];
        foreach (var item in all)
            _byAddress.TryAdd(item.Address, item);
        foreach (var item in overriding)
        {
            if (!_overrides.TryGetValue(item.Address, out var list))
                _overrides[item.Address] = list = [];
            list.Add(item);
            _byAddress.TryAdd(item.Address, item);
        }
    }

    private readonly Dictionary<string, List<TerraformItem>> _overrides = new(StringComparer.Ordinal);

    /// <summary>The folder, without a slash at its end; empty for where the paths begin.</summary>
    public string Folder { get; }

    /// <summary>Whether another folder may declare what this one does not, because a tool puts the module together from several.</summary>
    public bool IsPart { get; init; }

    /// <summary>Everything that is declared, overriding parts last.</summary>
    public IReadOnlyList<TerraformItem> Items { get; }

    /// <summary>What has an address (<c>var.x</c>, <c>aws_instance.web</c>, <c>module.net</c>); null if nothing has.</summary>
    public TerraformItem? this[string address] => _byAddress.GetValueOrDefault(address);

    /// <summary>What is declared, of one kind.</summary>
    public IEnumerable<TerraformItem> Of(TerraformKind kind) => _byAddress.Values.Where(i => i.Kind == kind);

    /// <summary>The value of an argument, as overriding files leave it; null if there is none.</summary>
    public HclExpression? Argument(TerraformItem item, string name)
    {
        if (_overrides.TryGetValue(item.Address, out var overrides))
        {
            for (var i = overrides.Count - 1; i >= 0; i--)
            {
                if (overrides[i].Body[name] is { } value)
                    return value;
            }
        }

        return item.Body[name];
    }

    /// <summary>The arguments of something, as overriding files leave them.</summary>
    public IEnumerable<HclAttribute> Arguments(TerraformItem item)
    {
        if (!_overrides.TryGetValue(item.Address, out var overrides))
            return item.Body.Attributes;
        var byName = new Dictionary<string, HclAttribute>(StringComparer.Ordinal);
        foreach (var attribute in item.Body.Attributes.Concat(overrides.SelectMany(o => o.Body.Attributes)))
            byName[attribute.Name] = attribute;
        return byName.Values;
    }

    /// <summary>The blocks within something, as overriding files leave them: blocks of a type stand in the place of all of
    /// that type.</summary>
    public IEnumerable<HclBlock> Blocks(TerraformItem item)
    {
        IReadOnlyList<HclBlock> blocks = item.Body.Blocks;
        if (!_overrides.TryGetValue(item.Address, out var overrides))
            return blocks;
        foreach (var change in overrides)
        {
            var types = new HashSet<string>(change.Body.Blocks.Select(b => b.Type), StringComparer.Ordinal);
            blocks = [.. blocks.Where(b => !types.Contains(b.Type)), .. change.Body.Blocks];
        }

        return blocks;
    }

    /// <summary>The value of a local; null if there is none.</summary>
    public HclExpression? Local(string name) =>
        _overrides.TryGetValue("local." + name, out var overrides) ? overrides[overrides.Count - 1].Attribute!.Value
            : this["local." + name]?.Attribute?.Value;

    /// <summary>The type that a variable demands.</summary>
    public TerraformType TypeOf(TerraformItem variable) =>
        Argument(variable, "type") is { } type ? TerraformType.Parse(type) ?? TerraformType.Any : TerraformType.Any;

    /// <summary>The names of providers that it requires, with their addresses.</summary>
    public IReadOnlyDictionary<string, string> RequiredProviders => _requiredProviders ??= ReadRequiredProviders();

    private Dictionary<string, string>? _requiredProviders;

    private Dictionary<string, string> ReadRequiredProviders()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in Items.Where(i => i.Kind == TerraformKind.Terraform).SelectMany(i => i.Body.BlocksOf("required_providers")))
        {
            foreach (var attribute in block.Body.Attributes)
                found[attribute.Name] = (attribute.Value as HclObject)?["source"]?.Text ?? $"hashicorp/{attribute.Name}";
        }

        return found;
    }

    /// <summary>The address of the provider of a resource or data source (<c>hashicorp/aws</c>).</summary>
    public string ProviderOf(TerraformItem item)
    {
        var name = ProviderNameOf(item);
        return RequiredProviders.TryGetValue(name, out var source) ? source : $"hashicorp/{name}";
    }

    /// <summary>The name that this module has for the provider of a resource, or of a provider's own block.</summary>
    public string ProviderNameOf(TerraformItem item) => item.Kind == TerraformKind.Provider ? item.Block.Label(0) ?? ""
        : Argument(item, "provider") is HclTraversal provider ? provider.Root : item.ResourceType.Split('_')[0];

    private static readonly ConditionalWeakTable<Document, HclBody> Json = new();

    /// <summary>What a document of a configuration holds, in either syntax; null if it is none.</summary>
    public static HclBody? BodyOf(Document document) => document switch
    {
        HclDocument hcl => hcl.Body,
        { Root: MapNode root } => Json.GetValue(document, _ => JsonConfiguration.Read(root)),
        _ => null,
    };

    /// <summary>The modules of a set of files, by folder.</summary>
    public static IReadOnlyDictionary<string, TerraformModule> All(IEnumerable<Manifest> manifests)
    {
        var folders = new Dictionary<string, List<TerraformItem>>(StringComparer.Ordinal);
        foreach (var manifest in manifests)
        {
            if (TerraformFiles.KindOf(manifest.Path) != TerraformFileKind.Configuration)
                continue;
            foreach (var slot in manifest.Source.Documents)
            {
                if (BodyOf(slot.Document) is not { } body)
                    continue;
                foreach (var item in TerraformItem.Of(manifest, slot, body))
                {
                    if (!folders.TryGetValue(item.Folder, out var items))
                        folders[item.Folder] = items = [];
                    items.Add(item);
                }
            }
        }

        return folders.ToDictionary(f => f.Key, f => new TerraformModule(f.Key, f.Value), StringComparer.Ordinal);
    }
}
