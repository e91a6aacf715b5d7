using System.CommandLine;
using System.Text;
using System.Text.Json;
using Repave.Environments.Files;
using Spectre.Console;

namespace Repave.Cli;

/// <summary><c>repave verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var record = new Argument<string>("RECORD")
        {
            Description = "A change record: what 'repave plan --format html' or '--format intoto' wrote.",
        };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Where the files are now: folders that the record's names start from, or single files. By default the "
                + "repository around this folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var filesOnly = new Option<bool>("--files-only")
        {
            Description = "Compare digests and plan nothing again.",
        };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("verify", "Says whether files, plan and record still belong together: exit code 0 if they do, 1 if not.")
        {
            record, paths, filesOnly, format,
        };
        command.SetAction(parsed =>
        {
            var read = RecordFile.Read(parsed.GetValue(record)!);
            var result = new Verification(read, parsed.GetValue(paths)!, parsed.GetValue(filesOnly)).Run();
            if (parsed.GetValue(format) == "json")
                JsonOutput.Write(Console.OpenStandardOutput(), result, VerifyJsonContext.Default.JsonVerification);
            else
                Write(result);
            if (result.Verdict == "verified")
                return ExitCodes.Clean;
            // What cannot be read is among what does not belong together: the answer is no, and not that there is none.
            foreach (var message in Complaints.TakeFailures())
                Complaints.Say(message);
            return ExitCodes.Found;
        });
        return command;
    }

    private static void Write(JsonVerification result)
    {
        var console = Terminal.Create();
        foreach (var problem in result.Problems)
        {
            if (problem.File is { } file)
                console.Say($"[red]✗[/] [bold]{file}[/]: {problem.Message}");
            else
                console.Say($"[red]✗[/] {problem.Message}");
        }

        foreach (var note in result.Notes)
            console.Say($"[grey]note:[/] {note}");
        if (result.Problems.Length + result.Notes.Length > 0)
            console.WriteLine();
        if (result.Verdict == "verified")
            console.Say($"[green]Verified:[/] {result.Checked}");
        else
            console.Say($"[red]Not verified:[/] {PlanWords.Plural(result.Problems.Length, "problem")}. {result.Checked}");
    }
}
