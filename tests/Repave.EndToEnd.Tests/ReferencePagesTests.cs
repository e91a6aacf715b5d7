using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Repave.Core.Dialects;
using Repave.Core.Tests.Support;
using Repave.EndToEnd.Tests.Outputs;
using Repave.EndToEnd.Tests.Protocol;
using Repave.LanguageServer.Tests;

namespace Repave.EndToEnd.Tests;

/// <summary>The pages of settings, of the protocol and of JSON output are made from the settings' schema, the extension's manifest, the server's own
/// answer and the types that are written.
/// REPAVE_WRITE_PAGES=1 writes them.</summary>
public sealed class ReferencePagesTests
{
    private const string Head = "<!-- Made by REPAVE_WRITE_PAGES=1 dotnet test tests/Repave.EndToEnd.Tests --filter ReferencePages; do not edit. -->";

    [Fact]
    public void SettingsAreFresh()
    {
        var schema = Read("schemas", "repave.schema.json");
        var page = new StringBuilder($"# Settings\n\n{Head}\n\n## `.repave.yaml`\n\nAt the root of a repository, or the nearest above the folder that "
            + "`repave` runs in. Editors complete it with `schemas/repave.schema.json`, from which this page is made.\n\n"
            + "| setting | takes | means |\n|---|---|---|\n");
        AddSettings(page, schema, schema, "");
        page.Append("\n## Visual Studio Code\n\n| setting | takes | by default | means |\n|---|---|---|---|\n");
        foreach (var (name, setting) in Read("vscode-extension", "package.json")["contributes"]!["configuration"]!["properties"]!.AsObject())
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| `{name}` | {Takes(setting!, setting!)} | `{setting!["default"]!.ToJsonString()}` | {Cell(
                    (string?)(setting["description"] ?? setting["markdownDescription"]))} |\n");
        }

