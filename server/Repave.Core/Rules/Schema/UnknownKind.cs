namespace Repave.Core.Rules.Schema;

/// <summary>A kind that neither the release nor the checked files define.</summary>
public sealed class UnknownKind : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0019")!;

    /// <inheritdoc/>
    public override string Id => "RPV0019";

    /// <inheritdoc/>
    public override string Title => "Kind without a schema";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Nothing is known of the kind, so its resources were not validated. "
        + "Give the file with its CustomResourceDefinition to the check as well.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: shop.example.com/v1
        kind: Voucher
        metadata:
          name: spring
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: vouchers.shop.example.com
        spec:
          group: shop.example.com
          scope: Namespaced
          names:
            kind: Voucher
            plural: vouchers
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
        ---
        apiVersion: shop.example.com/v1
        kind: Voucher
        metadata:
          name: spring
        """;
}
