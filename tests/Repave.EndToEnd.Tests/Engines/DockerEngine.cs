using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Engines;

/// <summary>A real Docker Engine with Compose, for the tests of one class. Its images are made from a static busybox: <c>app:1</c>,
/// <c>app:2</c>, and <c>app:same</c> and <c>app:moves</c>, which stand for the first. Its tests run alone: beside a hundred containers that
/// start, nothing else gets its time.</summary>
[CollectionDefinition(nameof(DockerEngine), DisableParallelization = true)]
public sealed class DockerEngine : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-engine-").FullName;
    private readonly string _root;
    private readonly Process? _process;

    public DockerEngine()
    {
        _root = Components.Folder("docker-engine");
        Missing = !File.Exists(Path.Combine(_root, "complete"))
            ? "there is no Docker Engine: run tests/Components/docker-engine.sh (Debian 12 as root, 3 minutes)"
            : Environment.UserName != "root" ? "a Docker Engine needs root" : null;
        if (Missing is not null)
            return;
        Forbidden = WhatForbidsIt();
        if (Forbidden is not null)
            return;
        Directory.CreateDirectory(Path.Combine(_folder, "config", "cli-plugins"));
        File.CreateSymbolicLink(Path.Combine(_folder, "config", "cli-plugins", "docker-compose"),
            Path.Combine(_root, "usr/libexec/docker/cli-plugins/docker-compose"));
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. Variables, "dockerd", "-H", Host, "--data-root", In("data"),
            "--exec-root", In("exec"), "--pidfile", In("pid"), "--bridge=none", "--iptables=false", "--ip6tables=false",
            "--storage-driver=vfs"])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        var last = "";
        _process.ErrorDataReceived += (_, line) => last = line.Data ?? last;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var clock = Stopwatch.StartNew(); Try("version").ExitCode != 0; Thread.Sleep(200))
        {
            if (_process.HasExited)
            {
                Forbidden = "this machine lets no Docker Engine start: " + last;
                return;
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "the Docker Engine did not start");
        }

        MakeImages();
    }

    /// <summary>Why there is none; null if there is one.</summary>
    public string? Missing { get; }

    /// <summary>Why the machine does not let one run, which nobody can install; null if it does.</summary>
    public string? Forbidden { get; }

    /// <summary>The folder of its client.</summary>
    public string Programs => Path.Combine(_root, "usr/bin");

    /// <summary>What the client is told by: where the engine is.</summary>
    public IReadOnlyList<string> Variables =>
        [$"DOCKER_HOST={Host}", $"DOCKER_CONFIG={In("config")}",
        $"PATH={_root}/usr/sbin:{Programs}:{Environment.GetEnvironmentVariable("PATH")}"];

    private string Host => $"unix://{In("docker.sock")}";

    /// <summary>Skips the test where there is no engine, or fails it where nothing may be skipped.</summary>
    public void Require()
    {
        if (Forbidden is { } reason)
            Assert.Skip(reason);
        Components.Require(Missing);
    }

    /// <summary>Runs docker in a folder; fails the test if it fails.</summary>
    public string Docker(string folder, params string[] arguments)
    {
        var answer = Tool.Run(folder, "env", [.. Variables, "docker", .. arguments]);
        Assert.True(answer.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {answer.Error}");
        return answer.Output;
    }

    /// <summary>Brings a folder's project up.</summary>
    public void Up(string folder) => Docker(folder, "compose", "--progress", "quiet", "up", "--detach");

    /// <summary>Runs the tool against it.</summary>
    public Answer Repave(string folder, params string[] arguments) =>
        Tool.Run(folder, "env", [.. Variables, .. Tool.Command, .. arguments]);

    /// <summary>Runs the tool against it with other variables, the later over the earlier.</summary>
    public Answer RepaveWith(string folder, IEnumerable<string> variables, params string[] arguments) =>
        Tool.Run(folder, "env", [.. Variables, .. variables, .. Tool.Command, .. arguments]);

    /// <summary>Runs the tool's plan of a folder and reads its JSON.</summary>
    public JsonArray Plan(string folder)
    {
        var answer = Repave(folder, "plan", ".", "--live", "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        return JsonNode.Parse(answer.Output)!["changes"]!.AsArray();
    }

    /// <summary>The containers that there are.</summary>
    public IReadOnlyList<EngineContainer> Containers()
    {
        var ids = Docker(_folder, "ps", "--all", "--quiet", "--no-trunc").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length == 0)
            return [];
        return [.. JsonNode.Parse(Docker(_folder, ["inspect", .. ids]))!.AsArray().Select(c => new EngineContainer(
            (string?)c!["Config"]!["Labels"]!["com.docker.compose.service"] ?? "", (string)c["Id"]!, (string)c["State"]!["StartedAt"]!,
            (string)c["State"]!["Status"]!, (string)c["Name"]!)).OrderBy(c => c.Id, StringComparer.Ordinal)];
    }

    /// <summary>What was done in the engine since a time, as it writes it; without the health checks that it makes itself.</summary>
    public IReadOnlyList<string> EventsSince(DateTimeOffset time) =>
        [.. Docker(_folder, "events", "--since", time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--until", "0s", "--format", "{{.Type}} {{.Action}} {{.Actor.ID}}").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("container exec_", StringComparison.Ordinal)
                && !line.StartsWith("container health_status", StringComparison.Ordinal))];

    /// <summary>Stops or continues the engine as a machine does that hangs.</summary>
    public void Freeze(bool isFrozen) => Tool.Run(_folder, "kill",
        [isFrozen ? "-STOP" : "-CONT", File.ReadAllText(In("pid")).Trim()]);

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            var ids = Try("ps", "--all", "--quiet").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (ids.Length > 0)
                Try(["rm", "--force", "--volumes", .. ids]);
            // Their bridges are the machine's, and would outlive the engine and take its addresses.
            Try("network", "prune", "--force");
            // It ends its own children and mounts.
            Tool.Run(_folder, "kill", ["-TERM", File.ReadAllText(In("pid")).Trim()]);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
            // The namespaces of networks stay mounted.
            foreach (var mount in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')[1])
                .Where(path => path.StartsWith(_folder + "/", StringComparison.Ordinal)).Reverse().ToList())
                Tool.Run("/", "umount", ["--lazy", mount]);
        }

        Directory.Delete(_folder, recursive: true);
    }

    // Mounts and networks of its own are what a container that is not trusted may not make.
    private static string? WhatForbidsIt()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("CapEff:", StringComparison.Ordinal));
        var capabilities = Convert.ToUInt64(line[7..].Trim(), 16);
        const int netAdmin = 12, sysAdmin = 21;
        return (capabilities >> netAdmin & capabilities >> sysAdmin & 1) == 1 ? null
            : "a Docker Engine needs CAP_SYS_ADMIN and CAP_NET_ADMIN, which this machine does not give";
    }

    private string In(string name) => Path.Combine(_folder, name);

    private Answer Try(params string[] arguments) => Tool.Run(_folder, "env", [.. Variables, "docker", .. arguments]);

    private void MakeImages()
    {
        var context = In("image");
        Directory.CreateDirectory(context);
        File.Copy(Path.Combine(_root, "bin/busybox"), Path.Combine(context, "busybox"));
        // Without BuildKit, which would ask for a builder of its own.
        foreach (var number in (int[])[1, 2])
        {
            File.WriteAllText(Path.Combine(context, "Dockerfile"), "FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\n"
                + $"COPY busybox /bin/sleep\nLABEL number={number}\nCMD [\"sleep\", \"100000\"]\n");
            var answer = Tool.Run(context, "env",
                [.. Variables, "DOCKER_BUILDKIT=0", "docker", "build", "--quiet", "--tag", $"app:{number}", "."]);
            Assert.True(answer.ExitCode == 0, answer.Error);
        }

        Docker(context, "tag", "app:1", "app:same");
        Docker(context, "tag", "app:1", "app:moves");
    }
}

/// <summary>A container, as it is told from another.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it was started last.</param>
/// <param name="State">What it does.</param>
/// <param name="Name">Its name.</param>
public sealed record EngineContainer(string Service, string Id, string Started, string State, string Name);
