namespace Repave.Environments.Terraform;

/// <summary>States that Terraform's and OpenTofu's backends keep, through terraform or tofu.</summary>
internal sealed class WorkspaceStateKind : IEnvironmentKind
{
    private const string Workspace = "terraform-workspace";
    private const string Refresh = "refresh";

    public string Dialect => WorkspaceState.Dialect;

    public string NamedBy => Workspace;

    public string Words => "state of the backend, read only";

    public IReadOnlyList<EnvironmentOption> Options { get; } =
    [
        new(Workspace, "With --live: the workspace of Terraform whose state is read; by default the one that is selected.")
        {
            Value = "NAME",
        },
        new(Refresh, "With --live: have terraform read the real objects, too ('plan -refresh-only' without a lock; the result is not "
            + "kept). It starts the providers of that folder, with your credentials.") { IsFlag = true },
    ];

    public string? ProblemOf(EnvironmentRequest request) => null;

    public ILiveEnvironment Open(EnvironmentRequest request) =>
        new WorkspaceState(request[Workspace], request[Refresh] is not null, request.Timeout);
}
