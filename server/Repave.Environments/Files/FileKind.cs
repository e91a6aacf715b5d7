namespace Repave.Environments.Files;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Absent,

    /// <summary>A file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link that leads nowhere.</summary>
    DanglingLink,

    /// <summary>A link that leads to itself in the end.</summary>
    CircularLink,

    /// <summary>A pipe, which could make its reader wait for ever.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device.</summary>
    Device,

    /// <summary>What this user may not look at.</summary>
    Hidden,
}
