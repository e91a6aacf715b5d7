using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary><c>repave fmt</c>, beside the real <c>terraform fmt</c> where that is there.</summary>
public sealed class FormatTests : IDisposable
{
    private const int Seed = 20261127;

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-fmt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FilesAreWrittenAndNamed()
    {
        Write("main.tf", "locals {\n  a=1\n}\n");
        Write("net/done.tf", "locals {\n  a = 1\n}\n");
        Write("bad.tf", "locals {\n  a=\n}\n");
        Write("a.yaml", "a:    1\n");
        var check = Tool.Repave(_folder, "fmt", "main.tf", "net", "--check");
        Assert.Equal((1, "main.tf\n"), (check.ExitCode, check.Output));
        Assert.Equal("locals {\n  a=1\n}\n", Read("main.tf"));
        var diff = Tool.Repave(_folder, "fmt", "main.tf", "--diff");
        Assert.Contains("-  a=1\n+  a = 1\n", diff.Output, StringComparison.Ordinal);
        var written = Tool.Repave(_folder, "fmt");
        Assert.Equal((2, "main.tf\n"), (written.ExitCode, written.Output));
        Assert.Contains("bad.tf:2:", written.Error, StringComparison.Ordinal);
        Assert.Contains("left as it is", written.Error, StringComparison.Ordinal);
        Assert.Equal("locals {\n  a = 1\n}\n", Read("main.tf"));
        Assert.Equal("locals {\n  a=\n}\n", Read("bad.tf"));
        Assert.Equal("a:    1\n", Read("a.yaml"));
        Assert.Equal(0, Tool.Repave(_folder, "fmt", "main.tf", "net", "--check").ExitCode);
    }

    [Fact]
    public void StandardInputIsPrinted()
    {
        var answer = Tool.RepaveWithInput(_folder, "locals {\n  a=1\n}\n", "fmt", "-");
        Assert.Equal((0, "locals {\n  a = 1\n}\n"), (answer.ExitCode, answer.Output));
    }

    /// <summary>Every Terraform file of this repository and the cases of formatting, with their white space in disorder.</summary>
    [Fact]
    public void EveryFileIsAsTerraformWritesIt()
    {
        Assert.SkipUnless(Programs.Exist("terraform"), "There is no terraform on the PATH.");
        var random = new Random(Seed);
        var texts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.tf", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Fixtures", "terraform-format"), "*.before"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var (name, text) in new[] { ($"{i}.tf", texts[i]), ($"{i}-disorder.tf", Disorder(texts[i], random)) })
            {
                Write("ours/" + name, text);
                Write("theirs/" + name, text);
            }
        }

        // What is wrong in a file both say and leave as it is.
        Tool.Run(Path.Combine(_folder, "theirs"), "terraform", ["fmt", "-no-color"]);
        Tool.Repave(Path.Combine(_folder, "ours"), "fmt");
        var files = Directory.GetFiles(Path.Combine(_folder, "ours"));
        var different = files.Where(file => File.ReadAllText(file) != Read("theirs/" + Path.GetFileName(file))).ToList();
        Assert.True(files.Length > 250, $"{files.Length} files");
        Assert.True(different.Count == 0, string.Join('\n', different.Select(file =>
            $"{file}:\n{File.ReadAllText(file)}\n--- terraform:\n{Read("theirs/" + Path.GetFileName(file))}")));
    }

    private static string Disorder(string text, Random random)
    {
        string[] indentations = ["", " ", "   ", "\t"];
        var lines = text.Split('\n');
        // A heredoc's own lines say what they say.
        if (text.Contains("<<", StringComparison.Ordinal))
            return text;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart(' ', '\t');
            var isQuoted = line.Contains('"', StringComparison.Ordinal);
            if (!isQuoted && random.Next(2) == 0)
                line = line.Replace(" ", random.Next(2) == 0 ? "  " : "\t ", StringComparison.Ordinal);
            lines[i] = indentations[random.Next(indentations.Length)] + line;
        }

        return string.Join('\n', lines);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_folder, path));

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
