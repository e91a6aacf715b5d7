using Repave.Core.Commands;
namespace Repave.Analyzers.CSharp.Rules;

/// <summary>kubectl is started to change live objects.</summary>
public sealed class KubectlChangesLiveObjects : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3801";

    /// <inheritdoc/>
    public override string Title => "kubectl that changes live objects";

    /// <inheritdoc/>
    public override string Category => "Drift";

    /// <inheritdoc/>
    public override string Reason =>
        "An object that a command changes says something else than the manifest that it was applied from, "
        + "and the next roll-out undoes the change or fights it. "
        + "Change the manifest, and apply that.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/overview/working-with-objects/object-management/"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("kubectl", "set image deployment/web web=registry.example.com/web:1.4.3");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("kubectl", "apply -f manifests/");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Live;

    /// <inheritdoc/>
    protected override string Advice => "change the manifest, and apply that";
}
