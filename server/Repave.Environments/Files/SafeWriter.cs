using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Repave.Environments.Files;

/// <summary>A file to write.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">What is to stand in it.</param>
public sealed record FileWrite(string Path, byte[] Bytes)
{
    /// <summary>What stood in it when it was read; it is not written if something else stands there now. Null if that does not
    /// matter.</summary>
    public byte[]? Before { get; init; }

    /// <summary>The folder that it must not lead out of by a link, where it is not in the folder that the tool runs in; null for its
    /// own.</summary>
    public string? Within { get; init; }

    /// <summary>Whether only its owner may read it.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>Why files were not written.</summary>
/// <param name="Path">The file that could not be.</param>
/// <param name="Reason">Why.</param>
public sealed record WriteProblem(string Path, string Reason)
{
    /// <summary>The problem as a sentence.</summary>
    public override string ToString() => $"Cannot write '{Path}': {Reason}.";
}

/// <summary>Writes files: each under a fresh name beside its place that nobody can have put there, then moved into place, with the mode and
/// the owner
/// that it had. Whoever reads it sees the old text or the new one. Several that belong together are written whole or not at all. Nothing is
/// written to devices, pipes and sockets, or through links that lead out.</summary>
public static class SafeWriter
{
    // From so many files on, one request to write everything down is quicker than one for each.
    private const int FlushTogether = 32;

    /// <summary>Writes one file.</summary>
    /// <exception cref="FileRefusedException">It is not written; the message is a sentence.</exception>
    public static void Write(FileWrite write)
    {
        if (Write([[write]]) is [var problem, ..])
            throw new FileRefusedException(problem.ToString());
    }

    /// <summary>Writes one text as UTF-8.</summary>
    /// <exception cref="FileRefusedException">It is not written; the message is a sentence.</exception>
    public static void Write(string path, string text, bool isPrivate = false) =>
        Write(new FileWrite(path, Encoding.UTF8.GetBytes(text)) { IsPrivate = isPrivate });

