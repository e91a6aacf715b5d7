using Repave.Environments.Files;

namespace Repave.Environments;

/// <summary>The keys of snapshots' hashes. A key stands in a file of its own beside its snapshot (<c>prod.yaml.key</c> for
/// <c>prod.yaml</c>), so that who
/// gets the snapshot alone cannot try out guesses.</summary>
public static class SnapshotKeys
{
    private const int Length = 32;
    private const int MaxHeader = 4096;

    /// <summary>The key's file of a snapshot.</summary>
    public static string FileOf(string snapshot) => snapshot + ".key";

    /// <summary>The key beside a snapshot; null if there is none, or the snapshot holds its own, as those of earlier versions do.</summary>
    public static byte[]? Beside(string snapshot)
    {
        try
        {
            var file = FileOf(snapshot);
            if (SafeFiles.KindOf(snapshot) != FileKind.Regular || SafeFiles.KindOf(file) != FileKind.Regular)
                return null;
            using var handle = SafeFiles.OpenRead(snapshot, SafeFiles.MaxLength);
            var head = new byte[MaxHeader];
            var count = RandomAccess.Read(handle, head, 0);
            return head.AsSpan(0, count).IndexOf("\n  hashKey:"u8) >= 0 ? null
                : SafeFiles.ReadBytes(file, MaxHeader) is { Length: Length } key ? key : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
