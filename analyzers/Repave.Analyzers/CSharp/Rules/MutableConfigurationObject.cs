using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A ConfigMap or Secret object that may be changed under the pods that use it.</summary>
public sealed class MutableConfigurationObject : CreationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3007";

    /// <inheritdoc/>
    public override string Title => "Configuration that may change in place, in a Kubernetes object";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A ConfigMap or Secret that is not immutable can change under running pods, so two pods of one template behave differently. "
        + "Make it immutable, and give it a new name with new content.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.Models.V1ConfigMap", "k8s.Models.V1Secret"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "settings" } };
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
                var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "settings-7f3a" }, Immutable = true };
            }
        }
        """;

    internal override (string Message, CSharpFix? Fix)? Judge(IObjectCreationOperation creation) =>
        creation.Initializer is not null && creation.Lacks("Immutable")
            ? ($"This {creation.Type!.Name.Substring(2)} may change under the pods that use it: set Immutable, "
                + "and name it for its content.", CSharpFix.Set("Immutable", "true"))
            : null;
}
