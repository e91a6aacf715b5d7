using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A file is put on a machine over SSH.</summary>
public sealed class FileUploadedToMachine : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3602";

    /// <inheritdoc/>
    public override string Title => "File put on a running machine";

    /// <inheritdoc/>
    public override string Reason =>
        "A file that is put on a running machine is in no image, and the machine that replaces it does not have it. "
        + "Put it into the image, or let the machine fetch a version of it when it starts.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://sshnet.github.io/SSH.NET/"];

    /// <inheritdoc/>
    public override string Library => "SSH.NET 2026.0.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Renci.SshNet.ScpClient", "Renci.SshNet.IScpClient", "Renci.SshNet.SftpClient",
        "Renci.SshNet.ISftpClient"];

    /// <inheritdoc/>
    public override string Bad => """
        using Renci.SshNet;

        class Example
        {
            void Run(ScpClient scp)
            {
                scp.Upload(new FileInfo("web.conf"), "/etc/web.conf");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Renci.SshNet;

        class Example
        {
            void Run(ScpClient scp)
            {
                scp.Download("/var/log/web.log", new FileInfo("web.log"));
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        [
            "Upload", "UploadFile", "BeginUploadFile", "SynchronizeDirectories", "WriteAllText", "WriteAllLines", "WriteAllBytes",
                "AppendAllText",
            "AppendAllLines", "AppendText", "CreateText", "OpenWrite", "DeleteFile", "DeleteDirectory", "Delete", "RenameFile",
                "SymbolicLink",
            "ChangePermissions", "SetAttributes", "Create",
        ];

    // Folders of an account in which partners leave files for each other.
    private static readonly HashSet<string> DropBoxes = new(StringComparer.OrdinalIgnoreCase)
    {
        "upload", "uploads", "download", "downloads", "in", "inbox", "inbound", "incoming", "out", "outbox", "outbound", "outgoing", "drop",
        "dropbox", "transfer", "exchange", "import", "imports", "export", "exports",
    };

    // SFTP is also how people hand data over: then neither the place nor what goes there is said in the code, or the place is known for it.
    internal override string? Judge(IInvocationOperation call) =>
        call.TargetMethod.ContainingType.Name.Contains("Sftp")
            && (!call.Arguments.Any(a => IsSaid(a.Value)) || call.Arguments.Any(a => IsDropBox(a.Value))) ? null
            : $"{call.TargetMethod.Name} changes files of a running machine: put them into the image, "
                + "or let the machine fetch a version of them when it starts.";

    private static bool IsDropBox(IOperation value) =>
        value.PartlyKnownText()?.TrimStart('/', '.', '~') is { } text && text.IndexOf('/') is var slash && slash > 0
            && DropBoxes.Contains(text.Substring(0, slash));

    private static bool IsSaid(IOperation value) =>
        value.PartlyKnownText() is { } text && text.Any(c => c != CommandLine.Unknown && c != '/')
            || value.Type?.Name == "FileStream" || value.Bare().Type?.Name == "FileStream";
}
