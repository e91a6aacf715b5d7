using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Analyzers.CSharp.Starts;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command is run in a running container.</summary>
public sealed class ExecIntoPod : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3003";

    /// <inheritdoc/>
    public override string Title => "Command run in a running pod";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes in a running container is in no image and no manifest, and is gone with the pod. "
        + "Build it into the image, or run a Job with the command that is wanted.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.IKubernetes", "k8s.CoreV1OperationsExtensions", "k8s.ICoreV1Operations"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                await client.NamespacedPodExecAsync("web-0", "shop", "web", ["sh", "-c", "rm -rf /cache"], false, (_, _, _) => Task.CompletedTask, default);
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                await client.BatchV1.CreateNamespacedJobAsync(new V1Job(), "shop");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        [
            "NamespacedPodExec", "MuxedStreamNamespacedPodExec", "WebSocketNamespacedPodExec", "ConnectGetNamespacedPodExec",
            "ConnectPostNamespacedPodExec",
        ];

    internal override string? Judge(IInvocationOperation call) =>
        call.Argument("command") is { } command && Reads(command) ? null
            : "This runs a command in a running container: what it changes is in no image and is lost with the pod. "
        + "Change the image, or run a Job.";

    // A command is one word, or all of its words.
    private static bool Reads(IOperation command) =>
        (TextValues.IsText(command) ? command.PartlyKnownText() is { } word ? [word] : null : command.Words()) is { Count: > 0 } words
            && CommandReader.OnlyReads(new CommandLine(words[0], [.. words.Skip(1)]));
}
