namespace Repave.Cli;

/// <summary>What the tool's exit codes mean, for every command.</summary>
internal static class ExitCodes
{
    /// <summary>Nothing at or above the weight that counts.</summary>
    public const int Clean = 0;

    /// <summary>Something at or above it.</summary>
    public const int Found = 1;

    /// <summary>The command could not do its work; stderr says why.</summary>
    public const int Failed = 2;
}

/// <summary>Reasons why a command cannot do its work, for its user.</summary>
internal sealed class CommandException(IReadOnlyList<string> reasons) : Exception(string.Join("; ", reasons))
{
    public CommandException(string reason)
        : this([reason])
    {
    }

    /// <summary>The reasons, a line each.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
