namespace Repave.Environments.Kubernetes;

/// <summary>The one way to a cluster. What is neither a read nor a dry run does not pass, whoever asks.</summary>
internal sealed class ReadOnlyGate(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string DryRun = "dryRun=All";

    /// <summary>Whether a request can change nothing.</summary>
    public static bool Passes(HttpMethod method, Uri address)
    {
        if (method == HttpMethod.Get)
            return true;
        // Exactly one dryRun, and that with its only value: a second one could be what the server obeys.
        var parameters = address.Query.TrimStart('?').Split('&')
            .Where(p => Uri.UnescapeDataString(p.Split('=')[0]).Equals("dryRun", StringComparison.OrdinalIgnoreCase)).ToList();
        return method == HttpMethod.Patch && parameters is [DryRun];
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Passes(request.Method, request.RequestUri!)
            ? base.SendAsync(request, cancellationToken)
            : throw new InvalidOperationException($"{request.Method} {request.RequestUri} could change the cluster and was not sent.");
}
