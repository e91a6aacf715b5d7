using System.CommandLine;
using Repave.LanguageServer;

namespace Repave.Cli;

/// <summary><c>repave lsp</c>.</summary>
internal static class LspCommand
{
    public static Command Create()
    {
        var stdio = new Option<bool>("--stdio")
        {
            Description = "Speak over standard input and output; there is no other way, and editors may say so.",
        };
        var command =
            new Command("lsp", "Serves an editor that speaks the Language Server Protocol, over standard input and output.") { stdio };
        command.SetAction(_ => Server.Run(Console.OpenStandardInput(), Console.OpenStandardOutput()));
        return command;
    }
}
