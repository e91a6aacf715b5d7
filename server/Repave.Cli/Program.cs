using System.CommandLine;
using Repave.Cli;

var root = new RootCommand(
    "Checks infrastructure manifests, and shows what a change does to what runs: nothing is modified in place, it is replaced.");
root.Subcommands.Add(CheckCommand.Create());
root.Subcommands.Add(PlanCommand.Create());
root.Subcommands.Add(DriftCommand.Create());
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(ReportCommand.Create());
root.Subcommands.Add(BuildCommand.Create());
root.Subcommands.Add(FmtCommand.Create());
root.Subcommands.Add(CompareCommand.Create());
root.Subcommands.Add(SnapshotCommand.Create());
root.Subcommands.Add(ExplainCommand.Create());
root.Subcommands.Add(LearnCommand.Create());
root.Subcommands.Add(RulesCommand.Create());
root.Subcommands.Add(LspCommand.Create());
root.Subcommands.Add(McpCommand.Create());
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Complaints.Say(error.Message);
    Console.Error.WriteLine("Try 'repave --help'.");
    return ExitCodes.Failed;
}

try
{
    var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    Console.Out.Flush();
    Complaints.SayFailures();
    return Complaints.Failed ? ExitCodes.Failed : code;
}
catch (Exception exception)
{
    Complaints.SayFailures();
    // One line, whatever it was and in whichever thread; output that nobody reads any more (head, a closed terminal) comes here too.
    var innermost = exception;
    while (innermost is AggregateException { InnerException: { } inner })
        innermost = inner;
    foreach (var reason in innermost is CommandException command ? command.Reasons
        : [innermost is IOException or UnauthorizedAccessException ? innermost.Message
        : $"this should not happen: {innermost.GetType().Name}: {innermost.Message}"])
        Complaints.Say(reason);
    if (innermost is not (CommandException or IOException or UnauthorizedAccessException)
        && Environment.GetEnvironmentVariable("REPAVE_STACK") == "1")
        Console.Error.WriteLine(innermost);
    return ExitCodes.Failed;
}
