using Spectre.Console;

namespace Repave.Cli;

/// <summary>Standard output, coloured where it is a terminal.</summary>
internal static class Terminal
{
    /// <summary>Whether output is coloured: on a terminal, or where FORCE_COLOR asks for it.</summary>
    public static bool IsColoured => !Console.IsOutputRedirected || IsForced;

    private static bool IsForced => Environment.GetEnvironmentVariable("FORCE_COLOR") is { Length: > 0 };

    /// <summary>A console whose markup becomes colours, or nothing where there are none. Lines are not broken: the terminal wraps long ones by
    /// itself, and breaking them here would break copying.</summary>
    public static IAnsiConsole Create()
    {
        var settings = !IsColoured
            ? new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors }
            : IsForced ? new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard } : new AnsiConsoleSettings { Ansi = AnsiSupport.Detect };
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = 100_000;
        return console;
    }
}
