using System.CommandLine;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary><c>repave check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders to check; - for standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif", "github", "gitlab", "junit");
        var config = SettingsFile.Option();
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The lightest finding that makes the exit code 1.",
            DefaultValueFactory = _ => "error",
        };
        failOn.AcceptOnlyFromAmong("error", "warning", "info", "never");
        var fix = new Option<bool>("--fix") { Description = "Fix what can be fixed safely, and report the rest." };
        var diff = new Option<bool>("--diff") { Description = "With --fix: show the changes and write nothing." };
        var known =
            new Option<string?>("--known") { Description = "Hold back the findings that are recorded in this file.", HelpName = "FILE" };
        var writeKnown =
            new Option<string?>("--write-known") { Description = "Record all findings in a file for --known.", HelpName = "FILE" };
        var baseline = new Option<string?>("--baseline") { Hidden = true };
        var writeBaseline = new Option<string?>("--write-baseline") { Hidden = true };
        var staged = new Option<bool>("--staged") { Description = "Check what git has staged, not the work tree." };
        var from = new Option<string?>("--from")
        {
            Description = "Also run the rules on what changes against manifests, a snapshot or a git revision (git:REV).",
            HelpName = "FILE|DIR|git:REV",
        };
        var environment = new Option<string?>("--environment")
        {
            Description = "Check what is built for this environment alone; with --from, the environment's name for the settings' policies.",
            HelpName = "NAME",
        };
        var versions = DialectCatalogue.All.Where(d => d is IVersioned).ToDictionary(d => d.Name, VersionOption, StringComparer.Ordinal);
        var command = new Command("check", "Validates manifests and runs the "
            + "rules.") { paths, format, config, failOn, fix, diff, known, writeKnown, baseline, writeBaseline, staged, from, environment };
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

            var isFix = parsed.GetValue(fix);
            var isStaged = parsed.GetValue(staged);
            var given = PathNames.Of(parsed.GetValue(paths)!);
            if (parsed.GetValue(diff) && !isFix)
                throw new CommandException("--diff goes with --fix.");
            if (isFix && (isStaged || given.Contains("-")))
                throw new CommandException($"--fix cannot write to {(isStaged ? "what is staged" : "standard input")}.");
            if (given.Length == 0 && !isStaged)
                throw new CommandException("name a file or folder to check, - for standard input, or --staged.");
            var run = new CheckRun(settings.With(chosen), folder, given, isStaged, parsed.GetValue(environment));
            var held = Known(parsed, known, baseline);
            CheckResult HoldBack(CheckResult all) => held is null ? all : KnownFindings.HoldBack(all, held);
            var result = isFix ? FixFiles.Run(run, HoldBack, parsed.GetValue(diff)) : run.Check(new Dictionary<string, string>());
            if (parsed.GetValue(from) is { } past)
                result = WithChanges(result, run,
                    BaselineRequest.Of(given, settings, past, parsed.GetValue(environment), isStaged, chosen));
            if (Known(parsed, writeKnown, writeBaseline) is { } written)
            {
                KnownFindings.Write(result, written);
                Console.Error.WriteLine($"Wrote {result.Findings.Count} findings to {written}.");
                return ExitCodes.Clean;
            }

            result = HoldBack(result);
            if (!parsed.GetValue(diff))
                Report(result, parsed.GetValue(format)!);
            return ExitCodeOf(result, parsed.GetValue(failOn)!);
        });
        return command;
    }

    // "Baseline" is the state that a plan compares with. What these options were called before still works.
    private static string? Known(ParseResult parsed, Option<string?> option, Option<string?> older)
    {
        if (parsed.GetValue(older) is not { } file)
            return parsed.GetValue(option);
        Complaints.Say($"{older.Name} is called {option.Name} now.");
        return parsed.GetValue(option) ?? file;
    }

    // The findings of the rules on change among the others, each at its place.
    private static CheckResult WithChanges(CheckResult result, CheckRun run, BaselineRequest request)
    {
        var found = PlanFindings.Of(PlanRun.Create(request, run.Manifests).Plan(), request.Settings);
        var order = result.Findings.Select(f => f.File.Path).Concat(found.Select(f => f.File.Path)).Distinct(StringComparer.Ordinal)
            .Select((path, i) => (path, i)).ToDictionary(p => p.path, p => p.i, StringComparer.Ordinal);
        return result with { Findings = [.. result.Findings.Concat(found).OrderBy(f => order[f.File.Path]).ThenBy(f => f.FileSpan.Start)] };
    }

    private static Option<string?> VersionOption(Dialect dialect)
    {
        var option = new Option<string?>($"--{dialect.Name}-version")
        {
            Description = $"The release to check against; by default {((IVersioned)dialect).Versions[^1]}.",
        };
        option.AcceptOnlyFromAmong([.. ((IVersioned)dialect).Versions]);
        return option;
    }

    private static void Report(CheckResult result, string format)
    {
        switch (format)
        {
            case "json":
                JsonReport.Write(result, Console.OpenStandardOutput());
                break;
            case "sarif":
                SarifReport.Write(result, Console.OpenStandardOutput());
                break;
            case "junit":
                JunitReport.Write(result, Console.OpenStandardOutput());
                break;
            case "gitlab":
                GitlabReport.Write(result, Console.OpenStandardOutput());
                break;
            case "github":
                GithubReport.Write(result, Console.Out);
                break;
            default:
                TextReport.Write(result);
                break;
        }
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
