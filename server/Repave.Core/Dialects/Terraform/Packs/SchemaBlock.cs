using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>What may stand in a block, as its provider says: attributes and blocks by name.</summary>
public sealed class SchemaBlock
{
    private readonly Dictionary<string, SchemaMember> _byName = new(StringComparer.Ordinal);
    private readonly List<SchemaMember> _members = [];

    private SchemaType? _type;

    internal SchemaBlock()
    {
    }

    /// <summary>All attributes and blocks, in the order of the pack.</summary>
    public IReadOnlyList<SchemaMember> Members => _members;

    /// <summary>What the provider demands of several members together; names below blocks are joined by points.</summary>
    public IReadOnlyList<FieldDemand> Demands { get; internal set; } = [];

    /// <summary>The member of a name, or null.</summary>
    public SchemaMember? this[string name] => _byName.TryGetValue(name, out var member) ? member : null;

    /// <summary>The member that a path of names leads to through blocks, nested attributes and whatever types objects have; or
    /// null.</summary>
    public SchemaMember? At(IEnumerable<string> path)
    {
        SchemaMember? found = null;
        SchemaBlock? block = this;
        foreach (var name in path)
        {
            found = block?[name];
            if (found is null)
                return null;
            block = found.Body;
        }

        return found;
    }

    /// <summary>The type of an object with these members.</summary>
    public SchemaType ToType() => _type ??=
        SchemaType.Object([.. _members.Select(member => new KeyValuePair<string, SchemaType>(member.Name, member.Type))]);

    internal void Add(SchemaMember member)
    {
        // The later of two lines of one name would be a mistake of the generator; the first stands.
        if (_byName.TryAdd(member.Name, member))
            _members.Add(member);
    }
}
