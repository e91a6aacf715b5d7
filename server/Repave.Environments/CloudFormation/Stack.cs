using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repave.Core.Dialects.CloudFormation.Plans;
using Repave.Core.Dialects.CloudFormation.Plans.Drift;
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

    // Stacks of hundreds of resources take minutes.
    private static readonly TimeSpan MostForDetection = TimeSpan.FromMinutes(10);

    private static readonly string[] Reads = ["get-template", "describe-stacks", "describe-stack-resources", "get-stack-policy"];
    private static readonly string[] DriftReads = ["describe-stack-resource-drifts", "describe-stack-drift-detection-status"];
    private const string DetectDrift = "detect-stack-drift";
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
            var lastLook = described.TryGetProperty("DriftInformation", out var looked)
                && looked.TryGetProperty("LastCheckTimestamp", out var time) ? time.GetString() : null;
            var status = described.TryGetProperty("StackStatus", out var s) ? s.GetString() ?? "" : "";
            if (status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) || status.EndsWith("_FAILED", StringComparison.Ordinal))
                notes.Add($"The stack is {status}; what is live may not be what its template says.");
            return new Baseline(NameOf(stack), [Manifest.Parse("stack " + stack, TemplateOf(answers[0].Output))])
            {
                Environment = stack,
                Evidence = new StackEvidence
                {
                    Drift = new Lazy<DriftAnswers>(() => DriftOf(lastLook)),
                    Inputs = ParametersOf(described, notes),
                    LiveNames = NamesOf(answers[2].Output),
                    RollbackAlarms = AlarmsOf(described, out var minutes),
                    MonitoringMinutes = minutes,
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

    // What the last detection found; only where it was asked for, another one is started before.
    private DriftAnswers DriftOf(string? lastLook)
    {
        try
        {
            if (!_options.DetectsDrift)
            {
                return lastLook is null
                    ? new DriftAnswers([], "CloudFormation was never asked what drifted in this stack: --detect-drift asks it.")
                    : ReadDrift($"CloudFormation looked for drift at {lastLook}; --detect-drift has it look again.");
            }

            return Detect() is { } problem ? new DriftAnswers([], $"CloudFormation could not find out what drifted: {problem}.")
                : ReadDrift(null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new DriftAnswers([], "What drifted could not be read: aws answered something that is none of its answers.");
        }
    }

    private DriftAnswers ReadDrift(string? note)
    {
        const int mostPages = 100;
        var pages = new List<string>();
        string? token = null;
        do
        {
            // Of the client's reads this is one that it does not put together by itself.
            var answer = Aws(DriftReads[0], token is null ? [] : ["--next-token", token]);
            if (answer.ExitCode != 0)
                return new DriftAnswers([], $"What drifted could not be read: {ProblemOf(answer)}.");
            using var page = JsonDocument.Parse(answer.Output);
            token = page.RootElement.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
            pages.Add(answer.Output);
        }
        while (token is { Length: > 0 } && pages.Count < mostPages);
        return new DriftAnswers(pages, note);
    }

    // A detection reads resources and writes nothing but its own result.
    private string? Detect()
    {
        var started = Aws(DetectDrift, []);
        if (started.ExitCode != 0)
            return ProblemOf(started);
        using var detection = JsonDocument.Parse(started.Output);
        var id = detection.RootElement.GetProperty("StackDriftDetectionId").GetString()!;
        var end = DateTime.UtcNow + MostForDetection;
        while (DateTime.UtcNow < end)
        {
            var answer = Aws(DriftReads[1], ["--stack-drift-detection-id", id]);
            if (answer.ExitCode != 0)
                return ProblemOf(answer);
            using var document = JsonDocument.Parse(answer.Output);
            switch (document.RootElement.GetProperty("DetectionStatus").GetString())
            {
                case "DETECTION_COMPLETE":
                    return null;
                case "DETECTION_FAILED":
                    return document.RootElement.TryGetProperty("DetectionStatusReason", out var why) ? why.GetString() : "it failed";
                default:
                    Thread.Sleep(1000);
                    break;
            }
        }

        return "it was not done in time";
    }

    private ClientAnswer Aws(string verb, IReadOnlyList<string> arguments)
    {
        if (!Reads.Contains(verb) && !DriftReads.Contains(verb) && !(_options.IsChangeSet && ChangeSets.Contains(verb))
            && !(_options.DetectsDrift && verb == DetectDrift))
            throw new InvalidOperationException($"aws cloudformation {verb} is none of the calls that this environment makes.");
        string[] general = [.. _options.Profile is null ? (string[])[] : ["--profile", _options.Profile],
            .. _options.Endpoint is null ? (string[])[] : ["--endpoint-url", _options.Endpoint]];
        // A detection is asked for by its own id.
        string[] whose = verb == DriftReads[1] ? [] : ["--stack-name", _options.Stack!];
        return ClientProcess.Run("aws", ["cloudformation", verb, .. whose, "--output", "json", .. general, .. arguments],
            ClientProcess.Nowhere, _options.Timeout);
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

    // An alarm's name is the last part of its address: arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors.
    private static List<string> AlarmsOf(JsonElement stack, out int minutes)
    {
        minutes = 0;
        if (!stack.TryGetProperty("RollbackConfiguration", out var configuration))
            return [];
        if (configuration.TryGetProperty("MonitoringTimeInMinutes", out var time))
            minutes = time.GetInt32();
        return [.. (configuration.TryGetProperty("RollbackTriggers", out var triggers) ? triggers.EnumerateArray().ToList() : [])
            .Select(t => t.GetProperty("Arn").GetString() ?? "").Select(arn => arn[(arn.LastIndexOf(':') + 1)..])];
    }

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
