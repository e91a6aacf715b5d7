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
        effects.Where(e => e.Kind is CommandKind.Packages or CommandKind.Software
            && (e.What.StartsWith("installs", StringComparison.Ordinal)
                    || e.What.StartsWith("builds", StringComparison.Ordinal)
                    || e.What.StartsWith("changes packages", StringComparison.Ordinal))).Select(Short).FirstOrDefault()
            ?? (RunsFetchedScript(text) ? "runs a script that it fetches" : null);

    /// <summary>What a command upgrades, as the end of "it …"; null if nothing that is known.</summary>
    public static string? Upgrades(IEnumerable<CommandEffect> effects, string text) =>
        effects.Where(e => e.Kind is CommandKind.Packages or CommandKind.Software
            && (e.What.StartsWith("upgrades", StringComparison.Ordinal) || e.What == "updates itself")).Select(Short).FirstOrDefault()
            ?? (UpdatesItself.Matches(text) ? "updates itself" : null);

    /// <summary>Whether a script goes from its address into a shell.</summary>
    public static bool RunsFetchedScript(string text) => Array.Exists(FetchedScripts, p => p.Matches(text));

    // What a machine has, a container has too.
    private static string Short(CommandEffect effect) =>
        effect.What.Replace("upgrades packages of the machine", "upgrades its packages").Replace(" on the machine", "")
            .Replace(" of the machine", "");
}
