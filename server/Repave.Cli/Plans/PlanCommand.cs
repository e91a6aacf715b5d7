using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Plans;
using Repave.Environments.Terraform;

namespace Repave.Cli;

/// <summary><c>repave plan</c>.</summary>
internal sealed class PlanCommand
{
    private const string FormatName = "--format";

    private static readonly string[] Formats = ["text", "json", "markdown", "html", "intoto"];

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files and folders to plan; - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly BaselineOptions _baseline = new();
    private readonly Option<string> _format = new(FormatName)
    {
        Description = "How to answer; html is the change record, intoto the same as an in-toto statement.",
        DefaultValueFactory = _ => "text",
    };
    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "Actions that make the exit code 1, separated by commas: replace, "
            + "in-place, roll, delete, create, unknown, any, never.",
        DefaultValueFactory = _ => "never",
        HelpName = "ACTION",
    };
    private readonly Option<int?> _nodes = new("--nodes")
    {
        Description = "On how many nodes what runs once a node runs (a DaemonSet), where the baseline does not say it.",
        HelpName = "N",
    };
    private readonly Option<bool> _back = new("--back")
    {
        Description = "Say of each change what going back to the baseline would do: at once, by rolling, by replacing, with loss, "
            + "or never.",
    };
    private readonly Option<bool> _all = new("--all") { Description = "Name the resources that do not change, too." };
    private readonly Option<bool> _ask = new("--ask-providers")
    {
        Description = "With --from a state or --live: start the providers that 'terraform init' put into the first PATH and ask them. "
            + "They are programs of that folder; they get no credentials.",
    };

    private PlanCommand()
    {
        _format.AcceptOnlyFromAmong(Formats);
        Command = new Command("plan", "Shows what making manifests real would do: create, mutate in place, roll, replace, delete, "
            + "and which line forces it.") { _paths, _format, _failOn, _all, _back, _nodes, _ask };
        _baseline.AddTo(Command);
        Command.SetAction(Run);
    }

    private Command Command { get; }

    public static Command Create() => new PlanCommand().Command;

    /// <summary>Plans again what a record says was planned.</summary>
    /// <param name="before">The record.</param>
    /// <param name="commits">The commits that its baselines were.</param>
    /// <exception cref="CommandException">It cannot be planned again.</exception>
    public static JsonStatement Remake(RecordBefore before, IReadOnlyDictionary<string, string> commits)
    {
        var plan = new PlanCommand();
        // What a record says is arguments, and no files of arguments.
        var parsed = plan.Command.Parse([.. before.Arguments.Skip(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            throw new CommandException(
                [.. parsed.Errors.Select(error => $"the call that the record names is none of this repave: {error.Message}")]);
        using var call = plan.Read(parsed);
        var request = call.Request with { Commits = commits, MayAskLive = false };
        return RecordMaker.Make(request, EnvironmentRun.Plan(request), [], parsed.GetValue(plan._failOn)!,
            FailingActions(parsed.GetValue(plan._failOn)!), before);
    }

    private int Run(ParseResult parsed)
    {
        var failing = FailingActions(parsed.GetValue(_failOn)!);
        using var call = Read(parsed);
        var plans = EnvironmentRun.Plan(call.Request);
        var changes = plans.SelectMany(one => one.Plan.Changes).ToList();
        JsonStatement Statement() => RecordMaker.Make(call.Request, plans, ArgumentsOf(parsed), parsed.GetValue(_failOn)!, failing);
        switch (parsed.GetValue(_format))
        {
            case "json":
                PlanJson.Write(plans, Console.OpenStandardOutput());
                break;
            case "markdown":
                Console.Out.Write(PlanMarkdown.Render(plans, parsed.GetValue(_back)));
                break;
            case "html":
                Console.Out.Write(RecordHtml.Render(plans, Statement()));
                break;
            case "intoto":
                JsonOutput.Write(Console.OpenStandardOutput(), Statement(), RecordJsonContext.Default.JsonStatement);
                break;
            default:
                PlanText.Write(plans, parsed.GetValue(_all), parsed.GetValue(_back));
                break;
        }

        if (call.Request.IsLive && changes.Count > 0 && changes.TrueForAll(c => c.Action == PlanAction.Unknown))
            throw new CommandException("nothing of the baseline could be read; the plan says why.");
        return changes.Exists(c => failing.Contains(c.Action)) ? ExitCodes.Found : ExitCodes.Clean;
    }

    private Call Read(ParseResult parsed)
    {
        if (parsed.GetValue(_nodes) is <= 0)
            throw new CommandException("--nodes takes a number above 0.");
        var given = parsed.GetValue(_paths)!;
        LearntPacks.Load(given.Length > 0 ? given : ["."]);
        var providers = parsed.GetValue(_ask)
            ? new WorkspaceProviders(given.FirstOrDefault() is { } first && Directory.Exists(first) ? first : ".") : null;
        try
        {
            return new Call(_baseline.Read(parsed, given) with { Nodes = parsed.GetValue(_nodes), Evidence = providers }, providers);
        }
        catch
        {
            providers?.Dispose();
            throw;
        }
    }

    // How it is written has no part in what is said.
    private static string[] ArgumentsOf(ParseResult parsed)
    {
        var tokens = parsed.Tokens.Select(token => token.Value).ToList();
        if (tokens.IndexOf(FormatName) is >= 0 and var at)
            tokens.RemoveRange(at, Math.Min(2, tokens.Count - at));
        return [.. tokens];
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

    private sealed record Call(BaselineRequest Request, IDisposable? Providers) : IDisposable
    {
        public void Dispose() => Providers?.Dispose();
    }
}
