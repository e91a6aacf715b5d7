using System.CommandLine;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Terraform;

namespace Repave.Cli;

/// <summary><c>repave report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders whose changes are reported; by default this folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var since = new Option<string>("--since")
        {
            Description = "The revision that the series begins after: a commit, branch or tag.",
            HelpName = "REV",
            Required = true,
        };
        var until = new Option<string>("--until")
        {
            Description = "The revision that it ends with.",
            HelpName = "REV",
            DefaultValueFactory = _ => "HEAD",
        };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "html");
        var config = SettingsFile.Option();
        var command = new Command("report", "Tells what a series of commits did to what runs: by kind, what was mutated in place, by rule "
            + "and control, over time. Each commit is planned against the one before; git is only read.")
        {
            paths, since, until, format, config,
        };
        command.SetAction(parsed =>
        {
            var (settings, _) = SettingsFile.Load(parsed.GetValue(config));
            var given = PathNames.Of(parsed.GetValue(paths)!);
            if (given.Contains(InputFiles.StandardInput))
                throw new CommandException("standard input has no past in git; name files or folders.");
            LearntPacks.Load(given.Length == 0 ? ["."] : given);
            var series = SeriesReader.Read(parsed.GetValue(since)!, parsed.GetValue(until)!, given.Length == 0 ? ["."] : given, settings);
            switch (parsed.GetValue(format))
            {
                case "json":
                    JsonOutput.Write(Console.OpenStandardOutput(), series, SeriesJsonContext.Default.JsonSeries);
                    break;
                case "markdown":
                    Console.Out.Write(SeriesMarkdown.Render(series));
                    break;
                case "html":
                    Console.Out.Write(SeriesHtml.Render(series));
                    break;
                default:
                    SeriesText.Write(series);
                    break;
            }

            return ExitCodes.Clean;
        });
        return command;
    }
}
