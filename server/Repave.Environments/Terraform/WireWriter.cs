using System.Text;

namespace Repave.Environments.Terraform;

/// <summary>Writes the few kinds of fields that the plugin protocol's messages have, in Protocol Buffers' encoding.</summary>
internal sealed class WireWriter
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public WireWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public WireWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Number(((ulong)field << 3) | 2);
        Number((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public WireWriter Flag(int field, bool value)
    {
        if (value)
        {
            Number((ulong)field << 3);
            Number(1);
        }

        return this;
    }

    private void Number(ulong value)
    {
        while (value > 0x7F)
        {
            _bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.WriteByte((byte)value);
    }
}
