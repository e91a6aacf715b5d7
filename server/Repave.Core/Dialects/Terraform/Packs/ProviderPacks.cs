using System.Collections.Concurrent;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>The packs that this assembly carries, and those that a person had learnt; each is read when somebody first asks.</summary>
public sealed class ProviderPacks
{
    private const string Dialect = "terraform";
    private const string Registry = "registry.terraform.io/";
    private const string OpenTofuRegistry = "registry.opentofu.org/";

    private static readonly ConcurrentDictionary<string, Lazy<ProviderPack?>> ByName = new(StringComparer.Ordinal);
    private static readonly HashSet<string> Names = [.. EmbeddedPacks.Versions(Dialect)];

    private readonly ConcurrentDictionary<string, ProviderPack> _learnt = new(StringComparer.Ordinal);

    /// <summary>The packs of the assembly, before which those that were learnt have the word.</summary>
    /// <param name="learnt">Packs made from the providers of a workspace.</param>
    public ProviderPacks(IEnumerable<ProviderPack> learnt)
    {
        foreach (var pack in learnt)
            Add(pack);
    }

    /// <summary>The packs of the assembly alone.</summary>
    public static ProviderPacks Embedded { get; } = new([]);

    /// <summary>The local names of the providers whose packs the assembly carries.</summary>
    public static IReadOnlyCollection<string> EmbeddedNames => Names;

    /// <summary>How many packs have been added: what was evaluated with fewer may have become wrong.</summary>
    public int Additions => Volatile.Read(ref _additions);

    private int _additions;

    /// <summary>Adds a pack that was learnt; of one provider the latest stands.</summary>
    public void Add(ProviderPack pack)
    {
        _learnt[pack.Source] = pack;
        Interlocked.Increment(ref _additions);
    }

    /// <summary>
    /// The pack of a provider's address (<c>hashicorp/aws</c>, with or without the registry's name), or null. OpenTofu's registry has the
    /// same providers as HashiCorp's.
    /// </summary>
    public ProviderPack? Provider(string source)
    {
        var full = Full(source);
        if (_learnt.TryGetValue(full, out var learnt))
            return learnt;
        if (full.StartsWith(OpenTofuRegistry, StringComparison.Ordinal))
            full = Registry + full.Substring(OpenTofuRegistry.Length);
        if (!full.StartsWith(Registry, StringComparison.Ordinal))
            return null;
        var pack = EmbeddedPack(full.Substring(full.LastIndexOf('/') + 1));
        return pack?.Source == full ? pack : null;
    }

    /// <summary>
    /// The provider that Terraform takes for a type where no configuration says otherwise: <c>hashicorp/aws</c> for <c>aws_instance</c>,
    /// and, so that texts without required_providers can be looked at, the provider of that name in a pack whoever publishes it.
    /// </summary>
    public ProviderPack? ForType(string type)
    {
        var name = LocalName(type);
        foreach (var learnt in _learnt.Values)
        {
            if (learnt.Source.EndsWith("/" + name, StringComparison.Ordinal))
                return learnt;
        }

        return EmbeddedPack(name);
    }

    /// <summary>The local name of the provider that a type's name begins with: <c>aws</c> of <c>aws_instance</c>.</summary>
    public static string LocalName(string type) => type.IndexOf('_') is var at && at < 0 ? type : type.Substring(0, at);

    /// <summary>A provider's whole address.</summary>
    public static string Full(string source) => source.Split('/').Length switch
    {
        1 => $"{Registry}hashicorp/{source}",
        2 => Registry + source,
        _ => source,
    };

    private static ProviderPack? EmbeddedPack(string name) => Names.Contains(name)
        ? ByName.GetOrAdd(name, n => new Lazy<ProviderPack?>(() => new ProviderPack(EmbeddedPacks.Text(Dialect, n + ".pack")))).Value
        : null;
}
