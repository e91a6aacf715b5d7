using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Text;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary><c>repave fmt</c>.</summary>
internal static class FmtCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders; '-' is standard input, as a .tf file. The current folder if there is none.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit with 1 if a file is not formatted." };
        var diff = new Option<bool>("--diff") { Description = "Write nothing; print the changes as a unified diff." };
        var config = SettingsFile.Option();
        var command = new Command("fmt",
            "Formats Terraform's and OpenTofu's files as 'terraform fmt' does, without Terraform. Prints the names of the files that "
            + "change. A file with a syntax error is left as it is. YAML and JSON are not formatted.") { paths, check, diff, config };
        command.SetAction(parsed =>
        {
            var (settings, _) = SettingsFile.Load(parsed.GetValue(config));
            var given = parsed.GetValue(paths) is { Length: > 0 } some ? some : ["."];
            var inputs = new InputFiles(given, settings);
            var writes = new List<(string Path, FileWrite Write)>();
            var changed = 0;
            foreach (var file in inputs.Files)
            {
                var isInput = file.Path == InputFiles.StandardInput;
                if (DialectCatalogue.FormatterOf(isInput ? "standard-input.tf" : file.Path) is not { } formatter
                    || inputs.Read(file, static _ => true) is not { } text)
                    continue;
                if (inputs.Flawed.TryGetValue(file.Path, out var flawed))
                {
                    Complaints.Fail($"{file.Path} is left as it is: {flawed.Flaw}.");
                    continue;
                }

                var formatted = formatter.Format(text);
                if (formatted.Problem is { } problem)
                {
                    var at = new SourceText(text).PositionOf(problem.Span.Start);
                    Complaints.Fail($"{file.Path}:{at.Line + 1}:{at.Character + 1}: The file is left as it is. {problem.Message}");
                }

                if (formatted.Text != text)
                    changed++;
                if (parsed.GetValue(diff))
                {
                    if (formatted.Text != text)
                        FixFiles.WriteDiff(file.Path, text, formatted.Text);
                }
                else if (isInput && !parsed.GetValue(check))
                {
                    Console.Write(formatted.Text);
                }
                else if (formatted.Text != text)
                {
                    Console.WriteLine(Printable.Of(file.Path));
                    writes.Add((file.Path, new FileWrite(file.Place, inputs.BytesOf(file.Path, formatted.Text))
                    {
                        Before = inputs.BytesOf(file.Path, text),
                        Within = file.Within,
                    }));
                }
            }

            if (parsed.GetValue(check))
                return changed > 0 ? ExitCodes.Found : ExitCodes.Clean;
            if (!parsed.GetValue(diff))
            {
                foreach (var problem in SafeWriter.Write([.. writes.Select(write => (IReadOnlyList<FileWrite>)[write.Write])]))
                    Complaints.Fail(problem.ToString());
            }

            return ExitCodes.Clean;
        });
        return command;
    }
}