        AssertFresh("settings.md", page.ToString());
    }

    [Fact]
    public void TheProtocolIsFresh()
    {
        using var client = new Client();
        var capabilities = client.Initialize()!["capabilities"]!.AsObject();
        Assert.Contains(capabilities, c => c.Key == "hoverProvider");
        var page = new StringBuilder($"# The language server and the protocol\n\n{Head}\n\nWhat `repave lsp` answers to `initialize` of a client that "
            + "says nothing of itself. See [editors](editors.md) for how it is started.\n\n| capability | as the server says it |\n|---|---|\n");
        foreach (var (name, value) in capabilities.OrderBy(c => c.Key, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | `{value!.ToJsonString().Replace("|", "\\|", StringComparison.Ordinal)}` |\n");
        page.Append("""

            ## What is answered in which dialect

            The server was asked at every word of one example of each dialect (`tests/Repave.EndToEnd.Tests/Protocol`), against a baseline that
            differs. A mark: it had something to say there. A definition counts that stands elsewhere, and of references, highlights and renames
            more than one place. Lenses and hints are those of the plan. In YAML and JSON, schemas that you name complete and explain besides.
            Charts and overlays are the manifests that they build, and are answered for in their sources.

            | method |
            """);
        Assert.Equal(DialectCatalogue.All.Select(d => d.Name), LanguageExample.All.Select(e => e.Dialect));
        page.AppendJoin(" |", LanguageExample.All.Select(e => " " + e.Title)).Append(" |\n|---|");
        page.Insert(page.Length, "---|", LanguageExample.All.Count).Append('\n');
        var answers = LanguageExample.All.Select(LanguageMatrix.AnswersIn).ToList();
        foreach (var (index, method) in LanguageMatrix.Names.Index())
            page.Append(CultureInfo.InvariantCulture, $"| `{method}` |").AppendJoin(" |", answers.Select(a => a[index] ? " ✓" : " "))
                .Append(" |\n");
        AssertFresh("protocol.md", page.ToString());
    }

    [Fact]
    public void OutputIsFresh()
    {
        var page = new StringBuilder($"# JSON output\n\n{Head}\n\nWhat commands write with `--format json`, for programs. `schemas/output` has a JSON "
            + "Schema for each, from which this page is made. Lines and characters count from 0, in UTF-16, as in LSP. A member that has no value is "
            + "null or left out, as its schema says; later releases may add members.\n\n"
            + "    repave plan manifests --from git:HEAD --format json | jq -r '.changes[] | select(.action == \"replace\") | .resource.name'\n");
        var all = OutputSchema.All;
        // What several commands write is explained once.
        var parts = all.Values.SelectMany(s => s["definitions"]!.AsObject()).GroupBy(d => d.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value!, StringComparer.Ordinal);
        foreach (var (command, schema) in all)
            AddObject(page, "## ", $"`repave {command}`", schema, parts);
        page.Append("\n## Parts\n");
        foreach (var (name, part) in parts)
            AddObject(page, "### ", name, part, parts);
        AssertFresh("output.md", page.ToString());
    }

    private static void AddObject(StringBuilder page, string level, string title, JsonNode schema, Dictionary<string, JsonNode> parts)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n{level}{title}\n\n{(string)schema["description"]!}\n\n| member | holds | means |\n|---|---|---|\n");
        var required = (schema["required"]?.AsArray() ?? []).Select(r => (string)r!).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, member) in schema["properties"]!.AsObject())
        {
            var absent = required.Contains(name) ? "" : " (may be absent)";
            var means = Cell((string?)member!["description"]);
            page.Append(CultureInfo.InvariantCulture, $"| `{name}`{absent} | {Cell(Holds(member))} | {means} |\n");
        }

        string Holds(JsonNode member)
        {
            if (member["enum"] is JsonArray values)
                return string.Join(", ", values.Select(v => v is null ? "null" : $"`{v}`"));
            if (member["anyOf"] is JsonArray choices)
                return string.Join(" or ", choices.Select(c => Holds(c!)));
            if ((string?)member["$ref"] is { } reference)
            {
                var name = reference[(reference.LastIndexOf('/') + 1)..];
                return parts.ContainsKey(name) ? $"[{name}](#{name.ToLowerInvariant()})" : name;
            }

            if (member["items"] is { } items)
                return $"list of {Holds(items)}";
            return member["type"] is JsonArray types ? string.Join(" or ", types.Select(t => (string)t!)) : (string?)member["type"] ?? "any value";
        }
    }

    private static void AddSettings(StringBuilder page, JsonNode root, JsonNode node, string path)
    {
        foreach (var (name, written) in node["properties"]?.AsObject() ?? [])
        {
            var setting = Resolve(root, written!);
            var at = path.Length == 0 ? name : $"{path}.{name}";
            page.Append(CultureInfo.InvariantCulture,
                $"| `{at}` | {Takes(root, setting)} | {Cell((string?)(written!["description"] ?? setting["description"]))} |\n");
            AddSettings(page, root, setting, at);
            if (setting["items"] is { } items)
                AddSettings(page, root, Resolve(root, items), $"{at}[]");
            foreach (var choice in (setting["anyOf"] ?? setting["oneOf"])?.AsArray() ?? [])
            {
                if (Resolve(root, choice!) is { } one && one["type"]?.ToString() == "object")
                    AddSettings(page, root, one, at);
            }
        }
    }

    private static JsonNode Resolve(JsonNode root, JsonNode node) =>
        (string?)node["$ref"] is { } reference && reference.StartsWith("#/", StringComparison.Ordinal)
            ? reference[2..].Split('/').Aggregate(root, (at, key) => at[key]!) : node;

    private static string Takes(JsonNode root, JsonNode setting)
    {
        if (setting["enum"] is JsonArray values)
        {
            var texts = values.Where(v => v!.GetValueKind() == System.Text.Json.JsonValueKind.String).ToList();
            return string.Join(", ", (texts.Count > 0 ? texts : values.ToList()).Select(v => $"`{v!}`"));
        }

        if ((setting["anyOf"] ?? setting["oneOf"]) is JsonArray choices && setting["type"] is null)
            return string.Join(" or ", choices.Select(c => Takes(root, Resolve(root, c!))).Distinct());
        var type = setting["type"] is JsonArray types ? string.Join(" or ", types.Select(t => (string)t!)) : (string?)setting["type"] ?? "";
        return type == "array" && setting["items"] is { } items ? $"list of {Takes(root, Resolve(root, items))}" : type;
    }

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);

    private static JsonNode Read(params string[] parts) => JsonNode.Parse(File.ReadAllText(Path.Combine([Repository.Root, .. parts])))!;

    private static void AssertFresh(string name, string text)
    {
        var file = Path.Combine(Repository.Root, "docs", name);
        if (Environment.GetEnvironmentVariable("REPAVE_WRITE_PAGES") == "1")
            File.WriteAllText(file, text);
        Assert.Equal(text, File.Exists(file) ? File.ReadAllText(file) : "");
    }
}
