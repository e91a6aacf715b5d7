using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>An attribute or a nested block of a provider's schema, with what changing it does.</summary>
public sealed class SchemaMember
{
    internal SchemaMember(string name, SchemaType? type, SchemaNesting nesting, bool isBlock, Func<SchemaBlock>? body)
    {
        Name = name;
        DeclaredType = type;
        Nesting = nesting;
        IsBlock = isBlock;
        ReadBody = body;
    }

    /// <summary>The name as texts write it.</summary>
    public string Name { get; }

    /// <summary>The type of its value; for blocks and nested attributes the type that their contents amount to.</summary>
    public SchemaType Type => DeclaredType ?? TypeOfBody;

    /// <summary>The type of its value as expressions have it.</summary>
    internal TerraformType ValueType => _valueType ??= TerraformType.Of(Type);

    /// <summary>Null of its type.</summary>
    internal TerraformValue Nothing => _nothing ??= TerraformValue.NullOf(ReadBody is null ? ValueType : TerraformType.Any);

    private TerraformType? _valueType;
    private TerraformValue? _nothing;

    /// <summary>How often its contents are there; <see cref="SchemaNesting.None"/> for an attribute of a plain type.</summary>
    public SchemaNesting Nesting { get; }

    /// <summary>Whether it is written as a block (<c>name { }</c>) and not as an attribute (<c>name = </c>).</summary>
    public bool IsBlock { get; }

    /// <summary>
    /// Whether both ways of writing are taken: an attribute whose type is a list or set of objects, which Terraform reads from blocks too.
    /// </summary>
    public bool TakesBlocks =>
        !IsBlock && DeclaredType is { Kind: SchemaTypeKind.List or SchemaTypeKind.Set, Element.Kind: SchemaTypeKind.Object } && IsOptional;

    /// <summary>What stands below it, or null for an attribute of a plain type.</summary>
    public SchemaBlock? Body => ReadBody?.Invoke();

    /// <summary>Whether an author has to write it.</summary>
    public bool IsRequired { get; internal set; }

    /// <summary>Whether an author may leave it out.</summary>
    public bool IsOptional { get; internal set; }

    /// <summary>Whether the provider gives it where nobody writes it.</summary>
    public bool IsComputed { get; internal set; }

    /// <summary>Whether only the provider gives it: nobody may write it.</summary>
    public bool IsReadOnly => IsComputed && !IsOptional && !IsRequired;

    /// <summary>Whether its value is a secret.</summary>
    public bool IsSensitive { get; internal set; }

    /// <summary>Whether its value goes to the provider and is kept nowhere.</summary>
    public bool IsWriteOnly { get; internal set; }

    /// <summary>Whether the provider calls it deprecated.</summary>
    public bool IsDeprecated { get; internal set; }

    /// <summary>How many blocks there have to be.</summary>
    public int MinItems { get; internal set; }

    /// <summary>How many blocks there may be, or null where there is no bound.</summary>
    public int? MaxItems { get; internal set; }

    /// <summary>The values that the provider takes, or null where it takes others too.</summary>
    public IReadOnlyList<string>? Enum { get; internal set; }

    /// <summary>Whether they are taken in upper and lower case alike.</summary>
    public bool TakesAnyCase { get; internal set; }

    /// <summary>The least number that the provider takes.</summary>
    public double? Minimum { get; internal set; }

    /// <summary>The largest number that the provider takes.</summary>
    public double? Maximum { get; internal set; }

    /// <summary>What the provider takes where nobody writes it, as a text.</summary>
    public string? Default { get; internal set; }

    /// <summary>Whether false and 0 say the same to the provider as nothing written.</summary>
    public bool TakesZeroForNothing { get; internal set; }

    /// <summary>What changing it does to the resource.</summary>
    public UpdateEffect Update { get; internal set; }

    /// <summary>The argument of the resource, true or false, that decides whether changing this one replaces; null where none
    /// does.</summary>
    public string? ReplacesIf { get; internal set; }

    /// <summary>Whether it is a false <see cref="ReplacesIf"/> that replaces.</summary>
    public bool ReplacesIfFalse { get; internal set; }

    /// <summary>Whether giving it a value where it had none does not replace.</summary>
    public bool IsAddedInPlace { get; internal set; }

    /// <summary>Whether taking its value away does not replace.</summary>
    public bool IsRemovedInPlace { get; internal set; }

    /// <summary>Whether it stays as it was where it is taken away.</summary>
    public bool IsKept { get; internal set; }

    /// <summary>The one value that stays where it is taken away, because the platform takes it where none is written; null if there is none.
    /// Unlike <see cref="Default"/> it does not come where there was nothing.</summary>
    public string? KeptValue { get; internal set; }

    /// <summary>Whether any update in place of the resource gives it a new value.</summary>
    public bool IsRenewed { get; internal set; }

    /// <summary>The arguments whose change in place gives it a new value.</summary>
    public IReadOnlyList<string> RenewedBy { get; internal set; } = [];

    /// <summary>
    /// An argument that, while it is true, lets a change in place give it a new value, and behind it which changes do; alone: any.
    /// </summary>
    public IReadOnlyList<string> RenewedIf { get; internal set; } = [];

    /// <summary>How the state keeps it.</summary>
    public StoredForm Stored { get; internal set; }

    internal SchemaType? DeclaredType { get; }

    private Func<SchemaBlock>? ReadBody { get; }

    private SchemaType TypeOfBody => Nesting switch
    {
        SchemaNesting.List => SchemaType.List(Body!.ToType()),
        SchemaNesting.Set => SchemaType.Set(Body!.ToType()),
        SchemaNesting.Map => SchemaType.Map(Body!.ToType()),
        _ => Body!.ToType(),
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
