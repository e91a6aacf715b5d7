namespace Repave.Environments.Kubernetes;

/// <summary>Kubernetes clusters, through kubectl.</summary>
internal sealed class ClusterKind : IEnvironmentKind
{
    private const string Context = "context";
    private const string ServerSide = "server-side";

    public string Dialect => Cluster.Dialect;

    public string NamedBy => Context;

    public string Words => "live cluster, read and dry-run only";

    public IReadOnlyList<EnvironmentOption> Options { get; } =
    [
        new(Context, "With --live: the kubectl context, if not the current one."),
        new(ServerSide, "Plan what 'kubectl apply --server-side' would do.") { IsFlag = true, AppliesByServer = true },
    ];

    public string? ProblemOf(EnvironmentRequest request) => null;

    public ILiveEnvironment Open(EnvironmentRequest request) => Cluster.Open(new ClusterOptions(
        request[Context],
        request.Namespace,
        request.PruneSelector,
        request.IsAppliedByServer || request[ServerSide] is not null,
        request.Timeout));
}
