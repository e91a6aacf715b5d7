using System.CommandLine;
using System.Text.Json.Serialization;
using Repave.Core.Dialects;
using Repave.Core.Plans.Replacement;
using Spectre.Console;

namespace Repave.Cli;

/// <summary><c>repave drift</c>.</summary>
internal static class DriftCommand
{
    private static readonly string[] Formats = ["text", "json"];
    private static readonly string[] Kinds = ["foreign", "any", "never"];

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders whose resources are looked at; - for standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var baseline = new BaselineOptions();
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong(Formats);
        var failOn = new Option<string>("--fail-on")
        {
            Description = "What makes the exit code 1: foreign changes, any, or never.",
            DefaultValueFactory = _ => "never",
        };
        failOn.AcceptOnlyFromAmong(Kinds);
        var all = new Option<bool>("--all") { Description = "Name what the platform and its controllers may write, too." };
        var command = new Command("drift", "Says what was changed in live objects behind their manifests' back, and by whom: --live, or "
            + "--from a dump (kubectl get -o yaml --show-managed-fields). Running containers of Compose projects: --live.")
        {
            paths, format, failOn, all,
        };
        baseline.AddTo(command);
        command.SetAction(parsed =>
        {
            var notes = new List<string>();
            var found = PlanRun.Create(baseline.Read(parsed, parsed.GetValue(paths)!)).Drift(notes);
            var shown = found.Where(d => !d.IsAllowed || parsed.GetValue(all)).ToList();
            if (parsed.GetValue(format) == "json")
                JsonOutput.Write(Console.OpenStandardOutput(), new JsonDrift(1, [.. shown.Select(Of)], [.. notes]),
                    DriftJsonContext.Default.JsonDrift);
            else
                Write(shown, notes);
            return parsed.GetValue(failOn) switch
            {
                "foreign" when found.Any(d => !d.IsAllowed) => ExitCodes.Found,
                "any" when found.Count > 0 => ExitCodes.Found,
                _ => ExitCodes.Clean,
            };
        });
        return command;
    }

    private static void Write(List<DriftItem> found, List<string> notes)
    {
        var console = Terminal.Create();
        foreach (var file in found.GroupBy(d => d.Resource.Manifest.Path))
        {
            console.Say($"[bold underline]{file.Key}[/]");
            foreach (var item in file)
            {
                var name = $"{DialectCatalogue.KindOf(item.Resource.Id)}/{item.Resource.Id.Name}";
                var who = item.Manager is null ? "by whom, nothing says" : $"by {item.Manager}";
                var when = item.Time is null ? "" : $", {item.Time}";
                if (item.What is { } what)
                {
                    var path = item.Path.Length == 0 ? "" : item.Path + ": ";
                    var by = item.Operation is { } operation ? $" ({operation})" : "";
                    console.Say($"  [bold]{name}[/] {path}{what}[grey]{by}[/]");
                }
                else
                {
                    console.Say($"  [bold]{name}[/] {item.Path} [grey]{who}{when}[/]");
                }
            }

            console.WriteLine();
        }

        foreach (var note in notes)
            console.Say($"[grey]note:[/] {note}");
        var foreign = found.Count(d => !d.IsAllowed);
        console.WriteLine(foreign == 0 ? "Nothing was changed behind the manifests' back."
            : $"{PlanWords.Plural(foreign, found.Any(d => d.What is not null) ? "thing" : "field")} changed behind the manifests' back.");
    }

    /// <summary>A drifted field as JSON.</summary>
    internal static JsonDriftItem Of(DriftItem item) => new(
        JsonReport.Of(item.Resource.Id), item.Path, item.Manager, item.Operation, item.Time, item.IsAllowed ? "allowed" : "foreign",
        item.Place.File.Path, JsonReport.Of(item.Place.Range), item.What);
}

/// <summary>What <c>repave drift</c> found.</summary>
/// <param name="Version">The version of this structure. Members may be added to it; none is renamed or taken away.</param>
/// <param name="Drift">What was changed behind the manifests' back; with <c>--all</c> also what the platform may write.</param>
/// <param name="Notes">What could not be read, for people.</param>
internal sealed record JsonDrift(int Version, JsonDriftItem[] Drift, string[] Notes);

/// <summary>A field of a live object that is not what its manifest says, or that others have set.</summary>
/// <param name="Resource">The manifest's resource.</param>
/// <param name="Path">The field, dotted with list places; it speaks of everything below it too.</param>
/// <param name="Manager">Who wrote it, as the platform names them; null where it does not.</param>
/// <param name="Operation">How, as the platform names it; null where it does not.</param>
/// <param name="Time">When, as the platform writes it; null where it does not.</param>
/// <param name="Kind"><c>foreign</c>, or <c>allowed</c>: what the platform and its controllers are there for.</param>
/// <param name="File">The manifest.</param>
/// <param name="Range">Where the manifest says otherwise, or else its name.</param>
/// <param name="What">What was done, for people, where a path alone does not say it.</param>
internal sealed record JsonDriftItem(
    JsonResource Resource, string Path, string? Manager, string? Operation, string? Time, string Kind, string File, JsonRange Range,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? What);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonDrift))]
internal sealed partial class DriftJsonContext : JsonSerializerContext;
