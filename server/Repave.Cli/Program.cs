using System.CommandLine;
using Repave.Cli;

var root = new RootCommand("Checks infrastructure manifests, and shows what a change does to what runs: nothing is modified in place, it is replaced.");
root.Subcommands.Add(CheckCommand.Create());
root.Subcommands.Add(PlanCommand.Create());
root.Subcommands.Add(SnapshotCommand.Create());
root.Subcommands.Add(ExplainCommand.Create());
root.Subcommands.Add(RulesCommand.Create());
root.Subcommands.Add(LspCommand.Create());
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine($"repave: {error.Message}");
    Console.Error.WriteLine("Try 'repave --help'.");
    return ExitCodes.Failed;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandException exception)
{
    Console.Error.WriteLine($"repave: {exception.Message}");
    return ExitCodes.Failed;
}
catch (IOException exception)
{
    // Output that nobody reads any more (head, a closed terminal) is no failure worth a stack trace.
    Console.Error.WriteLine($"repave: {exception.Message}");
    return ExitCodes.Failed;
}
