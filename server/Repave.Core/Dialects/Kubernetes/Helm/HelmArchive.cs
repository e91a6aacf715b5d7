using System.IO.Compression;
using System.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Unpacks charts: tar in gzip.</summary>
internal static class HelmArchive
{
    private const int Block = 512;
    private const int MaxFiles = 20_000;
    private const long MaxSize = 100 * 1024 * 1024;

    /// <summary>The files of a packed chart, without the folder that all of them lie in.</summary>
    /// <exception cref="HelmException">It is no chart, or too large.</exception>
    public static List<HelmFile> Unpack(HelmFile packed)
    {
        var bytes = Inflate(packed);
        var files = new List<HelmFile>();
        string? longName = null;
        for (var at = 0; at + Block <= bytes.Length;)
        {
            if (bytes[at] == 0)
                break;
            var size = Octal(bytes, at + 124, 12);
            if (size < 0 || at + Block + size > bytes.Length)
                throw new HelmException("unexpected EOF", packed.Manifest);
            var type = (char)bytes[at + 156];
            var name = longName ?? Name(bytes, at);
            longName = null;
            var start = at + Block;
            if (type == 'L')
                longName = Text(bytes, start, (int)size);
            else if (type == 'x')
                longName = PaxPath(Encoding.UTF8.GetString(bytes, start, (int)size));
            else if (type is '0' or '\0' && Inside(name) is { } inside)
                files.Add(new HelmFile(inside, packed.Path + "/" + inside, Slice(bytes, start, (int)size)));
            if (files.Count > MaxFiles)
                throw new HelmException("the archive holds more files than Repave follows", packed.Manifest);
            at = start + (int)((size + Block - 1) / Block * Block);
        }

        return files;
    }

    private static byte[] Inflate(HelmFile packed)
    {
        try
        {
            using var source = new GZipStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress);
            using var all = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (var count = source.Read(buffer, 0, buffer.Length); count > 0; count = source.Read(buffer, 0, buffer.Length))
            {
                all.Write(buffer, 0, count);
                if (all.Length > MaxSize)
                    throw new HelmException("the archive is larger than Repave follows", packed.Manifest);
            }

            return all.ToArray();
        }
        catch (InvalidDataException)
        {
            throw new HelmException("file does not appear to be a gzipped archive", packed.Manifest);
        }
    }

    private static string Name(byte[] bytes, int at)
    {
        var name = Text(bytes, at, 100);
        var prefix = Text(bytes, at + 345, 155);
        return prefix.Length > 0 && Text(bytes, at + 257, 5) == "ustar" ? prefix + "/" + name : name;
    }

    private static string? Inside(string name)
    {
        var parts = name.Replace('\\', '/').Split('/');
        if (parts.Length < 2 || parts.Any(part => part is ".." or ""))
            return null;
        return string.Join("/", parts.Skip(1));
    }

    private static string? PaxPath(string records)
    {
        foreach (var line in records.Split('\n'))
        {
            var space = line.IndexOf(' ');
            if (space > 0 && string.CompareOrdinal(line, space + 1, "path=", 0, 5) == 0)
                return line.Substring(space + 6);
        }

        return null;
    }

    private static string Text(byte[] bytes, int start, int length)
    {
        var end = Array.IndexOf(bytes, (byte)0, start, length);
        return Encoding.UTF8.GetString(bytes, start, (end < 0 ? start + length : end) - start);
    }

    private static long Octal(byte[] bytes, int start, int length)
    {
        long value = 0;
        for (var i = start; i < start + length; i++)
        {
            if (bytes[i] is >= (byte)'0' and <= (byte)'7')
                value = (value * 8) + (bytes[i] - '0');
            else if (bytes[i] is not ((byte)' ' or 0))
                return -1;
        }

        return value;
    }

    private static byte[] Slice(byte[] bytes, int start, int length)
    {
        var slice = new byte[length];
        Array.Copy(bytes, start, slice, 0, length);
        return slice;
    }
}
