using System.Text;
using System.Text.Json;
using Repave.Core.Builds;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Terraform;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary>What an agent may call. Every tool reads, none writes, and none reads what lies outside of the root.</summary>
/// <param name="root">The folder that may be read, which is the current one.</param>
internal sealed class McpTools(string root)
{
    /// <summary>What to know before the first call.</summary>
    public const string Instructions = "Repave checks infrastructure manifests (Kubernetes, Helm, Kustomize, CloudFormation, Compose, "
        + "Dockerfile, Terraform) and says what applying a change does to what runs: create, mutate in place, roll, replace, delete. Run "
        + "'check' after editing a manifest, and 'plan' with from=git:HEAD before proposing a change. All paths start from the workspace's "
        + "root; lines and characters count from 0.";

    private const string PathsSchema =
        """{"type":"array","items":{"type":"string"},"minItems":1,"description":"Files and folders, from the workspace's root."}""";

    private const string EnvironmentSchema = """{"type":"string","description":"The build of this environment alone."}""";

    private const string ExplainSchema =
        """
        {"type":"object","properties":{
        "kind":{"type":"string","description":"A resource type: Deployment, AWS::S3::Bucket."},
        "path":{"type":"string","description":"A field, as in spec.template; all fields if absent."},
        "release":{"type":"string","description":"The platform's release; the newest if absent."}},
        "required":["kind"]}
        """;

    private const string BuildSchema =
        """
        {"type":"object","properties":{
        "path":{"type":"string","description":"The folder of the chart or the kustomization."},
        "values":{"type":"array","items":{"type":"string"},"description":"Files of values; of several the later counts."},
        "set":{"type":"array","items":{"type":"string"},"description":"Single values, as in image.tag=1.2."},
        "release":{"type":"string","description":"The name of the release."},
        "namespace":{"type":"string","description":"The namespace."}},
        "required":["path"]}
        """;

    private const string CheckSchema =
        $$"""
        {"type":"object","properties":{"paths":{{PathsSchema}},"environment":{{EnvironmentSchema}}},"required":["paths"]}
        """;

    private const string PlanSchema =
        $$"""
        {"type":"object","properties":{"paths":{{PathsSchema}},
        "from":{"type":"string","description":"git:REV (git:HEAD for the last commit), or files: manifests, a dump, a snapshot."},
        "environment":{{EnvironmentSchema}}},
        "required":["paths","from"]}
        """;

    private const string RulesSchema =
        """
        {"type":"object","properties":{"id":{"type":"string","description":"A rule, as in RPV1001; all rules if absent."}}}
        """;

    private static readonly (string Name, string Title, string Description, string Schema)[] Tools =
    [
        ("check", "Check manifests", "Checks files and folders, and answers with findings as JSON: rule, severity, message, file, range, "
            + "resource, field.", CheckSchema),
        ("plan", "Plan a change", "Says what making the files real would do to what runs, compared with a baseline: for every resource the "
            + "action, the fields that cause it, and what follows from it. Answers with JSON.", PlanSchema),
        ("explain", "Explain a field", "Says what changing a field of a resource type does: in place, roll or replace, and why.",
            ExplainSchema),
        ("rules", "Rules", "Lists the rules, or explains one with a bad and a good example.", RulesSchema),
        ("build", "Build a chart or an overlay", "Gives the manifests that a Helm chart or a kustomization builds, offline, as JSON.",
            BuildSchema),
    ];

    /// <summary>The names of the tools.</summary>
    public static IEnumerable<string> Names => Tools.Select(tool => tool.Name);

    /// <summary>Whether there is a tool of a name.</summary>
    public static bool Has(string name) => Array.Exists(Tools, tool => tool.Name == name);

