using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>The tools for agents, driven by the protocol's own client library.</summary>
public sealed class McpTests : IDisposable
{
    private const string Chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
    private const string Map =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  color: {{ .Values.color }}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-mcp").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EveryToolAnswersTheOfficialClient()
    {
        File.WriteAllText(Path.Combine(_folder, "old.yaml"), Deployment("web", "registry.example.com/web:1.0.0"));
        File.WriteAllText(Path.Combine(_folder, "web.yaml"), Deployment("web", "registry.example.com/web:latest"));
        Directory.CreateDirectory(Path.Combine(_folder, "chart", "templates"));
        File.WriteAllText(Path.Combine(_folder, "chart", "Chart.yaml"), Chart);
        File.WriteAllText(Path.Combine(_folder, "chart", "values.yaml"), "color: red\n");
        File.WriteAllText(Path.Combine(_folder, "chart", "templates", "map.yaml"), Map);
        await using var client = await Connect();
        var tools = await client.ListToolsAsync();
        Assert.Equal(["build", "check", "explain", "plan", "rules"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations!.ReadOnlyHint));

        var check = await Call(client, "check", new() { ["paths"] = new[] { "web.yaml" } });
        using (var findings = JsonDocument.Parse(check))
            Assert.Contains(findings.RootElement.GetProperty("findings").EnumerateArray(),
                f => f.GetProperty("id").GetString() == "RPV1001");
        var plan = await Call(client, "plan", new() { ["paths"] = new[] { "web.yaml" }, ["from"] = "old.yaml" });
        using (var changes = JsonDocument.Parse(plan))
            Assert.Equal(1, changes.RootElement.GetProperty("summary").GetProperty("roll").GetInt32());
        Assert.Contains("replaces", await Call(client, "explain", new() { ["kind"] = "Deployment", ["path"] = "metadata.name" }),
            StringComparison.Ordinal);
        Assert.Contains("RPV1001 ", await Call(client, "rules", []), StringComparison.Ordinal);
        Assert.Contains("# RPV1001", await Call(client, "rules", new() { ["id"] = "RPV1001" }), StringComparison.Ordinal);
        var built = await Call(client, "build", new() { ["path"] = "chart", ["set"] = new[] { "color=blue" }, ["release"] = "shop" });
        Assert.Contains("color: blue", built, StringComparison.Ordinal);
        Assert.Contains("name: shop", built, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.yaml")]
    [InlineData("/etc/hostname")]
    [InlineData("link/outside.yaml")]
    public async Task WhatLiesOutsideOfTheRootIsNotRead(string path)
    {
        var root = Path.Combine(_folder, "root");
        Directory.CreateDirectory(root);
        File.WriteAllText(Path.Combine(_folder, "outside.yaml"), Deployment("secret", "x:latest"));
        Directory.CreateSymbolicLink(Path.Combine(root, "link"), _folder);
        await using var client = await Connect("--root", root);
        foreach (var (tool, arguments) in new (string, Dictionary<string, object?>)[]
        {
            ("check", new() { ["paths"] = new[] { path } }),
            ("plan", new() { ["paths"] = new[] { "." }, ["from"] = path }),
            ("build", new() { ["path"] = path }),
        })
        {
            var result = await client.CallToolAsync(tool, arguments);
            Assert.True(result.IsError);
            Assert.Contains("outside of the workspace", TextOf(result), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task MistakesAreToldAndTheNextCallIsAnswered()
    {
        await using var client = await Connect();
        foreach (var (tool, arguments, message) in new (string, Dictionary<string, object?>, string)[]
        {
            ("check", [], "Missing required argument 'paths'."),
            ("check", new() { ["paths"] = 3 }, "must be a list of texts"),
            ("plan", new() { ["paths"] = new[] { "." } }, "Missing required argument 'from'."),
            ("explain", new() { ["kind"] = "Nothing" }, "nothing is known"),
            ("rules", new() { ["id"] = "RPV9999" }, "There is no rule RPV9999."),
            ("build", new() { ["path"] = "." }, "holds nothing that can be built"),
        })
        {
            var result = await client.CallToolAsync(tool, arguments);
            Assert.True(result.IsError, tool);
            Assert.Contains(message, TextOf(result), StringComparison.Ordinal);
        }

        Assert.Contains("RPV1001 ", await Call(client, "rules", []), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoMessageIsRefusedAndTheNextIsAnswered()
    {
        var answer = Tool.RepaveWithInput(_folder, "nonsense\n[]\n{\"id\":1}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"nothing\"}\n"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}\n", "mcp");
        Assert.Equal(0, answer.ExitCode);
        var lines = answer.Output.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([-32700, -32600, -32600, -32601],
            lines.Take(4).Select(line => line.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal(3, lines[4].GetProperty("id").GetInt32());
    }

    private Task<McpClient> Connect(params string[] arguments) => McpClient.CreateAsync(new StdioClientTransport(
        new StdioClientTransportOptions
        {
            Name = "repave",
            Command = Tool.Command[0],
            Arguments = [.. Tool.Command.Skip(1), "mcp", .. arguments],
            WorkingDirectory = _folder,
        }));

    private static async Task<string> Call(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments);
        Assert.False(result.IsError == true, TextOf(result));
        return TextOf(result);
    }

    private static string TextOf(CallToolResult result) =>
        string.Concat(result.Content.OfType<TextContentBlock>().Select(one => one.Text));

    private static string Deployment(string name, string image) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  selector:\n    matchLabels: {{app: web}}\n"
        + $"  template:\n    metadata:\n      labels: {{app: web}}\n    spec:\n      containers:\n        - name: web\n          image: {image}\n";
}
