using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>What a provider says of its types (<c>GetProviderSchema</c>).</summary>
internal sealed class ProviderSchema
{
    private ProviderSchema()
    {
    }

    /// <summary>The provider's own block.</summary>
    public PackBody Configuration { get; private set; } = new();

    /// <summary>Resources by type.</summary>
    public SortedDictionary<string, (int Version, PackBody Body)> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>Data sources by type.</summary>
    public SortedDictionary<string, (int Version, PackBody Body)> Data { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the answer.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static ProviderSchema Read(ReadOnlySpan<byte> bytes, int protocol)
    {
        var schema = new ProviderSchema();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    schema.Configuration = ReadSchema(reader.Bytes, protocol).Body;
                    break;
                case 2 or 3:
                    var (name, value) = Entry(reader.Bytes, protocol);
                    (reader.Field == 2 ? schema.Resources : schema.Data)[name] = value;
                    break;
                default:
                    break;
            }
        }

        return schema;
    }

    private static (string Name, (int Version, PackBody Body) Value) Entry(ReadOnlySpan<byte> bytes, int protocol)
    {
        var reader = new WireReader(bytes);
        var name = "";
        (int, PackBody) value = (0, new PackBody());
        while (reader.Next())
        {
            if (reader.Field == 1)
                name = reader.Text;
            else if (reader.Field == 2)
                value = ReadSchema(reader.Bytes, protocol);
        }

        return (name, value);
    }

    private static (int Version, PackBody Body) ReadSchema(ReadOnlySpan<byte> bytes, int protocol)
    {
        var reader = new WireReader(bytes);
        var version = 0;
        var body = new PackBody();
        while (reader.Next())
        {
            if (reader.Field == 1)
                version = (int)reader.Number;
            else if (reader.Field == 2)
                body = ReadBlock(reader.Bytes, protocol, 0);
        }

        return (version, body);
    }

    private static PackBody ReadBlock(ReadOnlySpan<byte> bytes, int protocol, int depth)
    {
        if (depth > 100)
            throw new InvalidDataException("The provider's schema is too deep.");
        var body = new PackBody();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 2)
                body.Members.Add(ReadAttribute(reader.Bytes, protocol, depth));
            else if (reader.Field == 3)
                body.Members.Add(ReadNested(reader.Bytes, protocol, depth));
        }

        return body;
    }

    private static PackMember ReadAttribute(ReadOnlySpan<byte> bytes, int protocol, int depth)
    {
        var reader = new WireReader(bytes);
        var (name, type) = ("", "any");
        bool isRequired = false, isOptional = false, isComputed = false, isSensitive = false, isDeprecated = false, isWriteOnly = false;
        PackBody? nested = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text;
                    break;
                case 2 when reader.Bytes.Length > 0:
                    type = ProviderType.Read(reader.Bytes);
                    break;
                case 4:
                    isRequired = reader.Flag;
                    break;
                case 5:
                    isOptional = reader.Flag;
                    break;
                case 6:
                    isComputed = reader.Flag;
                    break;
                case 7:
                    isSensitive = reader.Flag;
                    break;
                case 9:
                    isDeprecated = reader.Flag;
                    break;
                case 10 when protocol >= 6:
                    (type, nested) = ReadObject(reader.Bytes, protocol, depth);
                    break;
                case 10:
                    isWriteOnly = reader.Flag;
                    break;
                case 11 when protocol >= 6:
                    isWriteOnly = reader.Flag;
                    break;
                default:
                    break;
            }
        }

        var member = new PackMember(name, type, nested) { IsRequired = isRequired };
        if (isComputed)
            member.Mark(isOptional ? "optional-computed" : "computed");
        if (isSensitive)
            member.Mark("sensitive");
        if (isWriteOnly)
            member.Mark("write-only");
        if (isDeprecated)
            member.Mark("deprecated");
        return member;
    }

    private static (string Type, PackBody Body) ReadObject(ReadOnlySpan<byte> bytes, int protocol, int depth)
    {
        if (depth > 100)
            throw new InvalidDataException("The provider's schema is too deep.");
        var reader = new WireReader(bytes);
        var body = new PackBody();
        var nesting = "nested-single";
        while (reader.Next())
        {
            if (reader.Field == 1)
                body.Members.Add(ReadAttribute(reader.Bytes, protocol, depth + 1));
            else if (reader.Field == 3)
            {
                nesting = reader.Number switch
                {
                    2 => "nested-list",
                    3 => "nested-set",
                    4 => "nested-map",
                    _ => "nested-single",
                };
            }
        }

        return (nesting, body);
    }

    private static PackMember ReadNested(ReadOnlySpan<byte> bytes, int protocol, int depth)
    {
        var reader = new WireReader(bytes);
        var (name, nesting) = ("", "block-single");
        var body = new PackBody();
        long min = 0, max = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text;
                    break;
                case 2:
                    body = ReadBlock(reader.Bytes, protocol, depth + 1);
                    break;
                case 3:
                    nesting = reader.Number switch
                    {
                        2 => "block-list",
                        3 => "block-set",
                        4 => "block-map",
                        5 => "block-group",
                        _ => "block-single",
                    };
                    break;
                case 4:
                    min = reader.Number;
                    break;
                case 5:
                    max = reader.Number;
                    break;
                default:
                    break;
            }
        }

        var member = new PackMember(name, nesting, body);
        if (min > 0)
            member.Mark(FormattableString.Invariant($"min-items={min}"));
        if (max > 0)
            member.Mark(FormattableString.Invariant($"max-items={max}"));
        return member;
    }
}
