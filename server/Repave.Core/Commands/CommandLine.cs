namespace Repave.Core.Commands;

/// <summary>A program with its words, as something starts it.</summary>
/// <param name="Program">The program as it is written.</param>
/// <param name="Words">Its arguments, one by one, without quotes. <see cref="Unknown"/> stands for what is known only when it runs.</param>
public sealed record CommandLine(string Program, IReadOnlyList<string> Words)
{
    /// <summary>Stands in a word for a part that nobody knows before it runs: a variable, an interpolated value.</summary>
    public const char Unknown = '\uFFFC';

    private static readonly string[] Endings = [".exe", ".cmd", ".bat", ".com"];

    /// <summary>What is given to it as its input, as far as it is said (a here-string, a here-document, an echo before a pipe).</summary>
    public string? Input { get; init; }

    /// <summary>Whether its output goes to a file.</summary>
    public bool WritesFile { get; init; }

    /// <summary>Whether a shell that reads PowerShell starts it.</summary>
    public bool IsPowerShell { get; init; }

    /// <summary>The program's name, without folder and without the ending of a program's file, in lower case.</summary>
    public string Name
    {
        get
        {
            var name = Program.Substring(Math.Max(Program.LastIndexOf('/'), Program.LastIndexOf('\\')) + 1).ToLowerInvariant();
            foreach (var ending in Endings)
            {
                if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
                    return name.Substring(0, name.Length - ending.Length);
            }

            return name;
        }
    }

    /// <summary>Words as a program with its arguments; null if there are none.</summary>
    public static CommandLine? Of(IReadOnlyList<string> words) => words.Count == 0 ? null : new CommandLine(words[0], [.. words.Skip(1)]);

    /// <summary>Words as one text that shells read as the same words.</summary>
    public static string Joined(IEnumerable<string> words) => string.Join(" ", words.Select(
        w => w.Length == 0 || w.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or ';' or '&' or '|' or '(' or ')')
            ? "'" + w.Replace("'", "'\\''") + "'" : w));
}
