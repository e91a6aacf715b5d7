using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An image is made from a running instance.</summary>
public sealed class RunningInstanceImaged : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3102";

    /// <inheritdoc/>
    public override string Title => "Image taken of a running instance";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "An image of a running instance holds whatever happened to that instance, and nobody can make it again. "
        + "Build images from a recipe (EC2 Image Builder, Packer), and launch instances from those.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.EC2 4.0.132";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.EC2.IAmazonEC2"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.EC2;
        using Amazon.EC2.Model;

        class Example
        {
            async Task Run(IAmazonEC2 ec2)
            {
                await ec2.CreateImageAsync(new CreateImageRequest { InstanceId = "i-1", Name = "web-snapshot" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.EC2;
        using Amazon.EC2.Model;

        class Example
        {
            async Task Run(IAmazonEC2 ec2)
            {
                await ec2.DescribeImagesAsync(new DescribeImagesRequest());
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["CreateImage"];

    internal override string? Judge(IInvocationOperation call) =>
        "This makes an image of a running instance, which nobody can make again from source: build images from a recipe.";
}
