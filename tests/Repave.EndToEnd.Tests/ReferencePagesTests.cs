using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;
using Repave.LanguageServer.Tests;

namespace Repave.EndToEnd.Tests;

/// <summary>The pages of settings and of the protocol are made from the settings' schema, the extension's manifest and the server's own answer.
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
        AssertFresh("protocol.md", page.ToString());
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
