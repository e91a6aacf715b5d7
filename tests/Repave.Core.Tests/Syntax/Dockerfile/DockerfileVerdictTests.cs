using System.Text.Json;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Syntax.Dockerfile;

/// <summary>Dockerfiles against what BuildKit's own parser said of them (<c>tests/Components/buildkit-verdicts</c> asks it): what it
/// refuses and in which line, and of what it takes each instruction with its words, flags, here-documents and lines.</summary>
public class DockerfileVerdictTests(ITestOutputHelper output)
{
    // What depends on what is given to a build and not on the text.
    private static readonly string[] OfTheBuild =
        ["should not be blank", "failed to parse stage name", "empty platform value", "no such file", "panic:"];

    public static TheoryData<string> Files
    {
        get
        {
            var data = new TheoryData<string> { Path.Combine(Repository.Root, "tests", "Fixtures", "dockerfile-verdicts.jsonl") };
            // More of them, of public repositories, where somebody has measured some.
            if (Environment.GetEnvironmentVariable("REPAVE_DOCKERFILE_VERDICTS") is { Length: > 0 } more)
                data.Add(more);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryFileIsReadAsBuildKitReadsIt(string file)
    {
        var (all, refused) = (0, 0);
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var text = row.TryGetProperty("text", out var given) ? given.GetString()! : File.ReadAllText(Path.Combine(
                Path.GetDirectoryName(file)!, row.GetProperty("path").GetString()!));
            var name = row.GetProperty("path").GetString()!;
            all++;
            if (row.TryGetProperty("error", out _))
                refused++;
            if (Difference(row, text) is { } difference)
                wrong.Add($"{(name.Length > 0 ? name : text)}: {difference}");
        }

        output.WriteLine($"{all} files, {refused} of them refused, {wrong.Count} read otherwise");
        foreach (var one in wrong)
            output.WriteLine(one);
        Assert.True(all > 0);
        Assert.Empty(wrong);
    }

    private static string? Difference(JsonElement row, string text)
    {
        var document = (DockerfileDocument)DockerfileLanguage.Instance.ParseDocument(text);
        var error = row.TryGetProperty("error", out var e) ? e.GetString()! : null;
        var isOfTheBuild = error is not null && OfTheBuild.Any(error.Contains);
        int LineOf(int offset) => text.AsSpan(0, offset).Count('\n') + 1;
        var first = document.Issues.Count == 0 ? 0 : LineOf(document.Issues[0].Span.Start);
        // A piece without a stage is no build, and nothing is said of it.
        if (!isOfTheBuild && !document.Instructions.Any(i => i.Keyword == "FROM") && error is not null)
            return null;
        if (!isOfTheBuild && (error is null) != (first == 0))
            return error is null ? $"found in line {first}: {document.Issues[0].Message}" : $"not found: {error}";
        if (row.GetProperty("instructions") is not { ValueKind: JsonValueKind.Array } all)
            return null;
        // An escape character with nothing to go on is an instruction without a name to BuildKit, which it then refuses.
        var instructions = all.EnumerateArray().Where(i => i.GetProperty("cmd").GetString()!.Length > 0).ToList();
        if (instructions.Count != document.Instructions.Count)
            return $"{document.Instructions.Count} instructions for {instructions.Count}";
        for (var i = 0; i < document.Instructions.Count; i++)
        {
            var (mine, theirs) = (document.Instructions[i], instructions[i]);
            string[] Texts(string property) => theirs.GetProperty(property) is { ValueKind: JsonValueKind.Array } list
                ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];
            var lines = (LineOf(mine.Span.Start), LineOf(Math.Max(mine.Span.Start, mine.Span.End - 1)));
            if (lines.Item1 != theirs.GetProperty("start").GetInt32() || lines.Item2 > theirs.GetProperty("end").GetInt32())
                return $"instruction {i} stands in {lines}, and in {theirs.GetProperty("start")} to {theirs.GetProperty("end")}";
            if (mine.Written != theirs.GetProperty("cmd").GetString())
                return $"instruction {i} is {mine.Written}, and {theirs.GetProperty("cmd")}";
            if (mine.IsExec != theirs.GetProperty("json").GetBoolean())
                return $"instruction {i} exec form: {mine.IsExec}";
            var flags = mine.Flags.Select(f => "--" + f.Name + (f.Word is null ? "" : "=" + f.Value)).ToArray();
            // Beyond ASCII BuildKit takes flags for Latin-1.
            if (!flags.SequenceEqual(Texts("flags")) && flags.All(f => f.All(char.IsAscii)))
                return $"instruction {i} has the flags {string.Join(' ', flags)}, and {string.Join(' ', Texts("flags"))}";
            var heres = mine.HereDocuments.Select(h => h.Name + "\0" + h.Text).ToArray();
            if (!heres.SequenceEqual(Texts("here")))
                return $"instruction {i} has other here-documents";
            if (WordsOf(mine) is { } words && !words.SequenceEqual(Texts("args")))
                return $"instruction {i} has the words {string.Join('·', words)}, and {string.Join('·', Texts("args"))}";
        }

        return null;
    }

    // BuildKit's words are quoted still; a shell's are one, and those of ENV and LABEL come in threes.
    private static string[]? WordsOf(DockerfileInstruction it) => it.Keyword switch
    {
        _ when DockerfileKeywords.Of(it.Keyword) is null => null,
        "ONBUILD" => null,
        "HEALTHCHECK" => null,
        "ENV" or "LABEL" when it.IsLegacyPair => [it.Words[0].Raw, it.Words[1].Raw, ""],
        "ENV" or "LABEL" => [.. it.Words.SelectMany(w => w.Raw.Split('=', 2) is [var name, var value]
            ? (string[])[name, value, "="] : [w.Raw])],
        "RUN" or "CMD" or "ENTRYPOINT" or "SHELL" when !it.IsExec => it.Text.Length == 0 ? [] : [it.Text],
        _ => [.. it.Words.Select(w => w.Raw)],
    };
}
