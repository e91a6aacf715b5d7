using System.Text.RegularExpressions;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>The table of situations in editors names tests that are there.</summary>
public partial class EditorSituationTests
{
    private static readonly string Tests = Path.Combine(Repository.Root, "tests");

    [Fact]
    public void EachSituationIsShownByATestThatIsThere()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "editor-situations.md"))
            .Select(line => Row().Match(line)).Where(match => match.Success).ToList();
        Assert.True(rows.Count >= 83, $"{rows.Count} situations");
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => int.Parse(row.Groups["number"].Value, null)));
        Assert.Equal(rows.Count, rows.Select(row => row.Groups["situation"].Value).Distinct().Count());
        var scenes = File.ReadAllText(Path.Combine(Tests, "VSCode", "run.mjs"))
            + File.ReadAllText(Path.Combine(Tests, "VSCode", "situations.mjs"));
        var classes = Directory.EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var missing = new List<string>();
        foreach (var row in rows)
        {
            var tests = Name().Matches(row.Groups["tests"].Value).Select(match => match.Groups["name"].Value).ToList();
            Assert.True(tests.Count > 0, row.Value);
            missing.AddRange(tests.Where(test => !Exists(test, scenes, classes)).Select(test => $"{row.Groups["number"].Value}: {test}"));
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.True(rows.Count(row => row.Groups["tests"].Value.Contains("VS Code: ", StringComparison.Ordinal)) >= 83);
    }

    [Theory]
    [InlineData("VS Code: nothing-of-that-name")]
    [InlineData("FeatureTests.NothingOfThatName")]
    [InlineData("NoTests.DockerfilesAreServed")]
    [InlineData("Completion: kubernetes, nothing of that name")]
    public void WhatIsNotThereIsFound(string test) => Assert.False(Exists(test,
        File.ReadAllText(Path.Combine(Tests, "VSCode", "run.mjs")),
        Directory.EnumerateFiles(Tests, "FeatureTests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText)));

    private static bool Exists(string test, string scenes, ILookup<string, string> classes)
    {
        if (test.StartsWith("VS Code: ", StringComparison.Ordinal))
            return Step(test["VS Code: ".Length..], scenes);
        if (test.StartsWith("Completion: ", StringComparison.Ordinal))
        {
            var parts = test["Completion: ".Length..].Split(", ", 2);
            var file = Path.Combine(Tests, "Repave.LanguageServer.Tests", "Completion", parts[0] + ".txt");
            return File.Exists(file) && File.ReadLines(file)
                .Any(line => line == "== " + parts[1] || line.StartsWith($"== {parts[1]} @ ", StringComparison.Ordinal));
        }

        var (name, method) = (test.Split('.')[0], test.Split('.')[^1]);
        return classes[name].Any(text => text.Contains($" {method}(", StringComparison.Ordinal));
    }

    // A step has its name, or one that is put together of a beginning and a word that stands in the same file.
    private static bool Step(string step, string scenes)
    {
        if (scenes.Contains($"\"{step}\"", StringComparison.Ordinal))
            return true;
        return StepPattern().Matches(scenes).Any(match =>
        {
            var pattern = string.Join("(.+?)", Placeholder().Split(match.Groups["name"].Value).Select(Regex.Escape));
            var found = Regex.Match(step, $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1));
            return found.Success && found.Groups.Values.Skip(1).All(group =>
                Regex.IsMatch(scenes, $"(\"{Regex.Escape(group.Value)}\"|\\b{Regex.Escape(group.Value)}:)", RegexOptions.None,
                    TimeSpan.FromSeconds(1)));
        });
    }

    [GeneratedRegex("""^\| (?<number>\d+) \| (?<situation>[^|]+) \| (?<what>[^|]+) \| (?<tests>.+) \|$""")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"see\(page, `(?<name>[^`]+)`")]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"\$\{[^}]+\}")]
    private static partial Regex Placeholder();
}
