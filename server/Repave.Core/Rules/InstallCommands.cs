using Repave.Core.Commands;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Commands that install software, whatever manifest they stand in.</summary>
public static class InstallCommands
{
    // What goes through a pipe or a substitution into a shell is no command of its own.
    private static readonly BoundedRegex[] FetchedScripts =
    [
        new(@"\b(curl|wget)\b[^|;&\n]*\|\s*(sudo\s+)?(ba|da|z|k)?sh\b"),
        new(@"\b(ba|z)?sh\s+(-c\s+)?""?(<\(|\$\()\s*(curl|wget)\b"),
    ];

    private static readonly BoundedRegex UpdatesItself = new(@"\b(self-update|selfupdate|self-upgrade)\b");

    /// <summary>What a command installs, as the end of "it …"; null if it installs nothing that is known.</summary>
    /// <param name="effects">What it does (<see cref="CommandReader.EffectsOf(IReadOnlyList{string})"/>).</param>
    /// <param name="text">What it runs as a text (<see cref="ShellText.CommandsOf(string)"/>).</param>
    public static string? What(IEnumerable<CommandEffect> effects, string text) =>
        First(effects, "installs", "builds", "changes packages") ?? (RunsFetchedScript(text) ? "runs a script that it fetches" : null);

    /// <summary>What a command upgrades, as the end of "it …"; null if nothing that is known.</summary>
    public static string? Upgrades(IEnumerable<CommandEffect> effects, string text) =>
        First(effects, "upgrades", "updates itself") ?? (UpdatesItself.Matches(text) ? "updates itself" : null);

    /// <summary>What a command installs, or else upgrades.</summary>
    public static string? InstallsOrUpgrades(IReadOnlyCollection<CommandEffect> effects, string text) =>
        What(effects, text) ?? Upgrades(effects, text);

    /// <summary>Whether a script goes from its address into a shell.</summary>
    public static bool RunsFetchedScript(string text) => Array.Exists(FetchedScripts, p => p.Matches(text));

    // What a machine has, a container has too.
    private static string? First(IEnumerable<CommandEffect> effects, params string[] begins) =>
        effects.FirstOrDefault(e => e.Kind is CommandKind.Packages or CommandKind.Software
            && Array.Exists(begins, b => e.What.StartsWith(b, StringComparison.Ordinal)))?.What
            .Replace("upgrades packages of the machine", "upgrades its packages").Replace(" on the machine", "")
            .Replace(" of the machine", "");
}
