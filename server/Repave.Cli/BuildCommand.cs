using System.CommandLine;
using System.Text;
using Repave.Core.Builds;
using Repave.Environments;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary><c>repave build</c>.</summary>
internal static class BuildCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("PATH")
        {
            Description = "The folder of a chart or of a kustomization; of an environment, where it is looked for.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var environment = new Option<string?>("--environment")
        {
            Description = "Build what .repave.yaml, or a file of values that was found, says for this environment.",
            HelpName = "NAME",
        };
        var values = new Option<string[]>("--values", "-f")
        {
            Description = "A file of values; of several the later counts.",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var set = new Option<string[]>("--set")
        {
            Description = "A single value, as in image.tag=1.2.",
            HelpName = "K=V",
            DefaultValueFactory = _ => [],
        };
        var release = new Option<string>("--release")
        {
            Description = "The name of the release.",
            HelpName = "R",
            DefaultValueFactory = _ => "release-name"
        };
        var space = new Option<string>("--namespace")
        {
            Description = "The namespace.",
            HelpName = "N",
            DefaultValueFactory = _ =>
            "default"
        };
        var version = new Option<string?>("--kubernetes-version")
        {
            Description = "The release of Kubernetes that templates see; by default the newest that is known.",
            HelpName = "V",
        };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var command = new Command("build",
            "Prints what a chart or an overlay builds, as 'helm template' and 'kubectl kustomize' do: in this process, offline, and from "
            + "nothing but the repository's files.") { path, values, set, release, space, version, environment, format };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(environment) is { } wanted ? Chosen(wanted, parsed.GetValue(path) ?? ".") : null;
            var folder = chosen is null ? parsed.GetValue(path)
                ?? throw new CommandException("name the folder of a chart or a kustomization, or --environment.")
                : chosen.Folder.Length == 0 ? "." : chosen.Folder;
            var files = BuildFolder.Around(folder, out var name);
            if (BuildCatalogue.Of(files, name) is not { } tool)
                throw new CommandException(
                    $"{folder} holds nothing that can be built: there is no Chart.yaml and no kustomization.yaml in it.");
            var request = new BuildRequest(files, name)
            {
                ValuesFiles = [.. ValuesOf(chosen, files, name), .. parsed.GetValue(values)!.Select(file => files.PathOf(file)
                    ?? throw new CommandException($"{file} lies outside of the repository."))],
                Set = [.. chosen?.Set ?? [], .. parsed.GetValue(set)!],
                Release = chosen?.Release is { } own && parsed.GetResult(release) is null or { Implicit: true } ? own
                    : parsed.GetValue(release)!,
                Namespace = chosen?.Namespace is { } its && parsed.GetResult(space) is null or { Implicit: true } ? its
                    : parsed.GetValue(space)!,
                PlatformVersion = parsed.GetValue(version),
                Schemas = new ValuesSchemas(),
            };
            var result = tool.Build(request);
            foreach (var warning in result.Problems.Where(problem => problem is { IsFatal: false, Rule: null }))
                Complaints.Say(warning.Message);
            if (parsed.GetValue(format) == "json")
                BuildJson.Write(result, Console.OpenStandardOutput());
            else if (!result.Failed)
                Print(tool, result.Outputs);
            if (!result.Failed)
                return ExitCodes.Clean;
            throw new CommandException([.. result.Problems.Where(problem => problem.IsFatal).SelectMany(problem =>
                problem.Message.Split('\n'))]);
        });
        return command;
    }

    private static ManifestEnvironment Chosen(string name, string path)
    {
        var (settings, folder) = SettingsFile.Load(null);
        var all = SourceState.OfDisk(settings).Environments([path], folder);
        return all.FirstOrDefault(one => one.Name == name)
            ?? throw new CommandException(EnvironmentRun.NoSuch(name, all.Select(one => one.Name)));
    }

    private static IEnumerable<string> ValuesOf(ManifestEnvironment? environment, BuildFolder files, string path) =>
        (environment?.Values ?? []).Select(file => EnvironmentBuilds.PathOf(files, path, environment!.Folder, file)
            ?? throw new CommandException($"the environment '{environment.Name}' names values in {file}, and there is no such file."));

    private static void Print(IBuilds tool, IReadOnlyList<BuildOutput> outputs)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new StreamWriter(output, new UTF8Encoding(false));
        foreach (var (source, text) in tool.InOrder(outputs))
            writer.Write(tool.Print(source, text));
    }
}
