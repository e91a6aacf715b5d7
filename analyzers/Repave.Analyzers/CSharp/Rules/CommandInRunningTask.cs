using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command is run in a running ECS task.</summary>
public sealed class CommandInRunningTask : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3108";

    /// <inheritdoc/>
    public override string Title => "Command run in a running task";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes in a running task is in no image and no task definition, and is gone with the task. "
        + "Build it into the image, or run a task with the command that is wanted.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.ECS 4.0 (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.ECS.IAmazonECS"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.ECS;
        using Amazon.ECS.Model;

        class Example
        {
            async Task Run(IAmazonECS ecs)
            {
                await ecs.ExecuteCommandAsync(new ExecuteCommandRequest { Task = "1", Command = "/bin/sh" });
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
                await ecs.RunTaskAsync(new RunTaskRequest { TaskDefinition = "migrate:7" });
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

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["ExecuteCommand"];

    internal override string? Judge(IInvocationOperation call) =>
        "This runs a command in a running task: what it changes is in no image and is lost with the task. Run a task of its own for it.";
}
