using System.Collections;
using System.Globalization;
using System.Text.Json;
using Repave.Core.Dialects.Compose.Plans;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Environments.Clients;

namespace Repave.Environments.Compose;

/// <summary>A Docker Engine, read through the docker client: the containers, networks and volumes of Compose projects, and the labels that
/// Compose left on them. Nothing is made, started or removed.</summary>
internal sealed class Engine : ILiveEnvironment, IContainerFiles
{
    /// <summary>The dialect whose environment this is.</summary>
    public const string Dialect = "compose";

    private const string ProjectLabel = "com.docker.compose.project";
    private const string ServiceLabel = "com.docker.compose.service";
    private const string HashLabel = "com.docker.compose.config-hash";
    private const string ImageLabel = "com.docker.compose.image";
    private const string NumberLabel = "com.docker.compose.container-number";
    private const string OneOffLabel = "com.docker.compose.oneoff";

    // Command lines have an end.
    private const int MaxAtOnce = 200;

    // The first two words of every call that is made.
    private static readonly string[] Reads =
        ["version --format", "compose version", "ps --all", "inspect --type", "network ls", "network inspect",
        "volume ls", "volume inspect",
        "image inspect", "compose --dry-run", "diff --"];

    private static readonly string[] Numbers = ["Memory", "MemorySwap", "MemoryReservation", "NanoCpus", "CpuShares", "PidsLimit"];

    private static readonly Version Oldest = new(2, 26);

    private readonly EngineOptions _options;

    public Engine(EngineOptions options) => _options = options;

    public void Dispose()
    {
    }

    public Baseline Read(IReadOnlyList<Resource> desired, Action<int, int> progress)
    {
        const int steps = 6;
        progress(0, steps);
        var version = Docker("version", "--format", "{{.Server.Version}}");
        if (version.ExitCode != 0)
            return Unreadable(desired, ProblemOf(version));
        progress(1, steps);
        var notes = new List<string>();
        var compose = ComposeVersion(notes);
        progress(2, steps);
        try
        {
            var containers = Containers();
            progress(3, steps);
            var networks = Networks();
            progress(4, steps);
            var volumes = Volumes();
            progress(5, steps);
            var images = Images(desired, notes);
            progress(6, steps);
            return new Baseline(
                $"Docker Engine {version.Output.Trim()}, "
                    + $"{DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC", [])
            {
                Evidence = new ComposeEvidence
                {
                    Version = compose,
                    Folders = desired.Select(r => r.Id.Namespace ?? ".").Distinct()
                        .ToDictionary(f => f, Path.GetFullPath, StringComparer.Ordinal),
                    Project = _options.Project,
                    Profiles = _options.Profiles?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                    Shell = Shell(),
                    Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : null,
                    Containers = containers,
                    Files = this,
                    Networks = networks,
                    Volumes = volumes,
                    Images = images,
                },
                Notes = notes,
                Version = compose,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Unreadable(desired, "docker answered something that is none of its answers");
        }
        catch (IOException exception)
        {
            return Unreadable(desired, exception.Message);
        }
    }

    public Baseline Try(Plan plan, Baseline baseline, Action<int, int> progress)
    {
        if (!_options.IsDryRun || baseline.Evidence is not ComposeEvidence
            || plan.Changes.Select(c => c.Desired?.Manifest.Path).OfType<string>().Distinct().ToList() is not { Count: > 0 } files)
            return baseline;
        progress(0, 1);
        List<string> arguments = ["compose", "--dry-run"];
        if (_options.Project is { } project)
            arguments.AddRange(["--project-name", project]);
        foreach (var profile in _options.Profiles?.Split(',') ?? [])
            arguments.AddRange(["--profile", profile.Trim()]);
        foreach (var file in files)
            arguments.AddRange(["--file", Path.GetFullPath(file)]);
        var answer = Docker([.. arguments, "up", "--detach", "--no-build"]);
        progress(1, 1);
        if (answer.ExitCode != 0)
            return baseline with { Notes = [.. baseline.Notes, $"Compose's dry run says: {ProblemOf(answer)}."] };
        var said = DryRunEvents(answer.Output + "\n" + answer.Error);
        var differing = new List<string>();
        foreach (var change in plan.Changes.Where(c => c.Id.Type == "service" && c.Action != PlanAction.Unknown))
        {
            var isSaid = said.Any(line => line.Verb is "Recreate" or "Recreated" && IsOf(line.Container, change.Id.Name));
            if (isSaid != (change.Action == PlanAction.Roll))
                differing.Add(change.Id.Name);
        }

        return baseline with
        {
            Notes = [.. baseline.Notes, differing.Count == 0 ? "Compose's dry run says the same of every service."
                : $"Compose's dry run says otherwise of {string.Join(", ", differing)}."],
        };
    }

    public Baseline ReadAll(IReadOnlyList<string> namespaces, Action<int, int> progress) => Read([], progress);

    public IReadOnlyList<FileChange>? ChangedIn(string container, out string? problem)
    {
        var answer = Docker("diff", "--", container);
        problem = answer.ExitCode == 0 ? null : ProblemOf(answer);
        return answer.ExitCode != 0 ? null : [.. answer.Output.Split('\n').Where(line => line.Length > 2 && line[1] == ' ')
            .Select(line => new FileChange(line[2..].TrimEnd('\r'), line[0]))];
    }

    // " DRY-RUN MODE -  Container shop-web-1  Recreate"
    private static List<(string Container, string Verb)> DryRunEvents(string output) =>
        [.. output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => (Words: words, At: Array.IndexOf(words, "Container")))
            .Where(w => w.At >= 0 && w.At + 2 < w.Words.Length).Select(w => (w.Words[w.At + 1], w.Words[w.At + 2]))];

