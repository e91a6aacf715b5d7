using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary><c>repave check</c>.</summary>
internal static class CheckCommand
{
    private const string StandardInput = "-";

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders to check; - for standard input.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "How to answer.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var config = new Option<string?>("--config") { Description = $"A settings file; by default the {SettingsReader.FileName} of this folder or the nearest above it.", HelpName = "FILE" };
        var failOn = new Option<string>("--fail-on") { Description = "The lightest finding that makes the exit code 1.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong("error", "warning", "info", "never");
        var versions = DialectCatalogue.All.ToDictionary(d => d.Name, d => VersionOption(d), StringComparer.Ordinal);
        var command = new Command("check", "Validates manifests and runs the rules.") { paths, format, config, failOn };
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

            var result = Run(parsed.GetValue(paths)!, settings.With(chosen), folder);
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

    private static CheckResult Run(string[] paths, Settings settings, string settingsFolder)
    {
        var files = Collect(paths, settings);
        var schemas = new SchemaFiles(path => ManifestFiles.Read(path) ?? throw new IOException("it is no text"), settingsFolder);
        var checker = new Checker(settings, schemas);
        using var progress = new Progress(files.Count);
        var result = checker.Check(files.Count, index => ReadFile(files[index], checker, progress));
        return result;
    }

    private static Manifest? ReadFile(string file, Checker checker, Progress progress)
    {
        try
        {
            var text = file == StandardInput ? Console.In.ReadToEnd() : ManifestFiles.Read(file);
            progress.Step();
            // A file that holds no text is nobody's manifest, whatever its name.
            if (text is null)
                return null;
            var path = file.Replace('\\', '/');
            return checker.IsWorthReading(path, text) ? Manifest.Parse(path, text) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {exception.Message}");
        }
    }

    private static List<string> Collect(string[] paths, Settings settings)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            try
            {
                foreach (var file in path == StandardInput ? [path] : ManifestFiles.Find(path))
                {
                    if (!settings.Exclude.Any(pattern => pattern.Matches(file.Replace('\\', '/'))) && seen.Add(Path.GetFullPath(file)))
                        files.Add(file);
                }
            }
            catch (FileNotFoundException exception)
            {
                throw new CommandException(exception.Message);
            }
        }

        return files;
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
