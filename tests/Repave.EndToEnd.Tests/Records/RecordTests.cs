using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Records;

/// <summary>The record of a change: what it says, that it says the same again, and that a change to anything that it was made from is
/// noticed.</summary>
public sealed class RecordTests : IDisposable
{
    // Each is a process; with REPAVE_LONG_TESTS=1 there are more.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("REPAVE_LONG_TESTS") == "1";
    private static readonly int Flips = IsLong ? 400 : 12;

    private static readonly string[] Plan = ["k8s", "chart", "--from", "git:HEAD~1"];

    private readonly RecordRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void ItSaysWhoWhatWhyWhenAndUnderWhichPolicy()
    {
        var statement = Read(_repository.Record("intoto", Plan));
        var record = statement["predicate"]!["record"]!;
        Assert.Equal("Grace <Grace@example.com>", $"{record["who"]!["authors"]![0]!["name"]} <{record["who"]!["authors"]![0]!["email"]}>");
        Assert.Equal("Web goes to 1.5.0", (string)record["why"]!["commits"]![0]!["subject"]!);
        Assert.Equal("The payment provider asks for it; ticket PAY-12.", (string)record["why"]!["commits"]![0]!["message"]!);
        Assert.Single(record["why"]!["commits"]!.AsArray());
        Assert.Empty(record["why"]!["uncommitted"]!.AsArray());
        Assert.Equal(("2026-03-05T11:30:00Z", "commit"), ((string)record["when"]!["time"]!, (string)record["when"]!["from"]!));
        Assert.Equal(_repository.Git(null, "rev-parse", "HEAD~1"), (string)record["baselines"]![0]!["commit"]!);
        Assert.Equal("roll", (string)statement["predicate"]!["plan"]!["changes"]!.AsArray()
            .Single(c => (string)c!["resource"]!["name"]! == "web")!["action"]!);
        Assert.Equal("passed", (string)record["policy"]!["verdict"]!);
        Assert.Contains("RPV1001", record["policy"]!["rules"]!["off"]!.AsArray().Select(id => (string)id!));
        Assert.Contains(record["controls"]!.AsArray(), c => (string)c!["catalogue"]! == "NIST SP 800-53" && (string)c["id"]! == "CM-3"
            && (string)c["title"]! == "Configuration Change Control");
        // Each exception with its reason and its owner, who is not the one that changed the file last.
        var exceptions = record["exceptions"]!.AsArray();
        var comment = exceptions.Single(e => (string)e!["kind"]! == "comment")!;
        Assert.Equal(("RPV1007", "signed by the build", "k8s/web.yaml", 14, "Ada"), ((string)comment["rules"]![0]!,
            (string)comment["reason"]!, (string)comment["file"]!, (int)comment["line"]!, (string)comment["owner"]!["name"]!));
        var weight = exceptions.Single(e => (string)e!["kind"]! == "weight")!;
        Assert.Equal(("RPV1001", "the registry keeps tags", ".repave.yaml", "Ada"), ((string)weight["rules"]![0]!,
            (string)weight["reason"]!, (string)weight["file"]!, (string)weight["owner"]!["name"]!));
        Assert.Equal("roll", (string)record["back"]!["how"]!);
        // Everything that had a part in it, a file that only names come from too.
        Assert.Equal([".repave.yaml", "chart/Chart.yaml", "chart/templates/_names.tpl", "chart/templates/map.yaml", "chart/values.yaml",
            "k8s/settings.yaml", "k8s/web.yaml"], statement["subject"]!.AsArray().Select(s => (string)s!["name"]!));
    }

