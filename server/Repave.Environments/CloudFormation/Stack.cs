using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repave.Core.Dialects.CloudFormation.Plans;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Environments.Clients;

namespace Repave.Environments.CloudFormation;

/// <summary>A deployed stack, read through the aws client: its template, the values of its parameters, and the names of its resources. Only
/// a change set that was asked for is ever made, read and deleted again.</summary>
internal sealed class Stack : ILiveEnvironment
{
    /// <summary>The dialect whose environment this is.</summary>
    public const string Dialect = "cloudformation";

    private const int MaxTemplateBody = 51_200;
    private const string ChangeSetName = "repave-preview";

    private static readonly string[] Reads = ["get-template", "describe-stacks", "describe-stack-resources", "get-stack-policy"];
    private static readonly string[] ChangeSets = ["create-change-set", "describe-change-set", "delete-change-set"];

    private readonly StackOptions _options;

    public Stack(StackOptions options) => _options = options;

    public void Dispose()
    {
    }

    public Baseline Read(IReadOnlyList<Resource> desired, Action<int, int> progress)
    {
        if (_options.Stack is not { Length: > 0 } stack)
            return Unreadable(desired, "no stack was named (--stack NAME)");
        if (desired.Select(r => r.Manifest.Path).Distinct().Skip(1).Any())
            return Unreadable(desired, $"a stack has one template, and these are several: name the one of {stack}");
        progress(0, Reads.Length);
        var answers = new ClientAnswer[Reads.Length];
        var done = 0;
        Parallel.For(0, Reads.Length, i =>
        {
            answers[i] = Aws(Reads[i], Reads[i] == "get-template" ? ["--template-stage", "Original"] : []);
            progress(Interlocked.Increment(ref done), Reads.Length);
        });
        // Who may not read the policy is told so, and gets the rest.
        if (answers.Take(3).FirstOrDefault(a => a.ExitCode != 0) is { } failed)
        {
            var problem = ProblemOf(failed);
            return problem.Contains("does not exist", StringComparison.Ordinal)
                ? new Baseline(NameOf(stack), [])
                {
                    Environment = stack,
                    Notes = [$"There is no stack {stack} yet, so everything is created."],
                }
                : Unreadable(desired, problem);
        }

        try
        {
            var notes = new List<string>();
            using var stacks = JsonDocument.Parse(answers[1].Output);
            var described = stacks.RootElement.GetProperty("Stacks")[0];
            var status = described.TryGetProperty("StackStatus", out var s) ? s.GetString() ?? "" : "";
            if (status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) || status.EndsWith("_FAILED", StringComparison.Ordinal))
                notes.Add($"The stack is {status}; what is live may not be what its template says.");
            return new Baseline(NameOf(stack), [Manifest.Parse("stack " + stack, TemplateOf(answers[0].Output))])
            {
                Environment = stack,
                Evidence = new StackEvidence
                {
                    Inputs = ParametersOf(described, notes),
                    LiveNames = NamesOf(answers[2].Output),
                    UpdatePolicy = PolicyOf(answers[3], notes),
                },
                Notes = notes,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            return Unreadable(desired, "aws answered something that is none of its answers");
        }
    }

    public Baseline Try(Plan plan, Baseline baseline, Action<int, int> progress)
    {
        if (!_options.IsChangeSet || baseline.Manifests.Count == 0
            || plan.Changes.FirstOrDefault(c => c.Desired is not null)?.Desired is not { } one)
            return baseline;
        var text = one.Manifest.Source.Text.Content;
        if (text.Length > MaxTemplateBody)
            return baseline with
            {
                Notes = [.. baseline.Notes, "The template is longer than a change set takes without an upload "
                + $"({MaxTemplateBody:N0} characters); it is planned by what is published."]
            };
        progress(0, 3);
        var evidence = baseline.Evidence as StackEvidence ?? StackEvidence.None;
        string[] parameters = evidence.Inputs.Count == 0 ? [] : ["--parameters",
            new JsonArray([.. evidence.Inputs.Select(i => new JsonObject { ["ParameterKey"] = i.Key, ["ParameterValue"] = i.Value })])
                .ToJsonString()];
        var made = Aws("create-change-set", ["--change-set-name", ChangeSetName, "--change-set-type", "UPDATE", "--template-body", text,
            "--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND", .. parameters]);
        if (made.ExitCode != 0)
            return baseline with
            {
                Notes = [.. baseline.Notes, $"No change set could be made ({ProblemOf(made)}); the plan is by what is published."],
            };
        progress(1, 3);
        try
        {
            var verdicts = Await(plan, out var problem);
            progress(2, 3);
            return problem is null ? baseline with { Evidence = evidence with { Replacements = verdicts } }
                : baseline with { Notes = [.. baseline.Notes, $"The change set says: {problem}"] };
        }
        finally
        {
            Aws("delete-change-set", ["--change-set-name", ChangeSetName]);
            progress(3, 3);
        }
    }

