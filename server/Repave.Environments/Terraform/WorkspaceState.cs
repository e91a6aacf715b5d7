using System.Globalization;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Environments.Clients;

namespace Repave.Environments.Terraform;

/// <summary>
/// The state of a root module, read through terraform or tofu (<c>state pull</c>) from wherever its backend keeps it. Nothing is locked,
/// refreshed or written. Asked to refresh, terraform reads the real objects as well (<c>plan -refresh-only</c>) and keeps nothing of it.
/// </summary>
/// <param name="workspace">The workspace; null for the one that is selected.</param>
/// <param name="refreshes">Whether the real objects are read, which starts the folder's providers with the user's credentials.</param>
/// <param name="timeout">How long reading the state may take.</param>
internal sealed class WorkspaceState(string? workspace, bool refreshes, TimeSpan timeout) : ILiveEnvironment
{
    /// <summary>The dialect whose environment this is.</summary>
    public const string Dialect = "terraform";

    private static readonly string[] Pull = ["state", "pull"];
    // Some hundred resources, each asked of its API, take minutes.
    private static readonly TimeSpan MostForRefresh = TimeSpan.FromMinutes(10);
    private static readonly string[] Extensions = [".tf", ".tf.json", ".tofu", ".tofu.json"];

    public void Dispose()
    {
    }

    public Baseline Read(IReadOnlyList<Resource> desired, Action<int, int> progress)
    {
        if (RootOf(desired, out var problem) is not { } folder)
            return Unreadable(desired, problem);
        progress(0, 1);
        // Files of its own make a configuration OpenTofu's.
        string[] programs = desired.Any(r => r.Manifest.Path.EndsWith(".tofu", StringComparison.Ordinal)) ? ["tofu", "terraform"]
            : ["terraform", "tofu"];
        var program = programs.FirstOrDefault(p => ClientPath.Find(p, out _) is not null) ?? programs[0];
        var answer = ClientProcess.Run(program, Pull, folder, timeout, variables: Clean);
        if (answer.ExitCode == 0 && refreshes && !string.IsNullOrWhiteSpace(answer.Output))
            answer = Refreshed(program, folder);
        progress(1, 1);
        if (answer.ExitCode != 0)
            return Unreadable(desired, ProblemOf(program, answer));
        var name = NameOf(workspace);
        // A configuration that was never applied has no state at all.
        return string.IsNullOrWhiteSpace(answer.Output)
            ? new Baseline(name, [Manifest.Parse("terraform.tfstate", Nothing)])
            {
                Environment = workspace,
                IsEarlierState = true,
                Notes = ["There is no state yet, so everything is created."],
            }
            : new Baseline(name, [Manifest.Parse("terraform.tfstate", answer.Output)]) { Environment = workspace, IsEarlierState = true };
    }

    public Baseline Try(Plan plan, Baseline baseline, Action<int, int> progress) => baseline;

    public Baseline ReadAll(IReadOnlyList<string> namespaces, Action<int, int> progress) => Read([], progress);

    // What 'show -json' prints of a refresh-only plan: the state as it is now, and what drifted. The plan holds secrets, so that
    // nobody else may read its folder, and it is gone afterwards.
    private ClientAnswer Refreshed(string program, string folder)
    {
        var place = Directory.CreateTempSubdirectory("repave-");
        try
        {
            var file = Path.Combine(place.FullName, "plan");
            var planned = ClientProcess.Run(program, ["plan", "-refresh-only", "-lock=false", "-input=false", "-no-color", $"-out={file}"],
                folder, MostForRefresh, variables: Clean);
            return planned.ExitCode == 0 ? ClientProcess.Run(program, ["show", "-json", file], folder, MostForRefresh, variables: Clean)
                : planned;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private const string Nothing = """{"version":4,"terraform_version":"0","resources":[]}""";

    // Whoever sets arguments for every call of terraform means his own calls, not these.
    private void Clean(IDictionary<string, string?> variables)
    {
        foreach (var name in variables.Keys.Where(n => n.StartsWith("TF_CLI_ARGS", StringComparison.Ordinal)
            || n.StartsWith("TF_LOG", StringComparison.Ordinal)).ToList())
            variables.Remove(name);
        variables["TF_INPUT"] = "0";
        variables["TF_IN_AUTOMATION"] = "1";
        variables["CHECKPOINT_DISABLE"] = "1";
        if (workspace is not null)
            variables["TF_WORKSPACE"] = workspace;
    }

    // The folder that was initialised; where none was, the only one, or the one that holds all others.
    private static string? RootOf(IReadOnlyList<Resource> desired, out string problem)
    {
        problem = "";
        var folders = desired.Select(r => r.Manifest.Path).Where(p => Extensions.Any(e => p.EndsWith(e, StringComparison.Ordinal)))
            .Select(p => Path.GetFullPath(Path.GetDirectoryName(p) is { Length: > 0 } folder ? folder : ".")).Distinct().ToList();
        var roots = folders.Where(f => Directory.Exists(Path.Combine(f, ".terraform"))).ToList();
        if (roots.Count == 0)
            roots = [.. folders.Where(f => folders.TrueForAll(other => other == f || other.StartsWith(f + Path.DirectorySeparatorChar,
                StringComparison.Ordinal)))];
        if (roots.Count == 1)
            return roots[0];
        problem = roots.Count == 0 ? "no root module was named" : "a state is of one root module, and these are several: name one";
        return null;
    }

    private static string ProblemOf(string program, ClientAnswer answer)
    {
        var lines = answer.Error.Split('\n').Select(l => l.Trim(' ', '\r', '│', '╷', '╵')).Where(l => l.Length > 0).ToList();
        var error = lines.Find(l => l.Contains("Error:", StringComparison.Ordinal)) ?? lines.FirstOrDefault();
        return error is null ? $"{program} failed without a word" : Plain(error).TrimEnd('.');
    }

    // Without the colours that it may print.
    private static string Plain(string text)
    {
        var plain = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
                i = text.IndexOf('m', i) is var end and >= 0 ? end : text.Length;
            else
                plain.Append(text[i]);
        }

        return plain.ToString().Trim();
    }

    private Baseline Unreadable(IReadOnlyList<Resource> desired, string problem) => new(NameOf(workspace), [])
    {
        Unreadable = desired.Select(r => r.Id).Distinct().ToDictionary(id => id, _ => problem),
        Notes = [$"The state could not be read: {problem}."],
    };

    private static string NameOf(string? workspace) => (workspace is null ? "state, " : $"state of workspace {workspace}, ")
        + $"{DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
}
