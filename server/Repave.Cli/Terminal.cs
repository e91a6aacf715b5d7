using Spectre.Console;

namespace Repave.Cli;

/// <summary>Standard output, coloured where it is a terminal.</summary>
internal static class Terminal
{
    /// <summary>Whether output is coloured: on a terminal, or where FORCE_COLOR asks for it.</summary>
    public static bool IsColoured => !Console.IsOutputRedirected || IsForced;

    private static bool IsForced => Environment.GetEnvironmentVariable("FORCE_COLOR") is { Length: > 0 };

    /// <summary>A console whose markup becomes colours, or nothing where there are none. Lines are not broken: the terminal wraps long ones
    /// by itself, and breaking them here would break copying.</summary>
    public static IAnsiConsole Create()
    {
        var settings = !IsColoured
            ? new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors }
            : IsForced ? new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard }
            : new AnsiConsoleSettings { Ansi = AnsiSupport.Detect };
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = 100_000;
        return console;
    }

    /// <summary>Text from a file as markup that shows it.</summary>
    public static string Text(string text) => Markup.Escape(Printable.Of(text));

    /// <summary>Writes a line whose parts are shown as they are, and obeyed by nothing.</summary>
    public static void Say(this IAnsiConsole console, FormattableString line) =>
        console.MarkupLineInterpolated(
            System.Runtime.CompilerServices.FormattableStringFactory.Create(line.Format,
            [.. line.GetArguments().Select(a => a is string text ? Printable.Of(text) : a)]));
}
