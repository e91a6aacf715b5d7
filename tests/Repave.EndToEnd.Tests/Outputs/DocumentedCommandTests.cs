using System.Text;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Outputs;

/// <summary>What the pages show of commands is what they answer. In a block of the language "console" a line that begins with "$ repave " is run from the
/// repository's root, and the lines after it are its output. REPAVE_WRITE_PAGES=1 writes them.</summary>
public sealed class DocumentedCommandTests
{
    private const string Begin = "```console";
    private const string End = "```";
    private const string Prompt = "$ repave ";

    /// <summary>The pages that show commands with what they answer.</summary>
    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")
        .Where(file => File.ReadAllLines(file).Contains(Begin)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void WhatAPageShowsIsAnswered(string page)
    {
        var file = Path.Combine(Repository.Root, "docs", page);
        var text = File.ReadAllText(file);
        var answered = Answered(text, out var commands);
        Assert.NotEqual(0, commands);
        if (Environment.GetEnvironmentVariable("REPAVE_WRITE_PAGES") == "1")
            File.WriteAllText(file, answered);
        else
            Assert.Equal(text, answered);
    }

    private static string Answered(string text, out int commands)
    {
        var page = new StringBuilder();
        commands = 0;
        var isShown = false;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (isShown && line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                commands++;
                var answer = Tool.Repave(Repository.Root, line[Prompt.Length..].Split(' '));
                Assert.True(answer.ExitCode is 0 or 1, answer.Error);
                page.Append(line).Append('\n');
                foreach (var one in answer.Output.TrimEnd('\n').Split('\n'))
                    page.Append(one.TrimEnd()).Append('\n');
            }
            else if (!isShown || line == End)
            {
                page.Append(line).Append('\n');
            }

            isShown = line == Begin || (isShown && line != End);
        }

        return page.ToString();
    }
}