    [Fact]
    public void ThePageSaysTheSameAndNeedsNothingElse()
    {
        var page = File.ReadAllText(_repository.Record("html", Plan));
        foreach (var said in (string[])["Grace &lt;Grace@example.com&gt;", "Web goes to 1.5.0", "ticket PAY-12", "2026-03-05 11:30:00 UTC",
            "signed by the build", "Passes the policy", "Configuration Change Control", "Deployment/web", "The way back"])
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.Contains(File.ReadAllText(_repository.Record("intoto", Plan)).Trim(), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("intoto")]
    public void TheSameInputsGiveTheSameBytesWhereverTheyLie(string format)
    {
        var first = File.ReadAllText(_repository.Record(format, Plan));
        Assert.Equal(first, File.ReadAllText(_repository.Record(format, Plan)));
        var copy = Directory.CreateTempSubdirectory("repave-copy-").FullName;
        try
        {
            Assert.Equal(0, Tool.Run(copy, "git", ["clone", "--quiet", _repository.Folder, "there"]).ExitCode);
            Assert.Equal(first, Tool.Repave(Path.Combine(copy, "there"), ["plan", .. Plan, "--format", format]).Output);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Theory]
    [InlineData("html")]
    [InlineData("intoto")]
    public void AChangedByteInAnyInputIsNoticedAndNamed(string format)
    {
        var record = _repository.Record(format, Plan);
        var verified = _repository.Repave([], "verify", record);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.Contains("planning again gives the same plan", verified.Output, StringComparison.Ordinal);
        foreach (var name in Read(_repository.Record("intoto", Plan))["subject"]!.AsArray().Select(s => (string)s!["name"]!))
        {
            var file = Path.Combine(_repository.Folder, name);
            var bytes = File.ReadAllBytes(file);
            foreach (var at in IsLong ? Enumerable.Range(0, bytes.Length) : [bytes.Length / 2])
            {
                var changed = bytes.ToArray();
                changed[at] ^= 1;
                File.WriteAllBytes(file, changed);
                var answer = _repository.Repave([], "verify", record, "--files-only");
                Assert.Equal(1, answer.ExitCode);
                Assert.Contains($"{name}: was changed", answer.Output, StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, bytes);
        }

        // A file that is named itself is found by its name.
        var web = Path.Combine(_repository.Folder, "k8s/web.yaml");
        Assert.Equal(0, _repository.Repave([], "verify", record, "k8s/web.yaml").ExitCode);
        File.AppendAllText(web, "\n");
        Assert.Equal(1, _repository.Repave([], "verify", record, "k8s/web.yaml").ExitCode);
        Assert.Equal(0, _repository.Repave([], "verify", record, "k8s/settings.yaml").ExitCode);
        File.Delete(web);
        Assert.Contains("k8s/web.yaml: is gone", _repository.Repave([], "verify", record, "--files-only").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsAddedTakenAwayOrPlannedOtherwiseIsNoticed()
    {
        var record = _repository.Record("intoto", Plan);
        _repository.Write("k8s/more.yaml", RecordRepository.Settings("grey").Replace("settings", "more", StringComparison.Ordinal));
        var added = _repository.Repave([], "verify", record, "--format", "json");
        Assert.Equal(1, added.ExitCode);
        Assert.Contains(JsonNode.Parse(added.Output)!["problems"]!.AsArray(), p => (string?)p!["file"] == "k8s/more.yaml"
            && (string)p["message"]! == "is planned now, and is not in the record.");
        File.Delete(Path.Combine(_repository.Folder, "k8s/more.yaml"));
        // Commits that come later change nothing in what was recorded.
        _repository.Write("notes.txt", "later\n");
        _repository.Commit("Ada", "2026-03-09T10:00:00+01:00", "Later");
        var later = _repository.Repave([], "verify", record);
        Assert.True(later.ExitCode == 0, later.Output);
        // From another folder, and for files that lie elsewhere.
        Assert.Equal(0, Tool.Repave(Path.Combine(_repository.Folder, "k8s"), "verify", record).ExitCode);
        Assert.Equal(0, Tool.Repave("/", "verify", record, _repository.Folder).ExitCode);
    }

    [Fact]
    public void ARecordMayLieAmongWhatItIsOf()
    {
        // The shell opens it before anything is read.
        var record = Path.Combine(_repository.Folder, "record.json");
        File.WriteAllText(record, "");
        File.WriteAllText(record, _repository.Repave([], "plan", ".", "--from", "git:HEAD~1", "--format", "intoto").Output);
        Assert.Contains(Read(record)["subject"]!.AsArray(), s => (string)s!["name"]! == "record.json");
        var verified = _repository.Repave([], "verify", record);
        Assert.True(verified.ExitCode == 0, verified.Output);
        File.AppendAllText(Path.Combine(_repository.Folder, "k8s", "web.yaml"), "\n");
        Assert.Equal(1, _repository.Repave([], "verify", record).ExitCode);
    }

    [Fact]
    public void AFileThatBecameALinkOutOfTheWorkspaceIsNoticed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var record = _repository.Record("intoto", Plan);
        var outside = Directory.CreateTempSubdirectory("repave-outside-");
        var file = Path.Combine(_repository.Folder, "k8s", "settings.yaml");
        File.Move(file, Path.Combine(outside.FullName, "settings.yaml"));
        File.CreateSymbolicLink(file, Path.Combine(outside.FullName, "settings.yaml"));
        var answer = _repository.Repave([], "verify", record, "--format", "json");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains(JsonNode.Parse(answer.Output)!["problems"]!.AsArray(), p => (string?)p!["file"] == "k8s/settings.yaml");
        outside.Delete(recursive: true);
    }

    [Fact]
    public void AChangedBaselineIsNoticed()
    {
        _repository.Write("before/settings.yaml", RecordRepository.Settings("white"));
        var record = _repository.Record("html", "k8s", "--from", "before");
        Assert.Equal(0, _repository.Repave([], "verify", record).ExitCode);
        _repository.Write("before/settings.yaml", RecordRepository.Settings("black"));
        var answer = _repository.Repave([], "verify", record);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("before/settings.yaml: was changed", answer.Output, StringComparison.Ordinal);
        Assert.Contains("The plan is another now", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("intoto")]
    public void AChangedByteInTheRecordIsNoticed(string format)
    {
        var record = _repository.Record(format, Plan);
        var bytes = File.ReadAllBytes(record);
        var random = new Random(20260305);
        for (var i = 0; i < Flips; i++)
        {
            // The last byte is a line's end, which says nothing.
            var at = random.Next(bytes.Length - 1);
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(record, changed);
            var answer = _repository.Repave([], "verify", record, "--files-only");
            var around = Encoding.UTF8.GetString(bytes, Math.Max(0, at - 20), Math.Min(40, bytes.Length - Math.Max(0, at - 20)));
            Assert.True(answer.ExitCode is 1 or 2, $"byte {at}: {around}: {answer.Output}");
        }
    }

    [Fact]
    public async Task AStatementIsWhatTheSpecificationSays()
    {
        var schema = await JsonSchema.FromJsonAsync(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "Fixtures", "in-toto-statement.schema.json")));
        var text = File.ReadAllText(_repository.Record("intoto", Plan));
        Assert.Empty(schema.Validate(text));
        var statement = JsonNode.Parse(text)!;
        Assert.All(statement["subject"]!.AsArray(), s => Assert.Matches("^[0-9a-f]{64}$", (string)s!["digest"]!["sha256"]!));
        var names = statement["subject"]!.AsArray().Select(s => (string)s!["name"]!).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        // The schema says something: each of these is refused.
        foreach (var (name, value) in ((string, JsonNode?)[])[("_type", "https://in-toto.io/Statement/v0.1"), ("subject", "web"),
            ("predicateType", 1), ("subject", new JsonArray(new JsonObject { ["name"] = "web" })), ("more", 1)])
        {
            var wrong = JsonNode.Parse(text)!;
            wrong[name] = value;
            Assert.NotEmpty(schema.Validate(wrong.ToJsonString()));
        }
    }

    [Fact]
    public void ASignedEnvelopeIsReadAsItsStatement()
    {
        var statement = File.ReadAllText(_repository.Record("intoto", Plan));
        var envelope = Path.Combine(_repository.Folder, ".git", "envelope.json");
        File.WriteAllText(envelope, new JsonObject
        {
            ["payloadType"] = "application/vnd.in-toto+json",
            ["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)),
            ["signatures"] = new JsonArray(new JsonObject { ["sig"] = "c2lnbmF0dXJl" }),
        }.ToJsonString());
        Assert.Equal(0, _repository.Repave([], "verify", envelope).ExitCode);
        // Written over several lines it says the same.
        var indented = Path.Combine(_repository.Folder, ".git", "indented.json");
        File.WriteAllText(indented, JsonNode.Parse(statement)!.ToJsonString(new() { WriteIndented = true }));
        Assert.Equal(0, _repository.Repave([], "verify", indented).ExitCode);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS=true GITHUB_ACTOR=mona GITHUB_REPOSITORY=o/r GITHUB_SERVER_URL=https://github.example GITHUB_RUN_ID=7",
        "GitHub Actions", "mona", "https://github.example/o/r/actions/runs/7")]
    [InlineData("GITLAB_CI=true GITLAB_USER_LOGIN=lab CI_PROJECT_PATH=o/r CI_JOB_URL=https://gitlab.example/j/7", "GitLab CI/CD", "lab",
        "https://gitlab.example/j/7")]
    [InlineData("BUILD_BUILDURI=vstfs:///Build/Build/7 BUILD_REQUESTEDFOR=az", "Azure Pipelines", "az", "vstfs:///Build/Build/7")]
    [InlineData("JENKINS_URL=https://ci.example BUILD_USER_ID=jen BUILD_URL=https://ci.example/7", "Jenkins", "jen",
        "https://ci.example/7")]
    public void TheRunThatPlannedItIsNamed(string variables, string system, string actor, string run)
    {
        var answer = _repository.Repave(variables.Split(' '), ["plan", .. Plan, "--format", "intoto"]);
        var ci = JsonNode.Parse(answer.Output)!["predicate"]!["record"]!["who"]!["ci"]!;
        Assert.Equal((system, actor, run), ((string)ci["system"]!, (string)ci["actor"]!, (string)ci["run"]!));
        // Verified without that run.
        var file = Path.Combine(_repository.Folder, ".git", "run.json");
        File.WriteAllText(file, answer.Output);
        Assert.Equal(0, _repository.Repave([], "verify", file).ExitCode);
    }

    [Fact]
    public void TheTimeIsTheInputsAndNotTheClocks()
    {
        JsonNode When(string[] variables, params string[] arguments) => RecordIn(
            _repository.Repave(variables, ["plan", .. arguments, "--format", "intoto"]))["when"]!;
        Assert.Equal("2026-01-01T00:00:00Z", (string)When(["SOURCE_DATE_EPOCH=1767225600"], Plan)["time"]!);
        Assert.Equal(2, _repository.Repave(["SOURCE_DATE_EPOCH=soon"], ["plan", .. Plan, "--format", "html"]).ExitCode);
        // What is in no commit has no time that the next run would find again.
        _repository.Write("new/map.yaml", RecordRepository.Settings("new"));
        Assert.Null(When([], "new", "--from", "k8s")["time"]);
        var uncommitted = JsonNode.Parse(_repository.Repave([], "plan", "new", "--from", "k8s", "--format", "intoto").Output)!;
        Assert.Equal(["new/map.yaml"], uncommitted["predicate"]!["record"]!["why"]!["uncommitted"]!.AsArray().Select(n => (string)n!));
    }

    [Fact]
    public void WhatThePolicyForbidsIsInTheVerdict()
    {
        _repository.Write(".repave.yaml", "plans:\n  - kinds: [Deployment]\n    forbid: [roll]\n");
        var policy = RecordIn(_repository.Repave([], ["plan", .. Plan, "--format", "intoto"]))["policy"]!;
        Assert.Equal("failed", (string)policy["verdict"]!);
        Assert.Contains("RPV2001", (string)policy["because"]![0]!, StringComparison.Ordinal);
        Assert.Equal("roll", (string)policy["forbidden"]![0]!["actions"]![0]!);
        _repository.Write(".repave.yaml", "rules:\n  RPV1001: off\n");
        var failing = _repository.Repave([], ["plan", .. Plan, "--format", "intoto", "--fail-on", "roll"]);
        Assert.Equal(1, failing.ExitCode);
        Assert.Equal("failed", (string)JsonNode.Parse(failing.Output)!["predicate"]!["record"]!["policy"]!["verdict"]!);
    }

    [Theory]
    [InlineData("", "is not a change record")]
    [InlineData("{}", "is not an in-toto statement")]
    [InlineData("[1]", "is not an in-toto statement")]
    [InlineData("{\"payload\":\"%%\",\"payloadType\":\"x\"}", "is not a change record")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"https://slsa.dev/provenance/v1\"}",
        "of something else")]
    [InlineData("<!doctype html><p>Hello</p>", "no statement is in it")]
    public void WhatIsNoRecordIsSaid(string text, string message)
    {
        var file = Path.Combine(_repository.Folder, ".git", "other");
        File.WriteAllText(file, text);
        var answer = _repository.Repave([], "verify", file);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.Equal(2, _repository.Repave([], "verify", file + ".none").ExitCode);
    }

    [Fact]
    public void ARecordReachesNoLiveEnvironmentAndStartsNoProvider()
    {
        var statement = Read(_repository.Record("intoto", Plan));
        foreach (var arguments in (string[][])[["plan", "k8s", "--live"], ["plan", "k8s", "--from", "git:HEAD~1", "--ask-providers"],
            ["lsp"], ["plan", "k8s", "--from=git:HEAD~1", "--live=true"]])
        {
            statement["predicate"]!["record"]!["request"]!["arguments"] = new JsonArray([.. arguments.Select(a => (JsonNode)a)]);
            var file = Path.Combine(_repository.Folder, ".git", "changed.json");
            File.WriteAllText(file, statement.ToJsonString());
            var answer = _repository.Repave([], "verify", file);
            Assert.Equal(1, answer.ExitCode);
            Assert.DoesNotContain("kubectl", answer.Output + answer.Error, StringComparison.Ordinal);
        }
    }

    private static JsonNode RecordIn(Answer answer) => JsonNode.Parse(answer.Output)!["predicate"]!["record"]!;

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(file))!.AsObject();
}
