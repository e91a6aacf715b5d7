namespace Repave.EndToEnd.Tests.Records;

/// <summary>A git repository with manifests, a chart, settings and exceptions, in which two people have changed something.</summary>
internal sealed class RecordRepository : IDisposable
{
    private const string FirstDate = "2026-03-01T10:00:00+01:00";
    private const string SecondDate = "2026-03-05T12:30:00+01:00";

    public RecordRepository()
    {
        Git(null, "init", "--quiet");
        Write(".repave.yaml", "rules:\n  # the registry keeps tags\n  RPV1001: off\n");
        Write("k8s/web.yaml", Web("1.4.2"));
        Write("k8s/settings.yaml", Settings("blue"));
        Write("chart/Chart.yaml", "apiVersion: v2\nname: side\nversion: 1.0.0\n");
        Write("chart/values.yaml", "colour: green\n");
        Write("chart/templates/_names.tpl", "{{- define \"side.name\" -}}side-{{ .Release.Name }}{{- end -}}\n");
        Write("chart/templates/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ include \"side.name\" . }}\n"
            + "data:\n  colour: {{ .Values.colour }}\n");
        Commit("Ada", FirstDate, "First state");
        Write("k8s/web.yaml", Web("1.5.0"));
        Write("chart/values.yaml", "colour: red\n");
        Commit("Grace", SecondDate, "Web goes to 1.5.0\n\nThe payment provider asks for it; ticket PAY-12.");
    }

    /// <summary>Its folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("repave-record-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public static string Web(string version) => $"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
          selector:
            matchLabels: {"{"}app: web{"}"}
          template:
            metadata:
              labels: {"{"}app: web{"}"}
            spec:
              containers:
                - name: web
                  # repave: ignore RPV1007 -- signed by the build
                  image: registry.example.com/web:{version}

        """;

    public static string Settings(string colour) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: {colour}\n";

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Commit(string author, string date, string message)
    {
        Git(null, "add", "-A");
        Git(date, "-c", $"user.name={author}", "-c", $"user.email={author}@example.com", "commit", "--quiet", "-m", message);
    }

    public string Git(string? date, params string[] arguments)
    {
        string[] dates = date is null ? [] : [$"GIT_AUTHOR_DATE={date}", $"GIT_COMMITTER_DATE={date}"];
        var answer = Tool.Run(Folder, "env", [.. dates, "git", .. arguments]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return answer.Output.Trim();
    }

    /// <summary>Runs the tool without what this machine's own CI may say, and with other variables.</summary>
    public Answer Repave(string[] variables, params string[] arguments) => Tool.Run(Folder, "env",
    [
        .. ((string[])["SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "GITLAB_CI", "BUILD_BUILDURI", "JENKINS_URL"]).SelectMany(name =>
            (string[])["-u", name]), .. variables, .. Tool.Command, .. arguments,
    ]);

    /// <summary>Writes a record into a file outside of what is planned.</summary>
    public string Record(string format, params string[] arguments)
    {
        var answer = Repave([], ["plan", .. arguments, "--format", format]);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        var file = Path.Combine(Folder, ".git", $"record.{format}");
        File.WriteAllText(file, answer.Output);
        return file;
    }
}
