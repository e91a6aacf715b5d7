using Repave.Environments.Kubernetes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Nothing that could change a cluster passes.</summary>
public class ReadOnlyGateTests
{
    [Theory]
    [InlineData("GET", "api/v1/pods?limit=5", true)]
    [InlineData("PATCH", "api/v1/pods/a?dryRun=All&fieldManager=kubectl", true)]
    [InlineData("PATCH", "api/v1/pods/a", false)]
    [InlineData("PATCH", "api/v1/pods/a?dryRun=", false)]
    [InlineData("PATCH", "api/v1/pods/a?dryRun=None", false)]
    [InlineData("PATCH", "api/v1/pods/a?dryRun=All&dryRun=None", false)]
    [InlineData("PATCH", "api/v1/pods/a?dryRun=All&dryRun=", false)]
    [InlineData("PATCH", "api/v1/pods/a?dryRun=All&dryRu%6E=x", false)]
    [InlineData("PATCH", "api/v1/pods/a?x=dryRun=All", false)]
    [InlineData("PATCH", "api/v1/pods/dryRun=All", false)]
    [InlineData("POST", "api/v1/pods?dryRun=All", false)]
    [InlineData("PUT", "api/v1/pods/a?dryRun=All", false)]
    [InlineData("DELETE", "api/v1/pods/a?dryRun=All", false)]
    public void OnlyReadsAndDryRunsPass(string method, string path, bool passes) =>
        Assert.Equal(passes, ReadOnlyGate.Passes(new HttpMethod(method), new Uri(new Uri("http://localhost/"), path)));

    [Fact]
    public async Task WhatDoesNotPassIsNotSent()
    {
        using var client = new HttpClient(new ReadOnlyGate(new Unreachable()));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.DeleteAsync(new Uri("http://localhost/api/v1/namespaces/default")));
    }

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidProgramException("it was sent");
    }
}
