using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Plans;
using Repave.Environments.Terraform;

namespace Repave.Cli;

/// <summary><c>repave plan</c>.</summary>
internal static class PlanCommand
{
    private static readonly string[] Formats = ["text", "json", "markdown", "html"];

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders to plan; - for standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var baseline = new BaselineOptions();
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong(Formats);
        var failOn = new Option<string>("--fail-on")
        {
            Description = "Actions that make the exit code 1, separated by commas: replace, "
            + "in-place, roll, delete, create, unknown, any, never.",
            DefaultValueFactory = _ => "never",
            HelpName = "ACTION"
        };
        var nodes = new Option<int?>("--nodes")
        {
            Description = "On how many nodes what runs once a node runs (a DaemonSet), where the baseline does not say it.",
            HelpName = "N",
        };
        var back = new Option<bool>("--back")
        {
            Description = "Say of each change what going back to the baseline would do: at once, by rolling, by replacing, with loss, "
                + "or never.",
        };
        var all = new Option<bool>("--all") { Description = "Name the resources that do not change, too." };
        var ask = new Option<bool>("--ask-providers")
        {
            Description = "With --from a state or --live: start the providers that 'terraform init' put into the first PATH and ask them. "
                + "They are programs of that folder; they get no credentials.",
        };
        var command = new Command("plan", "Shows what making manifests real would do: create, mutate in place, roll, replace, delete, "
            + "and which line forces it.") { paths, format, failOn, all, back, nodes, ask };
        baseline.AddTo(command);
        command.SetAction(parsed =>
        {
            var failing = FailingActions(parsed.GetValue(failOn)!);
            if (parsed.GetValue(nodes) is <= 0)
                throw new CommandException("--nodes takes a number above 0.");
            var given = parsed.GetValue(paths)!;
            LearntPacks.Load(given.Length > 0 ? given : ["."]);
            using var providers = parsed.GetValue(ask)
                ? new WorkspaceProviders(given.FirstOrDefault() is { } first && Directory.Exists(first) ? first : ".") : null;
            var request = baseline.Read(parsed, given) with { Nodes = parsed.GetValue(nodes), Evidence = providers };
            var plans = EnvironmentRun.Plan(request);
            var changes = plans.SelectMany(one => one.Plan.Changes).ToList();
            switch (parsed.GetValue(format))
            {
                case "json":
                    PlanJson.Write(plans, Console.OpenStandardOutput());
                    break;
                case "markdown":
                    Console.Out.Write(PlanMarkdown.Render(plans, parsed.GetValue(back)));
                    break;
                case "html":
                    Console.Out.Write(PlanHtml.Render(plans, request.Settings, DateTimeOffset.UtcNow));
                    break;
                default:
                    PlanText.Write(plans, parsed.GetValue(all), parsed.GetValue(back));
                    break;
            }

            if (request.IsLive && changes.Count > 0 && changes.TrueForAll(c => c.Action == PlanAction.Unknown))
                throw new CommandException("nothing of the baseline could be read; the plan says why.");
            return changes.Exists(c => failing.Contains(c.Action)) ? ExitCodes.Found : ExitCodes.Clean;
        });
        return command;
    }

    /// <summary>The actions that <c>--fail-on</c> names.</summary>
    /// <exception cref="CommandException">It names something else.</exception>
    private static HashSet<PlanAction> FailingActions(string text)
    {
        var actions = new HashSet<PlanAction>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "never")
                continue;
            if (name == "any")
                actions.UnionWith(Enum.GetValues<PlanAction>().Where(a => a != PlanAction.None));
            else if (PlanNames.ActionOf(name) is { } action and not PlanAction.None)
                actions.Add(action);
            else
                throw new CommandException(
                    $"--fail-on knows no '{name}'; it takes replace, in-place, roll, delete, create, unknown, any and never.");
        }

        return actions;
    }
}
