using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An ECS service is deployed again with the task definition that it has.</summary>
public sealed class SameTaskDeployedAgain : CreationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3107";

    /// <inheritdoc/>
    public override string Title => "Deployment without anything new";

    /// <inheritdoc/>
    public override string Category => "Rollout";

    /// <inheritdoc/>
    public override string Reason =>
        "A forced deployment of the same task definition exists only because its image tag moves or a secret changed behind it, "
        + "so nobody can tell what it rolled out. "
        + "Register a task definition with the new image's digest, and deploy that.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.ECS 4.0 (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.ECS.Model.UpdateServiceRequest"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.ECS;
        using Amazon.ECS.Model;

        class Example
        {
            async Task Run(IAmazonECS ecs)
            {
                await ecs.UpdateServiceAsync(new UpdateServiceRequest { Service = "web", ForceNewDeployment = true });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.ECS;
        using Amazon.ECS.Model;

        class Example
        {
            async Task Run(IAmazonECS ecs)
            {
                await ecs.UpdateServiceAsync(new UpdateServiceRequest { Service = "web", TaskDefinition = "web:42" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Amazon.ECS
        {
            public interface IAmazonECS
            {
                Task<object> UpdateServiceAsync(Model.UpdateServiceRequest request, CancellationToken token = default);
                Task<object> ExecuteCommandAsync(Model.ExecuteCommandRequest request, CancellationToken token = default);
                Task<object> RunTaskAsync(Model.RunTaskRequest request, CancellationToken token = default);
            }
        }

        namespace Amazon.ECS.Model
        {
            public class UpdateServiceRequest { public string? Service { get; set; } public string? TaskDefinition { get; set; } public bool? ForceNewDeployment { get; set; } }
            public class ExecuteCommandRequest { public string? Task { get; set; } public string? Command { get; set; } }
            public class RunTaskRequest { public string? TaskDefinition { get; set; } }
        }
        """;

    internal override (string Message, CSharpFix? Fix)? Judge(IObjectCreationOperation creation) =>
        creation.ValueOf("ForceNewDeployment").Flag() == true && creation.Lacks("TaskDefinition")
            ? ("This rolls out the same task definition again, which only a moving tag makes sense of: register one with the new image, "
                + "and deploy that.", null)
            : null;
}
