using System.Text;

namespace Repave.Environments.Terraform;

/// <summary>Reads a message in Protocol Buffers' encoding, field by field; kinds of fields that nobody asks for are passed over.</summary>
/// <exception cref="InvalidDataException">Any member: the bytes end too early, or are no message.</exception>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private ulong _value;
    private ReadOnlySpan<byte> _bytes;

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, if it is a number.</summary>
    public readonly long Number => (long)_value;

    /// <summary>Its value, if it is true or false.</summary>
    public readonly bool Flag => _value != 0;

    /// <summary>Its bytes, if it is a text or a message.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Its text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(_bytes);

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        while (_rest.Length > 0)
        {
            var key = Varint();
            Field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _value = Varint();
                    _bytes = default;
                    return true;
                case 1:
                    Take(8);
                    break;
                case 2:
                    var length = Varint();
                    if (length > int.MaxValue)
                        throw Broken();
                    _bytes = Take((int)length);
                    _value = 0;
                    return true;
                case 5:
                    Take(4);
                    break;
                default:
                    throw Broken();
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw Broken();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Broken();
    }

    private static InvalidDataException Broken() => new("The provider's answer cannot be read.");
}
