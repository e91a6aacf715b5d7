using System.CommandLine;

namespace Repave.Cli;

/// <summary><c>repave mcp</c>.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var root = new Option<string>("--root")
        {
            Description = "The folder that tools may read; the current one by default.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("mcp",
            "Serves an agent that speaks the Model Context Protocol, over standard input and output: check, plan, explain, rules and "
            + "build. It only reads, and only below one folder.") { root };
        command.SetAction(parsed =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(root)!);
            if (!Directory.Exists(folder))
                throw new CommandException($"the folder {parsed.GetValue(root)} does not exist.");
            Environment.CurrentDirectory = folder;
            using var input = Console.OpenStandardInput();
            using var output = Console.OpenStandardOutput();
            // Standard output is the protocol's alone.
            Console.SetOut(Console.Error);
            new McpServer(new McpTools(folder), input, output).Run();
            return ExitCodes.Clean;
        });
        return command;
    }
}
