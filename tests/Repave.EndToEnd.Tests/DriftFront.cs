using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Repave.EndToEnd.Tests;

/// <summary>Stands before moto, which finds no drift: compares the live queues with what their template says when it is asked to, as
/// CloudFormation does, passes everything else on, and keeps the names of all calls.</summary>
internal sealed class DriftFront : IDisposable
{
    /// <summary>When it looked.</summary>
    public const string Time = "2026-11-27T10:00:00+00:00";

    private const string Delay = "5";
    private const string Name = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();
    private readonly string _behind;
    private readonly Func<IReadOnlyDictionary<string, string?>> _delays;
    private IReadOnlyDictionary<string, string?>? _found;

    public DriftFront(string behind, Func<IReadOnlyDictionary<string, string?>> delays)
    {
        (_behind, _delays) = (behind, delays);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    /// <summary>The calls that came.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Seen { get; } = [];

    /// <summary>Looks for drift.</summary>
    public void Detect() => _found = _delays();

    public void Dispose()
    {
        _listener.Close();
        _client.Dispose();
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => Answer(context));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        var action = body.Split('&').First(p => p.StartsWith("Action=", StringComparison.Ordinal))["Action=".Length..];
        Seen.Add(action);
        var text = action switch
        {
            "DetectStackDrift" => Detected(),
            "DescribeStackDriftDetectionStatus" => Wrap(action, "<StackId>it</StackId><StackDriftDetectionId>1</StackDriftDetectionId>"
                + $"<DetectionStatus>DETECTION_COMPLETE</DetectionStatus><Timestamp>{Time}</Timestamp>"),
            "DescribeStackResourceDrifts" => Wrap(action, $"<StackResourceDrifts>{Drifts()}</StackResourceDrifts>"),
            _ => await Pass(context.Request, body, action),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/xml";
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    private string Detected()
    {
        Detect();
        return Wrap("DetectStackDrift", "<StackDriftDetectionId>1</StackDriftDetectionId>");
    }

    private string Drifts()
    {
        var all = new StringBuilder();
        foreach (var (name, delay) in _found!)
        {
            var isSame = delay == (name == "Orders" ? Delay : "0");
            var differences = isSame || delay is null ? "" : "<PropertyDifferences><member><PropertyPath>/DelaySeconds</PropertyPath>"
                + $"<ExpectedValue>{Delay}</ExpectedValue><ActualValue>{delay}</ActualValue><DifferenceType>NOT_EQUAL</DifferenceType>"
                + "</member></PropertyDifferences>";
            all.Append(Member(name, "AWS::SQS::Queue", delay is null ? "DELETED" : isSame ? "IN_SYNC" : "MODIFIED", differences));
        }

        return all.Append(Member("Events", "AWS::SNS::Topic", "NOT_CHECKED", "")).ToString();
    }

    private static string Member(string name, string type, string status, string differences) =>
        $"<member><StackId>it</StackId><LogicalResourceId>{name}</LogicalResourceId><PhysicalResourceId>{name}</PhysicalResourceId>"
        + $"<ResourceType>{type}</ResourceType><StackResourceDriftStatus>{status}</StackResourceDriftStatus>{differences}"
        + $"<Timestamp>{Time}</Timestamp></member>";

    private static string Wrap(string action, string result) =>
        $"<{action}Response xmlns=\"{Name}\"><{action}Result>{result}</{action}Result></{action}Response>";

    private async Task<string> Pass(HttpListenerRequest request, string body, string action)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), _behind + request.RawUrl)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (request.Headers["Authorization"] is { } authorization)
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _client.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        return action != "DescribeStacks" || _found is null ? text : text.Replace("<StackName>",
            $"<DriftInformation><StackDriftStatus>DRIFTED</StackDriftStatus><LastCheckTimestamp>{Time}</LastCheckTimestamp>"
            + "</DriftInformation><StackName>", StringComparison.Ordinal);
    }
}
