namespace Repave.Environments.Compose;

/// <summary>Docker Engines on which Compose projects run, through docker.</summary>
internal sealed class EngineKind : IEnvironmentKind
{
    private const string Project = "compose-project";
    private const string Profile = "compose-profile";
    private const string DryRun = "compose-dry-run";

    public string Dialect => Engine.Dialect;

    public string NamedBy => Project;

    public string Words => "running containers, read only";

    public IReadOnlyList<EnvironmentOption> Options { get; } =
    [
        new(Project, "With --live: the name of the Compose project, if its files do not say it.") { Value = "NAME" },
        new(Profile, "With --live: the active profiles, separated by commas.") { Value = "NAMES" },
        new(DryRun, "With --live: have 'docker compose --dry-run up' confirm the plan.") { IsFlag = true },
    ];

    public string? ProblemOf(EnvironmentRequest request) => null;

    public ILiveEnvironment Open(EnvironmentRequest request) =>
        new Engine(new EngineOptions(request[Project], request[Profile], request[DryRun] is not null, request.Timeout));
}