    private static bool IsOf(string container, string service) =>
        container.Contains($"-{service}-", StringComparison.Ordinal) || container == service;

    private string? ComposeVersion(List<string> notes)
    {
        var answer = Docker("compose", "version", "--short");
        var version = answer.ExitCode == 0 ? answer.Output.Trim() : null;
        if (version is null)
        {
            notes.Add("docker has no Compose here, so the newest that is known is assumed (--compose-version says another).");
            return null;
        }

        var end = version.AsSpan().TrimStart('v').IndexOfAny('-', '+');
        var plain = version.TrimStart('v')[..(end < 0 ? version.TrimStart('v').Length : end)];
        if (!Version.TryParse(plain, out var number))
        {
            notes.Add($"The version of Compose could not be read ('{version}'); the newest that is known is assumed.");
            return null;
        }

        if (number < Oldest)
            notes.Add($"Compose {plain} is older than what was measured ({Oldest}); what it does may differ from this plan.");
        return plain;
    }

    private List<LiveContainer> Containers()
    {
        var containers = new List<LiveContainer>();
        foreach (var item in Inspect(["inspect", "--type", "container"],
            Ids("ps", "--all", "--quiet", "--no-trunc", "--filter", $"label={ProjectLabel}")))
        {
            var labels = item.GetProperty("Config").GetProperty("Labels");
            if (LabelOf(labels, OneOffLabel) is "True" or "true")
                continue;
            var networks = item.GetProperty("NetworkSettings").TryGetProperty("Networks", out var all)
                && all.ValueKind == JsonValueKind.Object
                ? all.EnumerateObject()
                    .Select(n => n.Value.TryGetProperty("NetworkID", out var id) && id.GetString() is { Length: > 0 } known
                        ? known : n.Name).ToList()
                : [];
            containers.Add(new LiveContainer(item.GetProperty("Id").GetString()!, item.GetProperty("Name").GetString()!.TrimStart('/'),
                LabelOf(labels, ProjectLabel) ?? "", LabelOf(labels, ServiceLabel) ?? "",
                item.GetProperty("State").GetProperty("Status").GetString() ?? "", LabelOf(labels, HashLabel) ?? "",
                LabelOf(labels, ImageLabel) ?? item.GetProperty("Image").GetString() ?? "")
            {
                Networks = networks,
                Volumes = [.. item.GetProperty("Mounts").EnumerateArray().Where(m => m.GetProperty("Type").GetString() == "volume")
                    .Select(m => (m.GetProperty("Name").GetString() ?? "", m.GetProperty("Destination").GetString() ?? ""))],
                Mounts = MountsOf(item),
                Limits = LimitsOf(item.GetProperty("HostConfig")),
                Number = int.TryParse(LabelOf(labels, NumberLabel), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : 1,
            });
        }

        return containers;
    }

    private static List<string> MountsOf(JsonElement item)
    {
        var mounts = item.GetProperty("Mounts").EnumerateArray().Select(m => m.GetProperty("Destination").GetString() ?? "").ToList();
        // Memory is told of apart.
        if (item.GetProperty("HostConfig").TryGetProperty("Tmpfs", out var memory) && memory.ValueKind == JsonValueKind.Object)
            mounts.AddRange(memory.EnumerateObject().Select(m => m.Name));
        return [.. mounts.Where(m => m.Length > 0)];
    }

    private static Dictionary<string, string> LimitsOf(JsonElement host)
    {
        var limits = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Numbers)
            limits[name] = host.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "0";
        // None is written in two ways.
        if (limits["PidsLimit"] == "-1")
            limits["PidsLimit"] = "0";
        limits["CpusetCpus"] = host.TryGetProperty("CpusetCpus", out var cpus) ? cpus.GetString() ?? "" : "";
        if (host.TryGetProperty("RestartPolicy", out var policy) && policy.ValueKind == JsonValueKind.Object)
        {
            var restart = policy.TryGetProperty("Name", out var name) && name.GetString() is { Length: > 0 } known ? known : "no";
            var attempts = policy.TryGetProperty("MaximumRetryCount", out var count) ? count.GetRawText() : "0";
            limits["RestartPolicy"] = attempts == "0" ? restart : $"{restart}:{attempts}";
        }

        return limits;
    }

