using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A container image of the CDK whose tag moves.</summary>
public sealed class RegistryImageMoves : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3203";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves, in the CDK";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image after the next push, "
        + "so a restarted task runs something that nobody rolled out. "
        + "Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.ContainerImage.html"];

    /// <inheritdoc/>
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.CDK.AWS.ECS.ContainerImage"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.ECS;

        class Example : Stack
        {
            void Build()
            {
                var image = ContainerImage.FromRegistry("registry.example.com/web");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.ECS;

        class Example : Stack
        {
            void Build()
            {
                var image = ContainerImage.FromRegistry("registry.example.com/web:1.4.2");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["FromRegistry", "FromEcrRepository"];

    internal override string? Judge(IInvocationOperation call) =>
        call.TargetMethod.Name == "FromEcrRepository"
            ? call.Arguments.FirstOrDefault(a => a.Parameter?.Name == "tag") is { } tag && tag.ArgumentKind != ArgumentKind.DefaultValue
                && tag.Value.Text() is not "latest"
                ? null
                : "The image is the one tagged latest at the time that a task starts: name a version."
            : call.Arguments.FirstOrDefault() is { } name ? MovingImage.Judge(name.Value) : null;
}
