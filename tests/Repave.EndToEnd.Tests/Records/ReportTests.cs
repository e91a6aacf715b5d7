using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Records;

/// <summary>Reports on a series of commits.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly RecordRepository _repository = new();

    public ReportTests()
    {
        _repository.Write("k8s/settings.yaml", RecordRepository.Settings("yellow"));
        _repository.Commit("Ada", "2026-03-20T10:00:00Z", "Yellow <b>again</b> @team");
        _repository.Write("k8s/settings.yaml", RecordRepository.Settings("white"));
        _repository.Commit("Ada", "2026-04-02T10:00:00Z", "White");
        _repository.Write("notes.txt", "nothing that runs\n");
        _repository.Commit("Ada", "2026-04-03T10:00:00Z", "Notes");
        _repository.Write("k8s/web.yaml", RecordRepository.Web("1.5.0").Replace("app: web", "app: shop", StringComparison.Ordinal));
        File.Delete(Path.Combine(_repository.Folder, "k8s/settings.yaml"));
        _repository.Commit("Grace", "2026-05-01T10:00:00Z", "Another selector");
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void EveryCommitDoesWhatItsOwnPlanSays()
    {
        var first = _repository.Git(null, "rev-list", "--max-parents=0", "HEAD");
        var report = Report("--since", first);
        var changes = report["changes"]!.AsArray();
        // That which touches no manifest is none of them.
        Assert.Equal(["Web goes to 1.5.0", "Yellow <b>again</b> @team", "White", "Another selector"],
            changes.Select(c => (string)c!["subject"]!));
        foreach (var change in changes)
        {
            _repository.Git(null, "checkout", "--quiet", (string)change!["commit"]!);
            var plan = JsonNode.Parse(_repository.Repave([], "plan", "k8s", "chart", "--from", "git:HEAD~1", "--format", "json").Output)!;
            Assert.Equal(plan["summary"]!.ToJsonString(), change["summary"]!.ToJsonString());
        }

        int Sum(string action) => changes.Sum(c => (int)c!["summary"]![action]!);
        Assert.All(report["summary"]!.AsObject(), part => Assert.Equal(Sum(part.Key), (int)part.Value!));
        Assert.Equal(Sum("in-place"), report["periods"]!.AsArray().Sum(p => (int)p!["summary"]!["in-place"]!));
    }

    [Fact]
    public void WhatWasMutatedInPlaceIsNamedAndCounted()
    {
        var report = Report("--since", "HEAD~5");
        var settings = report["inPlace"]!.AsArray().Single(r => (string)r!["resource"]!["name"]! == "settings")!;
        Assert.Equal((2, "data.colour"), ((int)settings["times"]!, (string)settings["fields"]![0]!));
        Assert.Equal([_repository.Git(null, "rev-parse", "HEAD~3"), _repository.Git(null, "rev-parse", "HEAD~2")],
            settings["commits"]!.AsArray().Select(c => (string)c!));
        Assert.Contains(report["rules"]!.AsArray(), r => (string)r!["id"]! == "RPV2002");
        Assert.Contains(report["controls"]!.AsArray(), c => (string)c!["id"]! == "CM-3" && (int)c["findings"]! > 0);
        Assert.Equal(1, (int)report["kinds"]!.AsArray().Single(k => (string)k!["kind"]! == "Deployment")!["summary"]!["replace"]!);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("html")]
    public void TwoRunsGiveTheSameBytesAndObeyNothing(string format)
    {
        var first = _repository.Repave([], "report", "--since", "HEAD~5", "--format", format);
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(first.Output, _repository.Repave([], "report", "--since", "HEAD~5", "--format", format).Output);
        Assert.Contains("Another selector", first.Output, StringComparison.Ordinal);
        if (format is "markdown" or "html")
        {
            Assert.DoesNotContain("<b>again", first.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", first.Output, StringComparison.Ordinal);
        }

        if (format == "markdown")
            Assert.DoesNotContain(" @team", first.Output, StringComparison.Ordinal);
        if (format == "html")
            Assert.Contains("<svg class=\"chart\"", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ASeriesThatIsNoneIsSaid()
    {
        Assert.Contains("No commit since HEAD touches these files.", _repository.Repave([], "report", "--since", "HEAD").Output,
            StringComparison.Ordinal);
        Assert.Equal(0, _repository.Repave([], "report", "--since", "HEAD", "--format", "html").ExitCode);
        Assert.Equal(2, _repository.Repave([], "report", "--since", "no-such-branch").ExitCode);
        Assert.Equal(2, _repository.Repave([], "report").ExitCode);
        Assert.Equal(2, _repository.Repave([], "report", "--since", "HEAD", "-").ExitCode);
        Assert.Equal(2, _repository.Repave([], "report", "--since", "HEAD", "/").ExitCode);
    }

    private JsonNode Report(params string[] arguments)
    {
        var answer = _repository.Repave([], ["report", "k8s", "chart", .. arguments, "--format", "json"]);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        return JsonNode.Parse(answer.Output)!;
    }
}