    /// <summary>Writes groups of files, each group whole or not at all. Everything is prepared before the first file changes, so that a
    /// full disk or a
    /// missing right shows before; what was moved is moved back if the rest of its group cannot follow. Being told to end waits until
    /// nothing is
    /// half done.</summary>
    /// <returns>Why groups were not written; none if all were.</returns>
    public static IReadOnlyList<WriteProblem> Write(IReadOnlyList<IReadOnlyList<FileWrite>> groups)
    {
        var problems = new List<WriteProblem>();
        var isEnding = 0;
        void Defer(PosixSignalContext context)
        {
            context.Cancel = true;
            Volatile.Write(ref isEnding, 128 + context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 });
        }

        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, Defer))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, Defer))
        using (PosixSignalRegistration.Create(PosixSignal.SIGHUP, Defer))
        {
            var ready = new List<List<Pending>>();
            var isMany = groups.Sum(group => group.Count) >= FlushTogether && LinuxPlatform.HasCalls;
            try
            {
                foreach (var group in groups)
                {
                    if (Volatile.Read(ref isEnding) > 0)
                        break;
                    if (Prepare(group, problems, isMany) is { } prepared)
                        ready.Add(prepared);
                }

                Flush(ready.SelectMany(group => group).ToList(), isMany);
                ready = ready.FindAll(group => StillAsRead(group, problems));
                if (Volatile.Read(ref isEnding) == 0)
                {
                    // Nothing but moves from here to the end of the loop: the moment in which a group could be torn is as short as it can
                    // be.
                    ready = ready.FindAll(group => MoveAll(group, problems));
                    ready.ForEach(group => TakeBackIfChanged(group, problems));
                }
            }
            finally
            {
                foreach (var pending in ready.SelectMany(group => group))
                    pending.Clear();
                foreach (var folder in ready.SelectMany(group => group).Select(pending => pending.Folder).Distinct(StringComparer.Ordinal))
                {
                    if (LinuxPlatform.HasCalls)
                        LinuxCalls.Flush(folder);
                }
            }
        }

        if (isEnding > 0)
            Environment.Exit(isEnding);
        return problems;
    }

    private static List<Pending>? Prepare(IReadOnlyList<FileWrite> group, List<WriteProblem> problems, bool isMany)
    {
        var prepared = new List<Pending>();
        foreach (var write in group)
        {
            try
            {
                prepared.Add(Pending.Prepare(write));
                // Each would hold a handle, of which a process has only so many.
                if (isMany)
                    prepared[^1].Close();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(new WriteProblem(write.Path, Reason(exception)));
                prepared.ForEach(pending => pending.Clear());
                return null;
            }
        }

        return prepared;
    }

    private static void Flush(List<Pending> all, bool isMany)
    {
        if (!isMany || !LinuxPlatform.HasCalls)
        {
            all.ForEach(pending => pending.Flush());
            return;
        }

        foreach (var one in all.DistinctBy(pending => pending.FileSystem))
            one.FlushFileSystem();
    }

    private static bool StillAsRead(List<Pending> group, List<WriteProblem> problems)
    {
        foreach (var pending in group)
        {
            if (pending.Problem is null && pending.StandsAsRead())
                continue;
            problems.Add(new WriteProblem(pending.Write.Path, pending.Problem ?? "it was changed while it was being checked; run again"));
            group.ForEach(one => one.Clear());
            return false;
        }

        return true;
    }

    private static bool MoveAll(List<Pending> group, List<WriteProblem> problems)
    {
        foreach (var pending in group)
        {
            if (pending.Move() is not { } reason)
                continue;
            problems.Add(new WriteProblem(pending.Write.Path, reason));
            group.ForEach(one => one.MoveBack(problems));
            group.ForEach(one => one.Clear());
            return false;
        }

        return true;
    }

    // Somebody may have written between the last look and the move; the exchanged file shows what that was.
    private static void TakeBackIfChanged(List<Pending> group, List<WriteProblem> problems)
    {
        if (group.Find(pending => !pending.TookWhatWasRead()) is not { } changed)
            return;
        problems.Add(new WriteProblem(changed.Write.Path, "it was changed while it was being checked; run again"));
        group.ForEach(one => one.MoveBack(problems));
    }

    private static string Reason(Exception exception) =>
        exception switch
        {
            FileRefusedException => exception.Message,
            UnauthorizedAccessException => "it may not be written",
            DirectoryNotFoundException => "there is no such folder",
            _ => exception.Message.TrimEnd('.'),
        };

    /// <summary>A file that is written and not yet in its place.</summary>
    private sealed class Pending
    {
        private readonly string _target;
        private readonly string _temporary;
        private readonly bool _exists;
        private Microsoft.Win32.SafeHandles.SafeFileHandle? _handle;
        private bool _isMoved;
        private bool _isExchanged;

        private Pending(FileWrite write, string target, bool exists)
        {
            (Write, _target, _exists) = (write, target, exists);
            Folder = Path.GetDirectoryName(target)!;
            _temporary = Path.Combine(Folder, $".{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}.repave~");
        }

        public FileWrite Write { get; }

        public string Folder { get; }

        public ulong FileSystem { get; private set; }

        public string? Problem { get; private set; }

        public static Pending Prepare(FileWrite write)
        {
            var kind = SafeFiles.KindOf(write.Path);
            if (kind is not (FileKind.Regular or FileKind.Absent))
                throw SafeFiles.Refusal(kind);
            var full = Path.GetFullPath(write.Path);
            var here = Environment.CurrentDirectory;
            var within = Folders.IsBelow(full, here) ? here : write.Within ?? Path.GetDirectoryName(full)!;
            var target = Folders.RealPath(full);
            if (SafeFiles.KindOf(Path.GetDirectoryName(full)!) != FileKind.Folder)
                throw new FileRefusedException("there is no such folder");
            if (!Folders.IsBelow(target, Folders.RealPath(within)))
                throw new FileRefusedException($"it is a link that leads out of {within}");
            if (kind == FileKind.Regular && LinuxPlatform.HasCalls && !LinuxCalls.May(target, LinuxCalls.MayWrite))
                throw new FileRefusedException("it may not be written");
            var pending = new Pending(write, target, kind == FileKind.Regular);
            try
            {
                pending.WriteBeside();
                return pending;
            }
            catch
            {
                pending.Clear();
                throw;
            }
        }

        public bool StandsAsRead() => !_exists || Write.Before is null || IsText(_target, Write.Before);

        public bool TookWhatWasRead() => !_isExchanged || Write.Before is null || IsText(_temporary, Write.Before);

        /// <summary>Moves it into its place; why that failed, or null.</summary>
        public string? Move()
        {
            try
            {
                if (!LinuxPlatform.HasCalls)
                {
                    File.Move(_temporary, _target, overwrite: true);
                }
                else if (!_exists || LinuxCalls.Exchange(_temporary, _target) is not 0 and var refused)
                {
                    // Not every file system can exchange.
                    if (LinuxCalls.Move(_temporary, _target) is not 0 and var error)
                        return error is LinuxCalls.AccessDenied or LinuxCalls.NotPermitted ? "it may not be written"
                            : $"the system refuses it (error {error})";
                }
                else
                {
                    _isExchanged = true;
                }

                _isMoved = true;
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Reason(exception);
            }
        }

        public void MoveBack(List<WriteProblem> problems)
        {
            if (!_isMoved)
                return;
            _isMoved = false;
            try
            {
                if (_isExchanged && LinuxPlatform.HasCalls)
                {
                    if (LinuxCalls.Exchange(_temporary, _target) is not 0 and var error)
                        throw new FileRefusedException($"what it held before is in {_temporary} (error {error})");
                    _isExchanged = false;
                }
                else if (!_exists)
                {
                    Delete(_target);
                }
                else if (Write.Before is { } before)
                {
                    var back = new Pending(Write with { Bytes = before }, _target, exists: true);
                    back.WriteBeside();
                    back.Flush();
                    back.Move();
                    back.Clear();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _isExchanged = false;
                problems.Add(new WriteProblem(Write.Path, $"it was written and cannot be put back: {Reason(exception)}"));
                _isMoved = true;
            }
        }

        /// <summary>Takes away what is left beside it.</summary>
        public void Clear()
        {
            _handle?.Dispose();
            _handle = null;
            if (!_isMoved || _isExchanged)
                Delete(_temporary);
        }

        public void Flush()
        {
            try
            {
                RandomAccess.FlushToDisk(_handle!);
                Close();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Problem = Reason(exception);
            }
        }

        [SupportedOSPlatform("linux")]
        public void FlushFileSystem()
        {
            var opened = LinuxCalls.Open(_temporary, LinuxCalls.ReadOnly, 0, out var error);
            if (opened >= 0)
                error = LinuxCalls.FlushFileSystem(opened);
            if (error != 0)
                Problem = $"it could not be written down (error {error})";
            if (opened >= 0)
                _ = LinuxCalls.Close(opened);
        }

        private static bool IsText(string path, byte[] text)
        {
            try
            {
                return SafeFiles.ReadBytes(path).AsSpan().SequenceEqual(text);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        private static void Delete(string path)
        {
            if (LinuxPlatform.HasCalls)
                LinuxCalls.Delete(path);
            else
                File.Delete(path);
        }

        public void Close()
        {
            _handle?.Dispose();
            _handle = null;
        }

        private void WriteBeside()
        {
            // Made exclusively: a link or a file of that name, which nobody can foresee, would be an error.
            if (LinuxPlatform.HasCalls)
            {
                var opened = LinuxCalls.Open(_temporary, LinuxCalls.WriteOnly | LinuxCalls.Create | LinuxCalls.Exclusive, 0x180,
                    out var error);
                if (opened < 0)
                    throw error is LinuxCalls.AccessDenied or LinuxCalls.NotPermitted ? new UnauthorizedAccessException()
                        : new FileRefusedException(error == 30 ? "its folder may not be written"
                        : $"the system refuses it (error {error})");
                _handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(opened, ownsHandle: true);
                KeepOwner(opened);
            }
            else
            {
                _handle = File.OpenHandle(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(_handle, Write.IsPrivate ? UnixFileMode.UserRead | UnixFileMode.UserWrite : _exists
                        ? File.GetUnixFileMode(_target)
                        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }

            RandomAccess.Write(_handle, Write.Bytes, 0);
            if (LinuxPlatform.HasCalls)
                FileSystem = LinuxCalls.FactsOf((int)_handle.DangerousGetHandle())?.FileSystem ?? 0;
        }

        [SupportedOSPlatform("linux")]
        private void KeepOwner(int opened)
        {
            const uint permissions = 0xFFF;
            const uint ownersOnly = 0x180;
            const uint usual = 0x1B6;
            if (!_exists)
            {
                LinuxCalls.SetMode(opened, Write.IsPrivate ? ownersOnly : usual & ~Mask);
                return;
            }

            if (LinuxCalls.FactsOf(_target, followsLinks: false, out _) is not { } was || LinuxCalls.FactsOf(opened) is not { } now)
                throw new FileRefusedException("it cannot be looked at");
            // The owner first: giving a file away takes the bits from it that run it as its owner.
            if ((was.User != now.User || was.Group != now.Group) && !LinuxCalls.SetOwner(opened, was.User, was.Group))
                throw new FileRefusedException("it belongs to another user or group, and would not any more");
            if (!LinuxCalls.SetMode(opened, Write.IsPrivate ? ownersOnly : was.Mode & permissions))
                throw new FileRefusedException("its mode cannot be kept");
        }

        // The process's mask of modes for new files, which only setting it tells.
        private static uint Mask { get; } = LinuxPlatform.HasCalls ? LinuxCalls.FileMask() : 0;
    }
}
