using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary><c>repave check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders to check; - for standard input.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var config = new Option<string?>("--config") { Description = $"A settings file; by default the {SettingsReader.FileName} of this folder or the nearest above it.", HelpName = "FILE" };
        var failOn = new Option<string>("--fail-on") { Description = "The lightest finding that makes the exit code 1.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong("error", "warning", "info", "never");
        var fix = new Option<bool>("--fix") { Description = "Mend what can be mended safely, and report the rest." };
        var diff = new Option<bool>("--diff") { Description = "With --fix: show the changes and write nothing." };
        var versions = DialectCatalogue.All.ToDictionary(d => d.Name, d => VersionOption(d), StringComparer.Ordinal);
        var command = new Command("check", "Validates manifests and runs the rules.") { paths, format, config, failOn, fix, diff };
        foreach (var option in versions.Values)
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var (settings, folder) = SettingsFile.Load(parsed.GetValue(config));
            var chosen = new Dictionary<string, string>(settings.Versions, StringComparer.Ordinal);
            foreach (var (dialect, option) in versions)
            {
                if (parsed.GetValue(option) is { } version)
                    chosen[dialect] = version;
            }

            if (parsed.GetValue(diff) && !parsed.GetValue(fix))
                throw new CommandException("--diff goes with --fix.");
            var run = new CheckRun(settings.With(chosen), folder, parsed.GetValue(paths)!);
            if (parsed.GetValue(fix) && run.ReadsStandardInput)
                throw new CommandException("--fix cannot write to standard input.");
            var result = parsed.GetValue(fix) ? FixFiles.Run(run.Check, parsed.GetValue(diff)) : run.Check(new Dictionary<string, string>());
            if (parsed.GetValue(diff))
                return ExitCodeOf(result, parsed.GetValue(failOn)!);
            if (parsed.GetValue(format) == "json")
                JsonReport.Write(result, Console.OpenStandardOutput());
            else
                TextReport.Write(result);
            return ExitCodeOf(result, parsed.GetValue(failOn)!);
        });
        return command;
    }

    private static Option<string?> VersionOption(Dialect dialect)
    {
        var option = new Option<string?>($"--{dialect.Name}-version") { Description = $"The release to check against; by default {dialect.Versions[^1]}." };
        option.AcceptOnlyFromAmong([.. dialect.Versions]);
        return option;
    }

    private static int ExitCodeOf(CheckResult result, string failOn)
    {
        Severity? least = failOn switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "info" => Severity.Info,
            _ => null,
        };
        return least is { } severity && result.Findings.Any(f => f.Severity >= severity) ? ExitCodes.Found : ExitCodes.Clean;
    }
}