    private List<LiveNetwork> Networks() =>
        [.. Inspect(["network", "inspect"], Ids("network", "ls", "--quiet", "--no-trunc")).Select(item => new LiveNetwork(
            item.GetProperty("Id").GetString()!, item.GetProperty("Name").GetString()!,
            LabelOf(LabelsOf(item), ProjectLabel), LabelOf(LabelsOf(item), HashLabel)))];

    private List<LiveVolume> Volumes() =>
        [.. Inspect(["volume", "inspect"], Ids("volume", "ls", "--quiet")).Select(item => new LiveVolume(
            item.GetProperty("Name").GetString()!, LabelOf(LabelsOf(item), ProjectLabel), LabelOf(LabelsOf(item), HashLabel)))];

    // Names of images to their ids. One that is not there is fetched by Compose, so that nothing is said of it.
    private Dictionary<string, string> Images(IReadOnlyList<Resource> desired, List<string> notes)
    {
        var images = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = desired.OfType<Core.Dialects.Compose.ComposeResource>().Where(r => r.IsService).Select(r => r.Root.TextAt("image"))
            .OfType<string>().Where(n => !n.StartsWith('-') && !n.Contains('$')).Distinct().ToList();
        foreach (var name in names)
        {
            var answer = Docker("image", "inspect", "--format", "{{.Id}}", name);
            if (answer.ExitCode == 0 && answer.Output.Trim() is { Length: > 0 } id)
                images[name] = id;
        }

        _ = notes;
        return images;
    }

    private List<string> Ids(params string[] arguments)
    {
        var answer = Docker(arguments);
        return answer.ExitCode == 0
            ? [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : throw new IOException(ProblemOf(answer));
    }

    // What is gone by the time that it is looked at is gone.
    private List<JsonElement> Inspect(string[] verb, List<string> ids)
    {
        var found = new List<JsonElement>();
        foreach (var some in ids.Chunk(MaxAtOnce))
        {
            var answer = Docker([.. verb, .. some]);
            if (answer.ExitCode is null)
                throw new IOException(ProblemOf(answer));
            using var document = JsonDocument.Parse(answer.Output.Trim() is { Length: > 0 } text ? text : "[]");
            found.AddRange(document.RootElement.EnumerateArray().Select(item => item.Clone()));
        }

        return found;
    }

    private static JsonElement LabelsOf(JsonElement item) => item.TryGetProperty("Labels", out var labels) ? labels : default;

    private static string? LabelOf(JsonElement labels, string name) =>
        labels.ValueKind == JsonValueKind.Object && labels.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Dictionary<string, string> Shell()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables;
    }

    private ClientAnswer Docker(params string[] arguments)
    {
        if (!Reads.Contains($"{arguments[0]} {arguments[1]}"))
            throw new InvalidOperationException($"docker {arguments[0]} {arguments[1]} is none of the calls that this environment makes.");
        return ClientProcess.Run("docker", arguments, ClientProcess.Nowhere, _options.Timeout);
    }

    private static string ProblemOf(ClientAnswer answer)
    {
        var error = answer.Error.Trim();
        if (error.Contains("permission denied", StringComparison.OrdinalIgnoreCase))
            return "this user may not talk to the Docker Engine (its socket belongs to root and the group docker)";
        if (error.Contains("Cannot connect to the Docker daemon", StringComparison.Ordinal)
            || error.Contains("failed to connect to the docker API", StringComparison.OrdinalIgnoreCase)
            || error.Contains("connection refused", StringComparison.OrdinalIgnoreCase)
            || error.Contains("no such file or directory", StringComparison.OrdinalIgnoreCase))
            return "no Docker Engine answers; is it running, and does DOCKER_HOST or the docker context name it?";
        var last = error.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0) ?? "";
        return last.Length == 0 ? "docker failed without a word" : last.TrimEnd('.');
    }

    private static Baseline Unreadable(IReadOnlyList<Resource> desired, string problem) => new("Docker Engine", [])
    {
        Unreadable = desired.Select(r => r.Id).Distinct().ToDictionary(id => id, _ => problem),
        Notes = [$"The Docker Engine could not be read: {problem.TrimEnd('.', '?')}{(problem.EndsWith('?') ? "?" : ".")}"],
    };
}
