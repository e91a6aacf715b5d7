using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Engines;

/// <summary>A project is brought up, edited, planned, brought up again: the plan says of every service what then became of its
/// containers, and changed nothing itself.</summary>
[Collection(nameof(DockerEngine))]
public sealed class EngineEditTests : IClassFixture<DockerEngine>, IDisposable
{
    private readonly DockerEngine _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-edits-").FullName;

    public EngineEditTests(DockerEngine engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsPlannedIsWhatComposeDoesInBothDirections()
    {
        _engine.Require();
        Assert.True(ServiceEdit.All.Count >= 60, $"{ServiceEdit.All.Count} edits");
        try
        {
            ServiceEdit.Write(_folder, isAfter: false);
            _engine.Up(_folder);
            AssertInSync();
            foreach (var isAfter in (bool[])[true, false])
            {
                ServiceEdit.Write(_folder, isAfter);
                foreach (var edit in ServiceEdit.All.Where(e => e.Also.Length > 0))
                    ByHand(edit, isAfter);
                var before = _engine.Containers();
                var since = Now();
                var plan = _engine.Plan(_folder);
                Assert.Empty(_engine.EventsSince(since));
                Assert.Equal(before, _engine.Containers());
                _engine.Up(_folder);
                var after = _engine.Containers();
                var planned = plan.Where(c => (string)c!["resource"]!["type"]! == "service")
                    .ToDictionary(c => (string)c!["resource"]!["name"]!, c => (string)c!["action"]!);
                var wrong = ServiceEdit.All.Select(e => (e.Name, Really: Outcome(e.Name, before, after), Planned: planned[e.Name]))
                    .Where(row => row.Really != row.Planned).ToList();
                Assert.True(wrong.Count == 0, string.Join("\n", wrong));
                AssertInSync();
            }
        }
        finally
        {
            _engine.Docker(_folder, "compose", "down", "--volumes", "--timeout", "0");
        }
    }

    [Theory]
    [InlineData("networks: {front: {labels: {a: b}}}", "networks: {front: {labels: {a: c}}}")]
    [InlineData("networks: {front: }", "networks: {front: {internal: true}}")]
    [InlineData("networks: {front: }", "networks: {front: {name: repave-own}}")]
    [InlineData("networks: {front: }\nvolumes: {data: {labels: {a: b}}}", "networks: {front: }\nvolumes: {data: {labels: {a: c}}}")]
    [InlineData("networks: {front: }\nvolumes: {data: }", "networks: {front: }\nvolumes: {data: {name: repave-own}}")]
    public void NetworksAndVolumesBecomeWhatIsPlanned(string before, string after)
    {
        _engine.Require();
        var mount = before.Contains("data:", StringComparison.Ordinal) ? ", volumes: [\"data:/data\"]" : "";
        var services = "name: nets\nservices:\n  web: {image: \"app:1\", stop_signal: SIGKILL, networks: [front]" + mount
            + "}\n  alone: {image: \"app:1\", stop_signal: SIGKILL, network_mode: none}\n";
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), services + before + "\n");
        _engine.Up(_folder);
        try
        {
            var was = Things();
            var containers = _engine.Containers();
            File.WriteAllText(Path.Combine(_folder, "compose.yaml"), services + after + "\n");
            var plan = _engine.Plan(_folder);
            _engine.Up(_folder);
            var now = Things();
            foreach (var change in plan)
            {
                var (type, name) = ((string)change!["resource"]!["type"]!, (string)change["resource"]!["name"]!);
                var really = type == "service" ? Outcome(name, containers, _engine.Containers()) : ThingOutcome(type, was, now);
                Assert.Equal((type, name, really), (type, name, (string)change["action"]!));
            }
        }
        finally
        {
            _engine.Docker(_folder, "compose", "down", "--volumes", "--timeout", "0");
        }
    }

    /// <summary>The table of ways back (<c>tests/Fixtures/compose-ways-back.txt</c>): each pair is brought up as it was, as it is and as it
    /// was again, and what then becomes of containers, networks and volumes is what the table says.</summary>
    [Fact]
    public void WaysBackAreThoseOfTheTable()
    {
        _engine.Require();
        var wrong = new List<string>();
        var rows = File.ReadLines(Path.Combine(Repository.Root, "tests", "Fixtures", "compose-ways-back.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(ComposeWayBack.Of).ToList();
        _engine.Docker(_folder, "tag", "app:1", "app:latest");
        foreach (var row in rows)
        {
            void Up(bool isAfter)
            {
                File.WriteAllText(Path.Combine(_folder, "compose.yaml"), row.Text(isAfter, "nets"));
                _engine.Up(_folder);
            }

            try
            {
                Up(isAfter: false);
                var first = Things();
                Up(isAfter: true);
                var (was, containers) = (Things(), _engine.Containers());
                Up(isAfter: false);
                var (now, running) = (Things(), _engine.Containers());
                var what = row.What.Split(' ');
                var really = what[0] == "service" ? Outcome(row.Name, containers, running)
                    : ThingOutcome(what[0], was, now) == "none" && first.Any(f => was.ContainsKey(f.Key) && was[f.Key] == f.Value)
                    && was.Count(w => w.Key.StartsWith(what[0], StringComparison.Ordinal)) > first.Count(f =>
                        f.Key.StartsWith(what[0], StringComparison.Ordinal)) && row.SectionsBefore != row.SectionsAfter
                        ? "at-once" : ThingOutcome(what[0], was, now);
                // What a moving name stands for, and whether data is found again, the outcome does not say.
                var expected = row.How switch { "unknown" or "loss" => "roll", "nothing" => "none", var how => how };
                if (really != expected)
                    wrong.Add($"{row.Name} ({row.What}): {really} instead of {row.How}");
            }
            finally
            {
                _engine.Docker(_folder, "compose", "down", "--volumes", "--timeout", "0");
                foreach (var left in Lines("volume", "ls", "--filter", "name=repave-other", "--format", "{{.Name}}"))
                    _engine.Docker(_folder, "volume", "rm", left);
                foreach (var left in Lines("network", "ls", "--filter", "name=repave-other", "--format", "{{.Name}}"))
                    _engine.Docker(_folder, "network", "rm", left);
            }
        }

        Assert.True(wrong.Count == 0, $"{rows.Count} pairs\n{string.Join("\n", wrong)}");
    }

    // Names of networks and volumes of the project, with what tells one from another of the same name.
    private Dictionary<string, string> Things()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines("network", "ls", "--no-trunc", "--filter", "label=com.docker.compose.project=nets",
            "--format", "{{.Name}} {{.ID}}"))
            found["network " + line.Split(' ')[0]] = line.Split(' ')[1];
        foreach (var name in Lines("volume", "ls", "--filter", "label=com.docker.compose.project=nets", "--format", "{{.Name}}"))
            found["volume " + name] = _engine.Docker(_folder, "volume", "inspect", name);
        return found;
    }

    private string[] Lines(params string[] arguments) =>
        _engine.Docker(_folder, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string ThingOutcome(string type, Dictionary<string, string> was, Dictionary<string, string> now)
    {
        var mine = now.Where(n => n.Key.StartsWith(type + " ", StringComparison.Ordinal)).ToList();
        return mine.Exists(n => !was.ContainsKey(n.Key)) ? "create" : mine.TrueForAll(n => was[n.Key] == n.Value) ? "none" : "replace";
    }

    private static string Outcome(string service, IReadOnlyList<EngineContainer> before, IReadOnlyList<EngineContainer> after)
    {
        var was = before.Where(c => c.Service == service).ToDictionary(c => c.Id);
        var now = after.Where(c => c.Service == service).ToDictionary(c => c.Id);
        if (was.Count == 0)
            return now.Count == 0 ? "none" : "create";
        if (!was.Keys.Any(now.ContainsKey))
            return "roll";
        return was.Count == now.Count && was.All(w => now.TryGetValue(w.Key, out var same) && same.Started == w.Value.Started) ? "none"
            : "in-place";
    }

    private void ByHand(ServiceEdit edit, bool isAfter)
    {
        var container = $"edits-{edit.Name}-1";
        string[] command = edit.Also switch
        {
            "retag" => ["tag", isAfter ? "app:2" : "app:1", "app:moves"],
            "stop" => ["stop", container],
            "rename" => isAfter ? ["rename", container, "edits-by-hand"] : ["rename", "edits-by-hand", container],
            "disconnect" => ["network", "disconnect", "edits_front", container],
            "remove" => ["rm", "--force", container],
            "update" => ["update", "--restart", isAfter ? "always" : "no", container],
            _ => throw new InvalidOperationException(edit.Also),
        };
        _engine.Docker(_folder, command);
    }

    private void AssertInSync() => Assert.All(_engine.Plan(_folder), c => Assert.True((string)c!["action"]! == "none", c.ToJsonString()));

    // Events are told by the second.
    private static DateTimeOffset Now()
    {
        Thread.Sleep(1100);
        return DateTimeOffset.UtcNow;
    }
}
