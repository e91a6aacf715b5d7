using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Writes which options of programs take a value of their own word: <c>schemas/commands/options.facts</c>. They are measured: by
/// the help that the programs on the PATH print, command by command, and for those that need not be there by the reference that their
/// repositories hold (a checkout of helm/helm-www and of docker/compose).</summary>
internal static partial class CommandOptions
{
    private const int Deepest = 3;

    /// <summary>Writes the file into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="helm">A checkout of helm/helm-www.</param>
    /// <param name="compose">A checkout of docker/compose.</param>
    public static void Write(string folder, string helm, string compose)
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        OfCobra("kubectl", [], "--help", found);
        Add(found, "kubectl", OfText(Run("kubectl", ["options"])));
        OfCobra("docker", [], "--help", found);
        foreach (var page in Directory.GetFiles(Path.Combine(helm, "docs", "helm"), "helm*.md"))
        {
            var text = File.ReadAllText(page);
            Add(found, Path.GetFileNameWithoutExtension(page).Replace('_', ' '), OfText(text));
        }

        foreach (var page in Directory.GetFiles(Path.Combine(compose, "docs", "reference"), "docker_compose*.yaml"))
            OfComposePage(File.ReadAllText(page), found);
        foreach (var program in (string[])["ssh", "scp", "sftp"])
            Add(found, program, UsageOption().Matches(Run(program, ["-?"]).Replace('\n', ' ')).Select(m => m.Groups[1].Value));
        foreach (var program in (string[])["rsync", "xargs", "timeout", "env", "nice", "stdbuf", "nohup", "flock", "setsid"])
            Add(found, program, OfGnu(Run(program, ["--help"])));

        var lines = new StringBuilder("# Options that take the next word as their value, by command; the first line of a program has "
            + "those of all its "
            + "commands.\n# Measured by `dotnet run --project schemas/Generator -- commands`; do not edit.\n");
        foreach (var (command, options) in found)
            lines.Append(command).Append(" =").Append(string.Concat(options.Select(o => " " + o))).Append('\n');
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "options.facts"), lines.ToString());
    }

    private static void OfCobra(string program, string[] path, string help, SortedDictionary<string, SortedSet<string>> found)
    {
        var text = Run(program, [.. path, help]);
        if (text.Length == 0 || path.Length > Deepest)
            return;
        Add(found, string.Join(' ', path.Prepend(program)), OfText(text));
        var commands = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ')
                commands = line.TrimEnd().EndsWith("ommands:", StringComparison.Ordinal)
                    || line.Contains("Commands (", StringComparison.Ordinal);
            if (commands && CommandLine().Match(line) is { Success: true } match)
                OfCobra(program, [.. path, match.Groups[1].Value.TrimEnd('*')], help, found);
        }
    }

    // kubectl: "    -c, --container='':"; docker, helm: "  -e, --env list   Set …".
    private static IEnumerable<string> OfText(string text)
    {
        foreach (Match match in CobraOption().Matches(text))
        {
            var (shortName, name, value, type) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value,
                match.Groups[4].Value);
            var takes = value.Length > 0 ? value is not ("=false:" or "=true:") : type.Length > 0;
            // An option that may stand alone takes no word.
            if (!takes || name is "dry-run" or "validate" && value.Length > 0)
                continue;
            if (shortName.Length > 0)
                yield return shortName;
            yield return "--" + name;
        }
    }

    private static void OfComposePage(string text, SortedDictionary<string, SortedSet<string>> found)
    {
        var command = text.Split('\n').FirstOrDefault(l => l.StartsWith("command:", StringComparison.Ordinal))?[8..].Trim();
        if (command is null)
            return;
        var options = new List<string>();
        foreach (var entry in text.Split("- option: ").Skip(1))
        {
            string? Value(string key) => entry.Split('\n').FirstOrDefault(l =>
                l.Trim().StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim();
            if (Value("value_type:") is null or "bool")
                continue;
            options.Add("--" + entry.Split('\n')[0].Trim());
            if (Value("shorthand:") is { } shorthand)
                options.Add("-" + shorthand);
        }

        Add(found, command, options);
    }

    // rsync: "--rsh=COMMAND, -e"; GNU: "-I R", "-n, --max-args=MAX-ARGS", "-E, --eof[=END]" takes none.
    private static IEnumerable<string> OfGnu(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimStart() is not ['-', ..] option)
                continue;
            var head = option.Split("  ")[0];
            if (!GnuValue().IsMatch(head))
                continue;
            foreach (Match match in GnuName().Matches(head))
                yield return match.Value;
        }
    }

    private static void Add(SortedDictionary<string, SortedSet<string>> found, string command, IEnumerable<string> options)
    {
        if (!found.TryGetValue(command, out var set))
            found[command] = set = new SortedSet<string>(StringComparer.Ordinal);
        set.UnionWith(options);
    }

    private static string Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // ssh and its kin show their usage only when asked wrongly.
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Length > 0 ? output : errors.Result;
    }

    [GeneratedRegex(@"^ +(?:(-[A-Za-z0-9]), +)?--([a-z][a-z0-9-]*)(=\S*:)?(?: ([a-z][A-Za-z0-9/-]*)(?=  |\r?$))?", RegexOptions.Multiline)]
    private static partial Regex CobraOption();

    [GeneratedRegex(@"^  +([a-z][a-z0-9-]*\*?)(?:  |$)")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\[(-[A-Za-z]) +[^\]]")]
    private static partial Regex UsageOption();

    [GeneratedRegex(@"--[a-z-]+=[A-Z]|^-[A-Za-z] [A-Z]|, -[A-Za-z] [A-Z]|^-[A-Za-z], --[a-z-]+=\S|^-[A-Za-z]=")]
    private static partial Regex GnuValue();

    [GeneratedRegex(@"(?<![\w-])(--[a-z][a-z-]*|-[A-Za-z])(?![\w-]*\[)")]
    private static partial Regex GnuName();
}
