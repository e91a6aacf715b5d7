using System.Net;
using System.Text;
using System.Text.Json;
using Repave.Core.Plans;

namespace Repave.Environments.Kubernetes;

/// <summary>What an API server answered.</summary>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Body">The body; empty if there was no answer.</param>
/// <param name="Problem">What is wrong, for people; null if nothing is.</param>
/// <param name="Fields">The fields that a refusal blames.</param>
internal sealed record ApiAnswer(HttpStatusCode? Status, string Body, string? Problem, IReadOnlyList<string> Fields)
{
    /// <summary>Whether the server did what it was asked to.</summary>
    public bool Succeeded => Problem is null;

    /// <summary>Whether what was asked for is not there.</summary>
    public bool IsAbsent => Status == HttpStatusCode.NotFound;

    /// <summary>Whether the login has no right to ask.</summary>
    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>Whether the server itself judged the object, and refused it.</summary>
    public bool IsRefusal => Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest or HttpStatusCode.Conflict
        or HttpStatusCode.NotFound or HttpStatusCode.Forbidden;
}

/// <summary>Asks an API server, a bounded number of questions at a time. When it is gone or the login does not count, no further question
/// is asked.</summary>
internal sealed class ApiClient(HttpClient client, string context, TimeSpan timeout)
{
    private const int MaxFailures = 3;
    private const int MaxAtOnce = 8;

    private int _failures;
    private string? _broken;

    /// <summary>Reads an address.</summary>
    public Task<ApiAnswer> Get(string path) => Send(HttpMethod.Get, path, null, null);

    /// <summary>Asks what a patch would store.</summary>
    public Task<ApiAnswer> DryRun(string path, ApplyRequest request) =>
        Send(HttpMethod.Patch, $"{path}?dryRun=All&fieldManager={Uri.EscapeDataString(request.Manager)}"
            + (request.IsByServer ? $"&force={(request.ForcesConflicts ? "true" : "false")}" : ""), request.ContentType, request.Body);

    /// <summary>Does work for every item, some at a time, and tells how far it has come.</summary>
    public static void ForEach<T>(IReadOnlyList<T> items, Action<int, int> progress, Func<T, Task> work)
    {
        var done = 0;
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce }, async (item, _) =>
        {
            await work(item);
            progress(Interlocked.Increment(ref done), items.Count);
        }).GetAwaiter().GetResult();
    }

    private async Task<ApiAnswer> Send(HttpMethod method, string path, string? contentType, string? body)
    {
        if (_broken is { } broken)
            return new ApiAnswer(null, "", broken, []);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new(contentType!);
        }

        using var limit = new CancellationTokenSource(timeout);
        try
        {
            using var response = await client.SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            return Judge(response.StatusCode, text);
        }
        catch (OperationCanceledException)
        {
            return Lost($"the server did not answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Lost("the connection to kubectl's proxy broke");
        }
    }

    private ApiAnswer Judge(HttpStatusCode status, string text)
    {
        if ((int)status < 300)
        {
            Volatile.Write(ref _failures, 0);
            return new ApiAnswer(status, text, null, []);
        }

        var (message, fields) = StatusOf(text);
        switch (status)
        {
            case HttpStatusCode.Unauthorized:
                _broken = $"the login of context {context} is not valid or has expired: log in again";
                return new ApiAnswer(status, text, _broken, []);
            case HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                return Lost($"the server cannot be reached{(message.Length == 0 ? "" : $" ({message})")}");
            default:
                Volatile.Write(ref _failures, 0);
                return new ApiAnswer(status, text, message.Length == 0 ? $"the server answered {(int)status}" : message, fields);
        }
    }

    private ApiAnswer Lost(string problem)
    {
        if (Interlocked.Increment(ref _failures) >= MaxFailures)
            _broken = problem;
        return new ApiAnswer(null, "", problem, []);
    }

    // A Status object, or what a proxy says in plain text.
    private static (string Message, IReadOnlyList<string> Fields) StatusOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var message = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("message", out var said) ? said.GetString() ?? ""
                : "";
            var fields = new List<string>();
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("details", out var details)
                && details.ValueKind == JsonValueKind.Object && details.TryGetProperty("causes", out var causes)
                && causes.ValueKind == JsonValueKind.Array)
            {
                foreach (var cause in causes.EnumerateArray())
                {
                    if (cause.TryGetProperty("field", out var field) && field.GetString() is { Length: > 0 } name)
                        fields.Add(name);
                }
            }

            return (message, fields);
        }
        catch (JsonException)
        {
            var line = text.Trim().Split('\n')[0];
            return (line.Length > 200 ? line[..200] : line, []);
        }
    }
}
