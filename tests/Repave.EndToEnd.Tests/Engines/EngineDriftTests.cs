using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Engines;

/// <summary>What is done to running containers by hand is found, and nothing else.</summary>
[Collection(nameof(DockerEngine))]
public sealed class EngineDriftTests : IClassFixture<DockerEngine>, IDisposable
{
    private const string Project = """
        name: shop
        services:
          web:
            image: "app:1"
            stop_signal: SIGKILL
            restart: unless-stopped
            mem_limit: 64m
            networks: [front]
            volumes: ["data:/data", /anonymous]
            tmpfs: [/memory]
            secrets: [key]
            configs: [inline]
          jobs:
            image: "app:1"
            stop_signal: SIGKILL
            network_mode: none
            deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 1g}}}
        networks: {front: , back: }
        volumes: {data: }
        secrets: {key: {file: ./compose.yaml}}
        configs: {inline: {content: text}}
        """;

    private readonly DockerEngine _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-drift-").FullName;

    public EngineDriftTests(DockerEngine engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("container_name", "docker rename", "rename shop-web-1 other")]
    [InlineData("mem_limit", "docker update", "update --memory 96m --memory-swap 192m shop-web-1")]
    [InlineData("restart", "docker update", "update --restart no shop-web-1")]
    [InlineData("deploy.resources.limits.cpus", "docker update", "update --cpus 0.25 shop-jobs-2")]
    [InlineData("cpu_shares", "docker update", "update --cpu-shares 512 shop-jobs-1")]
    [InlineData("networks", "docker network connect", "network connect shop_side shop-web-1")]
    [InlineData("networks", "docker network disconnect", "network disconnect shop_front shop-web-1")]
    [InlineData("", "docker pause", "pause shop-jobs-1")]
    [InlineData("/bin/patched", null, "exec shop-jobs-1 sh -c", "echo x > /bin/patched")]
    [InlineData("/bin/sh", null, "exec shop-web-1 /bin/busybox sh -c", "/bin/busybox rm /bin/sh")]
    [InlineData(null, null, "exec shop-web-1 /bin/busybox sh -c",
        "/bin/busybox mkdir -p /tmp /var/log; echo x > /tmp/a; echo x > /var/log/b; echo x > /data/c; echo x > /anonymous/d; "
            + "echo x > /memory/e")]
    public void WhatIsDoneByHandIsFound(string? path, string? operation, string command, string? script = null)
    {
        _engine.Require();
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), Project);
        _engine.Up(_folder);
        try
        {
            if (command.Contains("shop_side", StringComparison.Ordinal))
                _engine.Docker(_folder, "network", "create", "shop_side");
            Assert.Empty(Drift());
            _engine.Docker(_folder, [.. command.Split(' '), .. script is null ? (string[])[] : [script]]);
            if (path is null)
            {
                Assert.Empty(Drift());
                Assert.NotEmpty(Drift("--all"));
                return;
            }

            var found = Assert.Single(Drift())!;
            Assert.Equal((path, operation), ((string?)found["path"], (string?)found["operation"]));
            Assert.Equal(1, _engine.Repave(_folder, "drift", ".", "--live", "--fail-on", "foreign").ExitCode);
            // The line that says otherwise, or that of the service.
            var line = Project.Split('\n')[(int)found["range"]!["start"]!["line"]!].Trim();
            Assert.Contains(path is "mem_limit" or "networks" or "restart" ? path + ":"
                : path.StartsWith("deploy", StringComparison.Ordinal) ? "deploy:" : (string)found["resource"]!["name"]! + ":", line,
                StringComparison.Ordinal);
        }
        finally
        {
            if (command.StartsWith("pause", StringComparison.Ordinal))
                _engine.Docker(_folder, "unpause", "shop-jobs-1");
            _engine.Docker(_folder, "compose", "down", "--volumes", "--timeout", "0");
            if (command.Contains("shop_side", StringComparison.Ordinal))
                _engine.Docker(_folder, "network", "rm", "shop_side");
        }
    }

    private JsonArray Drift(params string[] more)
    {
        var answer = _engine.Repave(_folder, ["drift", ".", "--live", "--format", "json", .. more]);
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        return JsonNode.Parse(answer.Output)!["drift"]!.AsArray();
    }
}
