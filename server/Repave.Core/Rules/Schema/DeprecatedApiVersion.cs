namespace Repave.Core.Rules.Schema;

/// <summary>An apiVersion that is deprecated.</summary>
public sealed class DeprecatedApiVersion : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0018")!;

    /// <inheritdoc/>
    public override string Id => "RPV0018";

    /// <inheritdoc/>
    public override string Title => "apiVersion that will be removed";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A deprecated apiVersion still works and will not be served by a later release, "
        + "so an upgrade of the cluster breaks the next roll-out. "
        + "Move to the successor that the message names.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: networking.k8s.io/v1beta1
        kind: ServiceCIDR
        metadata:
          name: extra
        spec:
          cidrs:
            - 10.3.0.0/24
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata:
          name: extra
        spec:
          cidrs:
            - 10.3.0.0/24
        """;
}
