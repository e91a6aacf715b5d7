using System.CommandLine;
using Repave.Environments.Terraform;

namespace Repave.Cli;

/// <summary><c>repave learn</c>.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "The folder in which 'terraform init' ran.",
            DefaultValueFactory = _ =>
            "."
        };
        var all = new Option<bool>("--all") { Description = "Ask providers that are known already, too." };
        var command = new Command("learn",
            "Starts the providers that 'terraform init' put into a folder, and asks them what changing each argument "
                + "does. They are programs of that folder: learn only where you trust it. They get no credentials.") { path, all };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(path)!;
            if (WorkspaceProviders.In(folder).Count == 0)
                throw new CommandException($"{folder} has no providers; run 'terraform init' there first.");
            try
            {
                var shows = !Console.IsErrorRedirected;
                var learnt = LearntPacks.Learn(folder, parsed.GetValue(all), (source, done, total, _) =>
                {
                    if (shows)
                        Console.Error.Write($"\r{source}: {done} of {total} types");
                }, problem => Complaints.Say($"not learnt: {problem}"));
                if (shows && learnt.Count > 0)
                    Console.Error.WriteLine();
                foreach (var (source, version, types) in learnt)
                    Console.Out.WriteLine($"{source} {version}: {types} types");
                if (learnt.Count == 0)
                    Console.Out.WriteLine("Every provider of this folder is known already.");
                return ExitCodes.Clean;
            }
            catch (ProviderException exception)
            {
                throw new CommandException(exception.Message);
            }
        });
        return command;
    }
}