    public Baseline ReadAll(IReadOnlyList<string> namespaces, Action<int, int> progress) => Read([], progress);

    private Dictionary<ResourceId, bool> Await(Plan plan, out string? problem)
    {
        problem = "it was not ready in time";
        var verdicts = new Dictionary<ResourceId, bool>();
        var end = DateTime.UtcNow + _options.Timeout;
        while (DateTime.UtcNow < end)
        {
            var answer = Aws("describe-change-set", ["--change-set-name", ChangeSetName]);
            if (answer.ExitCode != 0)
            {
                problem = ProblemOf(answer);
                return verdicts;
            }

            using var document = JsonDocument.Parse(answer.Output);
            var status = document.RootElement.GetProperty("Status").GetString();
            if (status is not ("CREATE_COMPLETE" or "FAILED"))
            {
                Thread.Sleep(500);
                continue;
            }

            var reason = document.RootElement.TryGetProperty("StatusReason", out var said) ? said.GetString() : null;
            // A change set without changes is a failed one to AWS.
            problem = status == "FAILED" && reason?.Contains("didn't contain changes", StringComparison.Ordinal) != true
                ? reason ?? "it failed"
                : null;
            foreach (var change in document.RootElement.TryGetProperty("Changes", out var changes) ? changes.EnumerateArray() : default)
            {
                var resource = change.GetProperty("ResourceChange");
                if (resource.TryGetProperty("Replacement", out var replacement) && replacement.GetString() is "True" or "False"
                    && plan.Changes.FirstOrDefault(c => c.Id.Name == resource.GetProperty("LogicalResourceId").GetString()) is { } planned)
                    verdicts[planned.Id] = replacement.GetString() == "True";
            }

            return verdicts;
        }

        return verdicts;
    }

    private ClientAnswer Aws(string verb, IReadOnlyList<string> arguments)
    {
        if (!Reads.Contains(verb) && !(_options.IsChangeSet && ChangeSets.Contains(verb)))
            throw new InvalidOperationException($"aws cloudformation {verb} is none of the calls that this environment makes.");
        string[] general = [.. _options.Profile is null ? (string[])[] : ["--profile", _options.Profile],
            .. _options.Endpoint is null ? (string[])[] : ["--endpoint-url", _options.Endpoint]];
        return ClientProcess.Run("aws",
            ["cloudformation", verb, "--stack-name", _options.Stack!, "--output", "json", .. general, .. arguments], ClientProcess.Nowhere,
            _options.Timeout);
    }

    // "An error occurred (ValidationError) when calling the GetTemplate operation: Stack with id x does not exist"
    private static string ProblemOf(ClientAnswer answer)
    {
        var error = answer.Error.Trim().Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0) ?? "";
        return error.Length == 0 ? "aws failed without a word" : error.TrimEnd('.');
    }

    private Baseline Unreadable(IReadOnlyList<Resource> desired, string problem) =>
        new(NameOf(_options.Stack ?? "(none named)"), [])
        {
            Unreadable = desired.Select(r => r.Id).Distinct().ToDictionary(id => id, _ => problem),
            Notes = [$"The stack could not be read: {problem}."],
        };

    private static string NameOf(string stack) =>
        $"stack {stack}, {DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";

    // A YAML template comes as a text, a JSON template as it is.
    private static string TemplateOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        var body = document.RootElement.GetProperty("TemplateBody");
        return body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
    }

    private static Dictionary<string, string> ParametersOf(JsonElement stack, List<string> notes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in stack.TryGetProperty("Parameters", out var all) ? all.EnumerateArray() : default)
        {
            // What is not to be echoed is not: one value for it is as good as another on both sides.
            if (parameter.GetProperty("ParameterValue").GetString() is { } value && value.Trim('*').Length > 0)
                values[parameter.GetProperty("ParameterKey").GetString()!] = value;
        }

        if (values.Count > 0)
            notes.Add("Parameters are taken to keep the values that the stack has.");
        return values;
    }

    private static string? PolicyOf(ClientAnswer answer, List<string> notes)
    {
        if (answer.ExitCode != 0)
        {
            notes.Add($"The stack's policy could not be read: {ProblemOf(answer)}.");
            return null;
        }

        // Without a policy aws may answer with nothing at all.
        if (string.IsNullOrWhiteSpace(answer.Output))
            return null;
        using var document = JsonDocument.Parse(answer.Output);
        return document.RootElement.TryGetProperty("StackPolicyBody", out var body) ? body.GetString() : null;
    }

    private static Dictionary<string, string> NamesOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in document.RootElement.GetProperty("StackResources").EnumerateArray())
        {
            if (resource.TryGetProperty("PhysicalResourceId", out var physical) && physical.GetString() is { Length: > 0 } name)
                names[resource.GetProperty("LogicalResourceId").GetString()!] = name;
        }

        return names;
    }
}
