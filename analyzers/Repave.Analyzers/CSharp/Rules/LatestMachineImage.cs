using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>The newest machine image at each deployment.</summary>
public sealed class LatestMachineImage : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3202";

    /// <inheritdoc/>
    public override string Title => "Machine image that moves";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "The newest image is looked up at each deployment, so an instance is replaced because somebody published an image, "
        + "in the middle of a change that has nothing to do with it. "
        + "Name an image, or cache the looked-up one in the context, where it changes by a commit.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/cdk/v2/guide/context.html"];

    /// <inheritdoc/>
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.CDK.AWS.EC2.MachineImage", "Amazon.CDK.AWS.ECS.EcsOptimizedImage",
        "Pulumi.Aws.Ec2.GetAmi"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.EC2;

        class Example : Stack
        {
            void Build()
            {
                var image = MachineImage.LatestAmazonLinux2023();
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.EC2;

        class Example : Stack
        {
            void Build()
            {
                var image = MachineImage.LatestAmazonLinux2023(new AmazonLinux2023ImageSsmParameterProps { CachedInContext = true });
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        ["LatestAmazonLinux", "LatestAmazonLinux2", "LatestAmazonLinux2022", "LatestAmazonLinux2023", "LatestWindows",
            "FromSsmParameter", "AmazonLinux", "AmazonLinux2", "AmazonLinux2023", "Windows", "Invoke"];

    internal override string? Judge(IInvocationOperation call)
    {
        // Pulumi's is looked up again where the newest of several is wanted.
        if (call.TargetMethod.ContainingType.Name == "GetAmi"
            && (call.Arguments.FirstOrDefault()?.Value.Bare() as IObjectCreationOperation)?.ValueOf("MostRecent").Flag() != true)
            return null;
        return call.Arguments.FirstOrDefault(a => a.Parameter?.Name is "props" or "options")?.Value.Bare() is IObjectCreationOperation props
            && props.ValueOf("CachedInContext") is { } cached && cached.Flag() != false
            ? null
            : "The image is looked up again at each deployment, so instances are replaced whenever somebody publishes one: "
                + "set CachedInContext, or name an image.";
    }
}
