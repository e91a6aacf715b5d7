using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>helm is started to force a release, or to go around its sources.</summary>
public sealed class HelmGoesAroundSources : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3806";

    /// <inheritdoc/>
    public override string Title => "helm that forces or goes around its sources";

    /// <inheritdoc/>
    public override string Category => "Drift";

    /// <inheritdoc/>
    public override string Reason =>
        "A release that is forced, rolled back or upgraded with values that no file holds says something else than its sources, "
        + "and the next upgrade undoes the change or fails. "
        + "Change the chart or its values, and upgrade with those.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://helm.sh/docs/helm/helm_upgrade/"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("helm", "upgrade web ./chart --force");
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
                Process.Start("helm", "upgrade web ./chart --values values.yaml");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Release;

    /// <inheritdoc/>
    protected override string Advice => "change the chart or its values, and upgrade with those";
}
