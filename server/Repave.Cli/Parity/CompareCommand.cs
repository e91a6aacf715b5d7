using System.CommandLine;
using Repave.Core.Builds;
using Repave.Core.Parity;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary><c>repave compare</c>.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("FIRST") { Description = "The earlier environment: staging." };
        var second = new Argument<string>("SECOND") { Description = "The later environment: prod." };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Where environments are looked for that .repave.yaml does not name; this folder by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "html");
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The lightest finding that makes the exit code 1.",
            DefaultValueFactory = _ => "error",
        };
        failOn.AcceptOnlyFromAmong("error", "warning", "info", "never");
        var config = SettingsFile.Option();
        var all = new Option<bool>("--all") { Description = "Show the differences that are meant, too." };
        var command = new Command("compare", "Shows how two environments differ once built, and which line of which file makes each "
            + "difference.") { first, second, paths, format, failOn, config, all };
        command.SetAction(parsed =>
        {
            var (settings, folder) = SettingsFile.Load(parsed.GetValue(config));
            var state = SourceState.OfDisk(settings);
            var given = PathNames.Of(parsed.GetValue(paths)!);
            var environments = state.Environments(given.Length == 0 ? ["."] : given, folder);
            var report = new ParityReport(Build(parsed.GetValue(first)!), Build(parsed.GetValue(second)!), settings);
            switch (parsed.GetValue(format))
            {
                case "json":
                    ParityJson.Write(report, Console.OpenStandardOutput());
                    break;
                case "markdown":
                    Console.Out.Write(ParityMarkdown.Render(report));
                    break;
                case "html":
                    Console.Out.Write(ParityHtml.Render(report));
                    break;
                default:
                    ParityText.Write(report, parsed.GetValue(all));
                    break;
            }

            Severity? least = parsed.GetValue(failOn) switch
            {
                "error" => Severity.Error,
                "warning" => Severity.Warning,
                "info" => Severity.Info,
                _ => null,
            };
            return least is { } severity && report.Differences.Any(one => one.Rule is not null && one.Severity >= severity)
                ? ExitCodes.Found : ExitCodes.Clean;

            BuiltEnvironment Build(string name)
            {
                var environment = environments.FirstOrDefault(one => one.Name == name)
                    ?? throw new CommandException(EnvironmentRun.NoSuch(name, environments.Select(one => one.Name)));
                var built = state.Builds.Build(environment)
                    ?? throw new CommandException($"the environment '{name}' has nothing in {environment.Source}.");
                return built.Failure is { } failure ? throw new CommandException($"the environment '{name}' cannot be built: {failure}")
                    : built;
            }
        });
        return command;
    }
}
