using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Plans;
using Repave.Core.Syntax;
using Spectre.Console;

namespace Repave.Cli;

/// <summary><c>repave explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "A resource type: Deployment, deployment.apps." };
        var path = new Argument<string?>("PATH") { Description = "A field: spec.template.", Arity = ArgumentArity.ZeroOrOne };
        var version = new Option<string?>("--release") { Description = "The platform's release; the newest by default." };
        var command =
            new Command("explain", "Says what changing a field of a resource does: in place, roll, or replace.") { kind, path, version };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(kind)!;
            Write(Lines(name, parsed.GetValue(version), parsed.GetValue(path)));
            return ExitCodes.Clean;
        });
        return command;
    }

    /// <summary>What is known of a type's updates, or of those of one field.</summary>
    /// <param name="kind">The type.</param>
    /// <param name="release">The platform's release; null for the newest.</param>
    /// <param name="path">The field; null for all.</param>
    /// <exception cref="CommandException">Nothing is known of the type.</exception>
    public static IReadOnlyList<Explanation> Lines(string kind, string? release, string? path)
    {
        var lines = DialectCatalogue.All.OfType<IPlans>().SelectMany(d => d.Explain(kind, release)).ToList();
        if (lines.Count == 0)
            throw new CommandException($"nothing is known of the updates of '{kind}'.");
        return path is null ? lines : Fitting(lines, path);
    }

    /// <summary>What a line says that changing its field does.</summary>
    public static string EffectOf(Explanation line) =>
        PlanNames.Of(line.Effect) + (line.DependsOnValue ? line.Effect == Effect.Replaces ? ", or not, by value"
            : ", or refused, by value" : line.Certainty == Certainty.Conditional ? ", perhaps" : "");

    private static void Write(IReadOnlyList<Explanation> shown)
    {
        var console = Terminal.Create();
        console.Say($"[bold]{shown[0].Type}[/]");
        foreach (var line in shown)
        {
            var colour = line.Effect switch { Effect.Replaces => "red", Effect.Rolls => "blue", _ => "yellow" };
            var effect = EffectOf(line);
            console.Say($"  [bold]{(line.Path == "." ? "anything else" : line.Path)}[/]  [{colour}]{effect}[/]{(line.When is null ? ""
                : $" when {line.When}")}");
            if (line.Why.Length > 0)
                console.Say($"      [grey]{line.Why}[/]");
        }
    }

    // What counts for a path: the lines of the longest path that covers it, and all lines below it.
    private static List<Explanation> Fitting(IReadOnlyList<Explanation> lines, string path)
    {
        static bool Covers(string outer, string inner) => outer == "." || FieldPath.IsWithin(inner, outer);

        var plain = System.Text.RegularExpressions.Regex.Replace(path, @"\[\d*\]", "[]");
        var covering = lines.Where(l => Covers(l.Path, plain)).ToList();
        var longest = covering.Max(l => l.Path == "." ? 0 : l.Path.Length);
        return [.. covering.Where(l => (l.Path == "." ? 0 : l.Path.Length) == longest),
            .. lines.Where(l => l.Path != plain && l.Path != "." && Covers(plain, l.Path))];
    }
}
