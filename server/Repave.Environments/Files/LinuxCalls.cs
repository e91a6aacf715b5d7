using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Repave.Environments.Files;

/// <summary>The system calls that .NET has no words for: what kind a file is without opening it, names that are no UTF-8, exchanging two
/// files.
/// Behind <see cref="LinuxPlatform.HasCalls"/> only; elsewhere names are texts, and .NET's own calls do.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxCalls
{
    // Flags that differ between processors (O_NOFOLLOW, O_DIRECTORY) are not used; these are the same on all that .NET runs on.
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NoTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int MayRead = 4;
    public const int MayWrite = 2;
    public const int MayExecute = 1;
    public const int NoEntry = 2;
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NotADirectory = 20;
    public const int Invalid = 22;
    public const int NotImplemented = 38;
    public const int TooManyLinks = 40;
    public const int NotSupported = 95;

    private const string Library = "libc";
    private const int AtFolder = -100;
    private const int NoFollow = 0x100;
    private const int OfHandle = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const uint ExchangeFlag = 2;
    private const int DuplicateCloseOnExec = 1030;

    /// <summary>What a path leads to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followsLinks">Whether a link at its end counts as what it leads to.</param>
    /// <param name="error">Why there is no answer.</param>
    public static Statx? FactsOf(string path, bool followsLinks, out int error)
    {
        var result = Statx(AtFolder, Terminated(path), followsLinks ? 0 : NoFollow, BasicFacts, out var facts);
        error = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        return result == 0 ? facts : null;
    }

    /// <summary>What is open.</summary>
    public static Statx? FactsOf(int handle) => Statx(handle, [0], OfHandle, BasicFacts, out var facts) == 0 ? facts : null;

    /// <summary>Opens a file; -1 with the error if that fails. Never one of the numbers of the standard streams, which may be
    /// closed.</summary>
    public static int Open(string path, int flags, uint mode, out int error)
    {
        var handle = Open(Terminated(path), flags | CloseOnExec, mode);
        error = handle < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (handle is < 0 or > 2)
            return handle;
        var higher = Control(handle, DuplicateCloseOnExec, 3);
        error = higher < 0 ? Marshal.GetLastPInvokeError() : 0;
        Close(handle);
        return higher;
    }

    /// <summary>Whether this user may do something with a file.</summary>
    public static bool May(string path, int what) => Access(Terminated(path), what) == 0;

    /// <summary>The modes that new files of this process do not get.</summary>
    public static uint FileMask()
    {
        // Only setting it tells what it was; for a moment it is the strictest there is.
        var mask = ChangeMask(0x3F);
        _ = ChangeMask(mask);
        return mask;
    }

    /// <summary>Gives a file a mode.</summary>
    public static bool SetMode(int handle, uint mode) => ChangeMode(handle, mode) == 0;

    /// <summary>Gives a file an owner and a group.</summary>
    public static bool SetOwner(int handle, uint user, uint group) => ChangeOwner(handle, user, group) == 0;

    /// <summary>Moves a file over another; the error, or 0.</summary>
    public static int Move(string from, string to) => Rename(Terminated(from), Terminated(to)) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Lets two files change places; the error, or 0.</summary>
    public static int Exchange(string one, string other)
    {
        try
        {
            return Rename(AtFolder, Terminated(one), AtFolder, Terminated(other), ExchangeFlag) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            return NotImplemented;
        }
    }

    /// <summary>Deletes a file.</summary>
    public static void Delete(string path) => _ = Unlink(Terminated(path));

    /// <summary>Has everything of the file system that a file is on written down; the error, or 0.</summary>
    public static int FlushFileSystem(int handle) => SynchroniseAll(handle) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Has a folder's entries written down.</summary>
    public static void Flush(string folder)
    {
        var handle = Open(folder, ReadOnly, 0, out _);
        if (handle < 0)
            return;
        _ = Synchronise(handle);
        Close(handle);
    }

    /// <summary>The names in a folder and what kind of entry each is (a DT_ number); null with the error if it cannot be listed.</summary>
    public static unsafe List<(string Name, byte Kind)>? List(string folder, out int error)
    {
        error = 0;
        var stream = OpenFolder(Terminated(folder));
        if (stream == 0)
        {
            error = Marshal.GetLastPInvokeError();
            return null;
        }

        var entries = new List<(string, byte)>();
        for (var entry = (byte*)ReadFolder(stream); entry is not null; entry = (byte*)ReadFolder(stream))
        {
            // struct dirent: inode and offset of 8 bytes each, the record's length in 2, its kind in 1, its name.
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                entries.Add((RawName.Of(name), entry[18]));
        }

        CloseFolder(stream);
        return entries;
    }

    /// <summary>A path without links in it; null if it leads nowhere.</summary>
    public static unsafe string? RealPath(string path)
    {
        var found = (byte*)RealPath(Terminated(path), 0);
        if (found is null)
            return null;
        var text = RawName.Of(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found));
        NativeMemory.Free(found);
        return text;
    }

    /// <summary>Closes what <see cref="Open(string, int, uint, out int)"/> gave.</summary>
    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int handle);

    private static byte[] Terminated(string path) => [.. RawName.BytesOf(path), 0];

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    private static partial int Statx(int folder, byte[] path, int flags, uint mask, out Statx facts);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int handle, int command, int argument);

    [LibraryImport(Library, EntryPoint = "access", SetLastError = true)]
    private static partial int Access(byte[] path, int mode);

    /// <summary>The number of this process's user.</summary>
    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint User();

    [LibraryImport(Library, EntryPoint = "umask")]
    private static partial uint ChangeMask(uint mask);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    private static partial int ChangeMode(int handle, uint mode);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(int handle, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(byte[] from, byte[] to);

    [LibraryImport(Library, EntryPoint = "renameat2", SetLastError = true)]
    private static partial int Rename(int fromFolder, byte[] from, int toFolder, byte[] to, uint flags);

    [LibraryImport(Library, EntryPoint = "unlink", SetLastError = true)]
    private static partial int Unlink(byte[] path);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int handle);

    [LibraryImport(Library, EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SynchroniseAll(int handle);

    [LibraryImport(Library, EntryPoint = "opendir", SetLastError = true)]
    private static partial nint OpenFolder(byte[] path);

    [LibraryImport(Library, EntryPoint = "readdir", SetLastError = true)]
    private static partial nint ReadFolder(nint stream);

    [LibraryImport(Library, EntryPoint = "closedir", SetLastError = true)]
    private static partial int CloseFolder(nint stream);

    [LibraryImport(Library, EntryPoint = "realpath", SetLastError = true)]
    private static partial nint RealPath(byte[] path, nint buffer);
}

/// <summary>The kernel's facts of a file (struct statx), the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    [FieldOffset(20)]
    public uint User;
    [FieldOffset(24)]
    public uint Group;
    [FieldOffset(28)]
    public ushort Mode;
    [FieldOffset(32)]
    public ulong Inode;
    [FieldOffset(40)]
    public ulong Length;
    [FieldOffset(136)]
    public ulong FileSystem;
}