    /// <summary>Writes what there is to call.</summary>
    public static void WriteList(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("tools");
        foreach (var (name, title, description, schema) in Tools)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("title", title);
            writer.WriteString("description", description);
            writer.WritePropertyName("inputSchema");
            // A message has one line.
            writer.WriteRawValue(schema.Replace("\r", "", StringComparison.Ordinal).Replace('\n', ' '));
            writer.WriteStartObject("annotations");
            writer.WriteBoolean("readOnlyHint", true);
            writer.WriteBoolean("destructiveHint", false);
            writer.WriteBoolean("idempotentHint", true);
            writer.WriteBoolean("openWorldHint", false);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What it is given: an object, or nothing.</param>
    /// <exception cref="CommandException">It cannot do that.</exception>
    public string Call(string name, JsonElement arguments)
    {
        Complaints.TakeFailures();
        var text = name switch
        {
            "check" => Check(arguments),
            "plan" => Plan(arguments),
            "explain" => Explain(arguments),
            "rules" => Rules(arguments),
            _ => Build(arguments),
        };
        var failures = Complaints.TakeFailures();
        return failures.Count == 0 ? text : $"{text.TrimEnd('\n')}\nNot read: {string.Join(' ', failures)}";
    }

    private string Check(JsonElement arguments)
    {
        var (settings, folder) = SettingsFile.Load(null);
        var run = new CheckRun(settings, folder, Paths(arguments, "paths"), isStaged: false, Text(arguments, "environment"));
        return Written(output => JsonReport.Write(run.Check(new Dictionary<string, string>()), output));
    }

    private string Plan(JsonElement arguments)
    {
        var from = Text(arguments, "from") ?? throw new CommandException("Missing required argument 'from'.");
        if (!from.StartsWith("git:", StringComparison.Ordinal))
            from = Inside(from);
        var (settings, folder) = SettingsFile.Load(null);
        var paths = Paths(arguments, "paths");
        LearntPacks.Load(paths);
        var request = BaselineRequest.Of(paths, settings, from, Text(arguments, "environment"), isStaged: false,
            new Dictionary<string, string>(StringComparer.Ordinal)) with
        {
            SettingsFolder = folder,
            SettingsFile = SettingsFile.Find(null),
            // Environments may name a live platform; an agent asks for files.
            MayAskLive = false,
        };
        return Written(output => PlanJson.Write(EnvironmentRun.Plan(request), output));
    }

    private static string Explain(JsonElement arguments)
    {
        var kind = Text(arguments, "kind") ?? throw new CommandException("Missing required argument 'kind'.");
        var text = new StringBuilder();
        foreach (var line in ExplainCommand.Lines(kind, Text(arguments, "release"), Text(arguments, "path")))
        {
            text.Append(line.Path == "." ? "anything else" : line.Path).Append(": ").Append(ExplainCommand.EffectOf(line));
            if (line.When is not null)
                text.Append(" when ").Append(line.When);
            text.Append(line.Why.Length == 0 ? "\n" : $" ({line.Why})\n");
        }

        return text.ToString();
    }

    private static string Rules(JsonElement arguments)
    {
        if (Text(arguments, "id") is not { } id)
            return string.Join('\n', RuleCatalogue.All.Select(rule => $"{rule.Id} {rule.Severity.ToString().ToLowerInvariant()} "
                + $"{(rule.OnByDefault ? "on" : "off")}: {rule.Title}"));
        return RuleCatalogue.Find(id) is { } found ? RulePage.Of(found) : throw new CommandException($"There is no rule {id}.");
    }

    private string Build(JsonElement arguments)
    {
        var folder = Inside(Text(arguments, "path") ?? throw new CommandException("Missing required argument 'path'."));
        var files = BuildFolder.Around(folder, out var name);
        if (BuildCatalogue.Of(files, name) is not { } tool)
            throw new CommandException($"{folder} holds nothing that can be built: no Chart.yaml and no kustomization.yaml.");
        var result = tool.Build(new BuildRequest(files, name)
        {
            ValuesFiles = [.. Paths(arguments, "values", isRequired: false).Select(file => files.PathOf(file)
                ?? throw new CommandException($"{file} lies outside of the repository."))],
            Set = [.. Texts(arguments, "set")],
            Release = Text(arguments, "release") ?? "release-name",
            Namespace = Text(arguments, "namespace") ?? "default",
            Schemas = new ValuesSchemas(),
        });
        return Written(output => BuildJson.Write(result, output));
    }

    private static string Written(Action<Stream> write)
    {
        using var output = new MemoryStream();
        write(output);
        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    private static string? Text(JsonElement arguments, string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Null => null,
                _ => throw new CommandException($"The argument '{name}' must be text."),
            }
            : null;

    private static List<string> Texts(JsonElement arguments, string name)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(name, out var value)
            || value.ValueKind == JsonValueKind.Null)
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw new CommandException($"The argument '{name}' must be a list of texts.");
        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    private List<string> Paths(JsonElement arguments, string name, bool isRequired = true)
    {
        var given = Texts(arguments, name);
        if (given.Count == 0 && isRequired)
            throw new CommandException($"Missing required argument '{name}'.");
        return [.. given.Select(Inside)];
    }

    // A path from the root; of what lies outside, or is a link that leads there, nothing is said, not even whether it exists.
    private string Inside(string path)
    {
        var full = Path.GetFullPath(path, root);
        if (!WorkspaceFiles.IsIn(full, [root]))
            throw new CommandException($"{path} lies outside of the workspace.");
        return Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/');
    }
}
