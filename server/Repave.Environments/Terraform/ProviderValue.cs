using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Repave.Environments.Terraform;

/// <summary>
/// Values as providers take and give them: null, <see cref="bool"/>, <see cref="string"/>, <see cref="double"/> or <see cref="long"/>,
/// a list of values, a dictionary by name, or <see cref="Unknown"/>. MessagePack is how they travel.
/// </summary>
internal static class ProviderValue
{
    private const int MaxDepth = 200;

    /// <summary>What is known only after the change.</summary>
    public static object Unknown { get; } = new UnknownValue();

    public static byte[] Write(object? value)
    {
        var bytes = new MemoryStream();
        Write(bytes, value);
        return bytes.ToArray();
    }

    public static object? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return null;
        var reader = new Reader(bytes);
        return reader.Read(0);
    }

    /// <summary>Whether two values are the same; numbers count by their size, however they are held.</summary>
    public static bool Same(object? a, object? b)
    {
        if (a is List<object?> first && b is List<object?> second)
            return first.Count == second.Count && first.Zip(second).All(pair => Same(pair.First, pair.Second));
        if (a is Dictionary<string, object?> one && b is Dictionary<string, object?> two)
            return one.Count == two.Count && one.All(entry => two.TryGetValue(entry.Key, out var other) && Same(entry.Value, other));
        if (a is long or double && b is long or double)
            return Convert.ToDouble(a, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(b, CultureInfo.InvariantCulture));
        return Equals(a, b);
    }

    private static void Write(MemoryStream bytes, object? value)
    {
        switch (value)
        {
            case null:
                bytes.WriteByte(0xC0);
                break;
            case bool flag:
                bytes.WriteByte(flag ? (byte)0xC3 : (byte)0xC2);
                break;
            case long number:
                if (number is >= 0 and <= 127)
                    bytes.WriteByte((byte)number);
                else
                    WriteBig(bytes, 0xD3, (ulong)number);
                break;
            case double number when number == Math.Floor(number) && Math.Abs(number) < 1L << 53:
                Write(bytes, (long)number);
                break;
            case double number:
                WriteBig(bytes, 0xCB, (ulong)BitConverter.DoubleToInt64Bits(number));
                break;
            case string text:
                var encoded = Encoding.UTF8.GetBytes(text);
                WriteHead(bytes, encoded.Length, 0xA0, 32, 0xDA, 0xDB);
                bytes.Write(encoded);
                break;
            case IReadOnlyList<object?> list:
                WriteHead(bytes, list.Count, 0x90, 16, 0xDC, 0xDD);
                foreach (var item in list)
                    Write(bytes, item);
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteHead(bytes, map.Count, 0x80, 16, 0xDE, 0xDF);
                foreach (var (key, item) in map)
                {
                    Write(bytes, key);
                    Write(bytes, item);
                }

                break;
            case UnknownValue:
                // Terraform's extension 0 with a byte of no meaning.
                bytes.Write([0xD4, 0x00, 0x00]);
                break;
            default:
                throw new ArgumentException($"No value of a provider: {value.GetType().Name}.", nameof(value));
        }
    }

    private static void WriteHead(MemoryStream bytes, int length, byte small, int smallLimit, byte medium, byte large)
    {
        if (length < smallLimit)
            bytes.WriteByte((byte)(small | length));
        else if (length <= ushort.MaxValue)
            bytes.Write([medium, (byte)(length >> 8), (byte)length]);
        else
            bytes.Write([large, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]);
    }

    private static void WriteBig(MemoryStream bytes, byte head, ulong value)
    {
        Span<byte> buffer = stackalloc byte[9];
        buffer[0] = head;
        BinaryPrimitives.WriteUInt64BigEndian(buffer[1..], value);
        bytes.Write(buffer);
    }

    private sealed class UnknownValue;

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public object? Read(int depth)
        {
            if (depth > MaxDepth)
                throw Broken();
            var head = Take(1)[0];
            switch (head)
            {
                case <= 0x7F:
                    return (long)head;
                case <= 0x8F:
                    return Map(head & 0x0F, depth);
                case <= 0x9F:
                    return List(head & 0x0F, depth);
                case <= 0xBF:
                    return Text(head & 0x1F);
                case 0xC0:
                    return null;
                case 0xC2 or 0xC3:
                    return head == 0xC3;
                case 0xC4 or 0xD9:
                    return Text(Whole(1));
                case 0xC5 or 0xDA:
                    return Text(Whole(2));
                case 0xC6 or 0xDB:
                    return Text(Whole(4));
                case 0xC7 or 0xC8 or 0xC9:
                    Take(Whole(1 << (head - 0xC7)) + 1);
                    return Unknown;
                case 0xCA:
                    return (double)BinaryPrimitives.ReadSingleBigEndian(Take(4));
                case 0xCB:
                    return BinaryPrimitives.ReadDoubleBigEndian(Take(8));
                case 0xCC:
                    return (long)Take(1)[0];
                case 0xCD:
                    return (long)BinaryPrimitives.ReadUInt16BigEndian(Take(2));
                case 0xCE:
                    return (long)BinaryPrimitives.ReadUInt32BigEndian(Take(4));
                case 0xCF:
                    return (long)BinaryPrimitives.ReadUInt64BigEndian(Take(8));
                case 0xD0:
                    return (long)(sbyte)Take(1)[0];
                case 0xD1:
                    return (long)BinaryPrimitives.ReadInt16BigEndian(Take(2));
                case 0xD2:
                    return (long)BinaryPrimitives.ReadInt32BigEndian(Take(4));
                case 0xD3:
                    return BinaryPrimitives.ReadInt64BigEndian(Take(8));
                case >= 0xD4 and <= 0xD8:
                    Take((1 << (head - 0xD4)) + 1);
                    return Unknown;
                case 0xDC or 0xDD:
                    return List(Whole(head == 0xDC ? 2 : 4), depth);
                case 0xDE or 0xDF:
                    return Map(Whole(head == 0xDE ? 2 : 4), depth);
                case >= 0xE0:
                    return (long)(sbyte)head;
                default:
                    throw Broken();
            }
        }

        private List<object?> List(int count, int depth)
        {
            var list = new List<object?>(Math.Min(count, _rest.Length));
            for (var i = 0; i < count; i++)
                list.Add(Read(depth + 1));
            return list;
        }

        private Dictionary<string, object?> Map(int count, int depth)
        {
            var map = new Dictionary<string, object?>(Math.Min(count, _rest.Length), StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                var key = Read(depth + 1) as string ?? throw Broken();
                map[key] = Read(depth + 1);
            }

            return map;
        }

        private string Text(int length) => Encoding.UTF8.GetString(Take(length));

        private int Whole(int size)
        {
            var bytes = Take(size);
            var value = 0L;
            foreach (var one in bytes)
                value = (value << 8) | one;
            return value > int.MaxValue ? throw Broken() : (int)value;
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            if (length > _rest.Length)
                throw Broken();
            var taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }

        private static InvalidDataException Broken() => new("The provider's answer cannot be read.");
    }
}
