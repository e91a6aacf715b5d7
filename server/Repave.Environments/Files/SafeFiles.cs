using Microsoft.Win32.SafeHandles;

namespace Repave.Environments.Files;

/// <summary>A file that was not read or written, and why.</summary>
/// <param name="message">Why, as in "it is a device".</param>
/// <param name="kind">What it is.</param>
public sealed class FileRefusedException(string message, FileKind kind = FileKind.Regular) : IOException(message)
{
    /// <summary>What the path leads to.</summary>
    public FileKind Kind { get; } = kind;
}

/// <summary>Opens regular files and nothing else: what could wait for ever, or never end, is known by its kind before it is
/// opened.</summary>
public static class SafeFiles
{
    /// <summary>The longest file that is read, in bytes: as many characters as are parsed, of four bytes each.</summary>
    public const long MaxLength = 4L * Core.Syntax.SyntaxLimits.FileLength;

    private const int KindMask = 0xF000;

    /// <summary>What a path leads to.</summary>
    public static FileKind KindOf(string path)
    {
        if (!LinuxPlatform.HasCalls)
            return ManagedKindOf(path);
        if (LinuxCalls.FactsOf(path, followsLinks: true, out var error) is { } facts)
            return KindOf(facts.Mode);
        return error switch
        {
            LinuxCalls.TooManyLinks => FileKind.CircularLink,
            LinuxCalls.AccessDenied => FileKind.Hidden,
            _ => LinuxCalls.FactsOf(path, followsLinks: false, out _) is null ? FileKind.Absent : FileKind.DanglingLink,
        };
    }

    /// <summary>Whether a path is a link.</summary>
    public static bool IsLink(string path) =>
        LinuxPlatform.HasCalls ? LinuxCalls.FactsOf(path, followsLinks: false, out _) is { } facts && (facts.Mode & KindMask) == 0xA000
            : new FileInfo(path).LinkTarget is not null;

    /// <summary>The bytes of a regular file.</summary>
    /// <exception cref="FileRefusedException">It is none, or too long.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadBytes(string path, long most = MaxLength)
    {
        // Where kinds are not known, what says that it has no length is not opened: a pipe or a device does.
        if (!LinuxPlatform.HasCalls && KindOf(path) == FileKind.Regular && new FileInfo(path).Length == 0)
            return [];
        using var handle = OpenRead(path, most);
        // A file may be longer than it says (those of /proc say nothing), and grow while it is read.
        var bytes = new byte[Math.Min(RandomAccess.GetLength(handle) + 1, most + 1)];
        var count = 0;
        while (RandomAccess.Read(handle, bytes.AsSpan(count), count) is > 0 and var read)
        {
            count += read;
            if (count > most)
                throw TooLong(count, most);
            if (count == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min((bytes.Length * 2L) + 4096, most + 1));
        }

        Array.Resize(ref bytes, count);
        return bytes;
    }

    /// <summary>Opens a regular file for reading.</summary>
    internal static SafeFileHandle OpenRead(string path, long most)
    {
        if (KindOf(path) is not FileKind.Regular and var kind)
            throw Refusal(kind);
        if (!LinuxPlatform.HasCalls)
        {
            if (new FileInfo(path).Length > most)
                throw TooLong(new FileInfo(path).Length, most);
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        // Somebody may have put another there since; what is open cannot change its kind, and opening did not wait.
        var opened = LinuxCalls.Open(path, LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.NoTerminal, 0, out var error);
        if (opened < 0)
            throw error is LinuxCalls.AccessDenied or LinuxCalls.NotPermitted ? new UnauthorizedAccessException("it may not be read")
                : new FileRefusedException(error == LinuxCalls.NoEntry ? "there is no such file"
                : $"the system refuses it (error {error})");
        var handle = new SafeFileHandle(opened, ownsHandle: true);
        var facts = LinuxCalls.FactsOf(opened);
        if (facts is { } known && KindOf(known.Mode) == FileKind.Regular && known.Length <= (ulong)most)
            return handle;
        handle.Dispose();
        throw facts is { } other && KindOf(other.Mode) == FileKind.Regular ? TooLong((long)other.Length, most)
            : Refusal(facts is { } odd ? KindOf(odd.Mode) : FileKind.Hidden);
    }

    /// <summary>Why something is not opened.</summary>
    internal static FileRefusedException Refusal(FileKind kind) => new(Words(kind), kind);

    internal static FileKind KindOf(uint mode) => (mode & KindMask) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        0xA000 => FileKind.DanglingLink,
        _ => FileKind.Device,
    };

    private static string Words(FileKind kind) => kind switch
    {
        FileKind.Absent => "there is no such file",
        FileKind.Folder => "it is a folder",
        FileKind.DanglingLink => "it is a link that leads nowhere",
        FileKind.CircularLink => "it is a link that leads to itself",
        FileKind.Pipe => "it is a pipe",
        FileKind.Socket => "it is a socket",
        FileKind.Device => "it is a device",
        FileKind.Hidden => "it may not be read",
        _ => "it is not a regular file",
    };

    private static FileRefusedException TooLong(long length, long most) =>
        new($"it is too long ({Size(length)}; at most {Size(most)} are read)");

    private static string Size(long length) => length >= 1 << 30 ? $"{length / (double)(1 << 30):0.0} GB"
        : $"{Math.Max(1, length >> 20)} MB";

    private static FileKind ManagedKindOf(string path)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path))
            return FileKind.Folder;
        if (file.LinkTarget is not null)
        {
            try
            {
                return file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target ? ManagedKindOf(target.FullName)
                    : FileKind.DanglingLink;
            }
            catch (IOException)
            {
                return FileKind.CircularLink;
            }
        }

        if (!file.Exists)
            return FileKind.Absent;
        if ((file.Attributes & FileAttributes.Device) != 0)
            return FileKind.Device;
        return FileKind.Regular;
    }
}
