using System.Buffers.Binary;
using System.Text;
using Repave.Environments.Files;

namespace Repave.Environments.Git;

/// <summary>A file that git tracks.</summary>
/// <param name="Name">Its name in the repository.</param>
/// <param name="IsLeftOut">Whether a sparse checkout leaves it out of the work tree.</param>
/// <param name="IsFolder">Whether the entry stands for a whole folder that is left out.</param>
internal readonly record struct TrackedFile(string Name, bool IsLeftOut, bool IsFolder);

/// <summary>Reads a repository's index without git, so that a check starts no process.</summary>
internal static class GitIndex
{
    private const int MaxLength = 1 << 29;
    private const int MaxConfig = 1 << 20;
    private const ushort Extended = 0x4000;
    private const ushort SkipWorkTree = 0x4000;

    /// <summary>What is tracked below a folder of the repository and fits; empty if there is no index, or none of a form that is
    /// known.</summary>
    public static IReadOnlyList<TrackedFile> Read(Repository repository, string prefix, Func<string, bool> fits)
    {
        try
        {
            var file = Path.Combine(repository.Folder, "index");
            return SafeFiles.KindOf(file) == FileKind.Regular
                ? Parse(SafeFiles.ReadBytes(file, MaxLength), HashLengthOf(repository), Encoding.UTF8.GetBytes(prefix), fits) : [];
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    private static List<TrackedFile> Parse(byte[] bytes, int hashLength, byte[] prefix, Func<string, bool> fits)
    {
        var found = new List<TrackedFile>();
        if (bytes.Length < 12 || !bytes.AsSpan(0, 4).SequenceEqual("DIRC"u8))
            return found;
        var version = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4));
        var count = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(8));
        if (version is < 2 or > 4)
            return found;
        var at = 12;
        // Version 4 writes of a name only what differs from the one before.
        var name = new byte[256];
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            var start = at;
            var mode = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 24));
            var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 40 + hashLength));
            at += 42 + hashLength;
            var isLeftOut = false;
            if ((flags & Extended) != 0)
            {
                isLeftOut = (BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at)) & SkipWorkTree) != 0;
                at += 2;
            }

            if (version == 4)
                length -= Math.Min(length, Number(bytes, ref at));
            else
                length = 0;
            var end = Array.IndexOf(bytes, (byte)0, at);
            if (end < 0)
                break;
            if (name.Length < length + end - at)
                Array.Resize(ref name, Math.Max(name.Length * 2, length + end - at));
            bytes.AsSpan(at, end - at).CopyTo(name.AsSpan(length));
            length += end - at;
            at = version == 4 ? end + 1 : start + ((end - start + 8) & ~7);
            if (!name.AsSpan(0, length).StartsWith(prefix))
                continue;
            var text = RawName.Of(name.AsSpan(0, length));
            var isFolder = mode == 0x4000;
            if (isFolder || fits(text))
                found.Add(new TrackedFile(text, isLeftOut, isFolder));
        }

        return found;
    }

    private static int Number(byte[] bytes, ref int at)
    {
        var value = bytes[at] & 0x7F;
        while ((bytes[at++] & 0x80) != 0)
            value = ((value + 1) << 7) | (bytes[at] & 0x7F);
        return Math.Max(0, value);
    }

    private static int HashLengthOf(Repository repository)
    {
        var file = Path.Combine(repository.Common, "config");
        return SafeFiles.KindOf(file) == FileKind.Regular
            && Encoding.UTF8.GetString(SafeFiles.ReadBytes(file, MaxConfig)).Replace(" ", "", StringComparison.Ordinal)
                .Contains("objectformat=sha256", StringComparison.OrdinalIgnoreCase) ? 32 : 20;
    }
}
