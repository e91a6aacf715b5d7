using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Tests.Syntax.Hcl;

/// <summary>
/// Every HCL file of a folder read as Go's own parser reads it. REPAVE_HCL_CORPUS names the folder (checkouts of repositories, the suite of
/// hashicorp/hcl), REPAVE_HCL2JSON one in which <c>npm install @cdktf/hcl2json</c> ran.
/// </summary>
public sealed class HclCorpusTests(ITestOutputHelper output)
{
    private const string Script = """
        const { parse } = require("@cdktf/hcl2json");
        const fs = require("fs");
        (async () => {
          for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
            let line;
            try { line = { file, value: await parse(file, fs.readFileSync(file, "utf8")) }; }
            catch (error) { line = { file, error: String(error) }; }
            process.stdout.write(JSON.stringify(line) + "\n");
          }
        })();
        """;

    // Go composes what is written with combining marks; .NET does so only where it has the tables of ICU, which programs here go without.
    private static readonly string[] Composed = ["primitive_literals.hcl"];

    private static readonly string[] Patterns = ["*.tf", "*.hcl", "*.tfvars", "*.tofu"];

    [Fact]
    public void FilesSayWhatGoReads()
    {
        var folder = Environment.GetEnvironmentVariable("REPAVE_HCL_CORPUS");
        var modules = Environment.GetEnvironmentVariable("REPAVE_HCL2JSON");
        Assert.SkipWhen(folder is null || modules is null,
            "REPAVE_HCL_CORPUS names no folder of HCL files, or REPAVE_HCL2JSON none with hcl2json.");
        var files = Patterns.SelectMany(p => Directory.GetFiles(folder!, p, SearchOption.AllDirectories)).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var differences = new List<string>();
        var refused = 0;
        foreach (var line in Ask(modules!, files))
        {
            var answer = JsonNode.Parse(line)!;
            var file = (string)answer["file"]!;
            var text = File.ReadAllText(file).TrimStart('\ufeff');
            var manifest = Manifest.Parse("main.tf", text);
            var documents = manifest.Source.Documents.Select(d => (HclDocument)d.Document).ToList();
            // Nothing of a text gets lost on the way.
            if (manifest.Source.Text.Content != text)
                differences.Add($"{file}: the text is another");
            var isWhole = documents.TrueForAll(d => d.Issues.Count == 0);
            if (answer["error"] is not null)
                refused++;
            if (isWhole != answer["error"] is null)
                differences.Add(
                    $"{file}: here {(isWhole ? "read" : documents.SelectMany(d => d.Issues).First().Message)}, Go {answer["error"]}");
            else if (isWhole && !Composed.Contains(Path.GetFileName(file))
                && !JsonNode.DeepEquals(Numbers(HclJson.Of(documents.Select(d => (d.Body, d.Text)))), Numbers(answer["value"])))
                differences.Add($"{file}: other values");
        }

        output.WriteLine($"{files.Count} files, of which Go refuses {refused}; {differences.Count} differ");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(40)));
    }

    // Numbers are numbers, however they are written.
    private static JsonNode? Numbers(JsonNode? node) => node switch
    {
        JsonObject entries => new JsonObject(entries.OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => new KeyValuePair<string, JsonNode?>(e.Key, Numbers(e.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Numbers)]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => JsonValue.Create(value.Deserialize()),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> Ask(string modules, IEnumerable<string> files)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = modules,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(Script);
        using var process = Process.Start(start)!;
        process.StandardInput.Write(string.Join('\n', files));
        process.StandardInput.Close();
        while (process.StandardOutput.ReadLine() is { } line)
            yield return line;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

/// <summary>Numbers of JSON in one form.</summary>
file static class JsonNumbers
{
    public static double Deserialize(this JsonValue value) =>
        double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
