using System.Text.RegularExpressions;

namespace Repave.Core.Rules;

/// <summary>Command lines that install software, whatever manifest they stand in.</summary>
public static class InstallCommands
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private static readonly (Regex Pattern, string What)[] Patterns =
    [
        (Of(@"\b(apt-get|apt|aptitude)\s+(-\S+\s+)*install\b"), "installs packages"),
        (Of(@"\b(yum|dnf|microdnf|zypper|tdnf)\s+(-\S+\s+)*(install|localinstall|update|upgrade)\b"), "installs packages"),
        (Of(@"\bapk\s+(-\S+\s+)*(add|upgrade)\b"), "installs packages"),
        (Of(@"\b(pip3?|python3?\s+-m\s+pip)\s+(-\S+\s+)*install\b"), "installs Python packages"),
        (Of(@"\b(npm\s+(install|ci|i)|yarn\s+(install|add)|pnpm\s+(install|add))\b"), "installs npm packages"),
        (Of(@"\b(gem|bundle)\s+install\b"), "installs Ruby gems"),
        (Of(@"\bgo\s+(install|get)\s+\S"), "builds Go programs"),
        (Of(@"\b(curl|wget)\b[^|;&\n]*\|\s*(sudo\s+)?(ba|da|z|k)?sh\b"), "runs a script that it fetches"),
        (Of(@"\b(ba|z)?sh\s+(-c\s+)?""?(<\(|\$\()\s*(curl|wget)\b"), "runs a script that it fetches"),
    ];

    /// <summary>The patterns, and what a command does that matches one.</summary>
    public static IReadOnlyList<(Regex Pattern, string What)> All => Patterns;

    /// <summary>What a command line installs, as the end of "it …"; null if it installs nothing that is known.</summary>
    public static string? What(string command)
    {
        foreach (var (pattern, what) in Patterns)
        {
            try
            {
                if (pattern.IsMatch(command))
                    return what;
            }
            catch (RegexMatchTimeoutException)
            {
                // Nothing is said of what takes so long to read.
            }
        }

        return null;
    }

    private static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant, Limit);
}
