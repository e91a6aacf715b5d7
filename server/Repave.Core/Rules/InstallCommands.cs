using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Command lines that install software, whatever manifest they stand in.</summary>
public static class InstallCommands
{
    private static readonly (BoundedRegex Pattern, string What)[] Patterns =
    [
        (new(@"\b(apt-get|apt|aptitude)\s+(-\S+\s+)*install\b"), "installs packages"),
        (new(@"\b(yum|dnf|microdnf|zypper|tdnf)\s+(-\S+\s+)*(install|localinstall|update|upgrade)\b"), "installs packages"),
        (new(@"\bapk\s+(-\S+\s+)*(add|upgrade)\b"), "installs packages"),
        (new(@"\b(pip3?|python3?\s+-m\s+pip)\s+(-\S+\s+)*install\b"), "installs Python packages"),
        (new(@"\b(npm\s+(install|ci|i)|yarn\s+(install|add)|pnpm\s+(install|add))\b"), "installs npm packages"),
        (new(@"\b(gem|bundle)\s+install\b"), "installs Ruby gems"),
        (new(@"\bgo\s+(install|get)\s+\S"), "builds Go programs"),
        (new(@"\b(curl|wget)\b[^|;&\n]*\|\s*(sudo\s+)?(ba|da|z|k)?sh\b"), "runs a script that it fetches"),
        (new(@"\b(ba|z)?sh\s+(-c\s+)?""?(<\(|\$\()\s*(curl|wget)\b"), "runs a script that it fetches"),
    ];

    /// <summary>The patterns, and what a command does that matches one.</summary>
    public static IReadOnlyList<(BoundedRegex Pattern, string What)> All => Patterns;

    /// <summary>What a command line installs, as the end of "it …"; null if it installs nothing that is known.</summary>
    public static string? What(string command)
    {
        foreach (var (pattern, what) in Patterns)
        {
            if (pattern.Matches(command))
                return what;
        }

        return null;
    }
}
