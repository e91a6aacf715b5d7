namespace Repave.Environments.CloudFormation;

/// <summary>CloudFormation's stacks, through aws.</summary>
internal sealed class StackKind : IEnvironmentKind
{
    private const string Name = "stack";
    private const string Profile = "profile";
    private const string Endpoint = "endpoint-url";
    private const string ChangeSet = "change-set";
    private const string Detect = "detect-drift";

    public string Dialect => Stack.Dialect;

    public string NamedBy => Name;

    public string Words => "deployed stack, read only";

    public IReadOnlyList<EnvironmentOption> Options { get; } =
    [
        new(Name, "With --live: the CloudFormation stack that the template is deployed as.") { Value = "NAME" },
        new(Profile, "With --live and --stack: the profile of the aws client.") { Value = "NAME" },
        new(Endpoint, "With --live and --stack: another address of the AWS API.") { Value = "URL" },
        new(ChangeSet, "With --live and --stack: have CloudFormation make a change set, read it, and delete it again.") { IsFlag = true },
        new(Detect, "With --live and --stack: have CloudFormation look for drift first, and wait for it.") { IsFlag = true },
    ];

    public string? ProblemOf(EnvironmentRequest request) =>
        request[Name] is not null ? null
            : request[ChangeSet] is not null ? "--change-set goes with --live --stack NAME."
            : request[Detect] is not null ? "--detect-drift goes with --live --stack NAME." : null;

    public ILiveEnvironment Open(EnvironmentRequest request) =>
        new Stack(new StackOptions(request[Name], request[Profile], request[Endpoint], request[ChangeSet] is not null,
            request[Detect] is not null, request.Timeout));
}
