using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A container of .NET Aspire with an image whose tag moves.</summary>
public sealed class AspireImageMoves : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3701";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves, in Aspire";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "A container without a tag, or with the tag latest, is another image after the next push, "
        + "on each developer's machine and in what is deployed from the model. "
        + "Name a version or a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://aspire.dev/"];

    /// <inheritdoc/>
    public override string Library => "Aspire.Hosting 13.6.5";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Aspire.Hosting.ContainerResourceBuilderExtensions"];

    /// <inheritdoc/>
    public override string Bad => """
        using Aspire.Hosting;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddContainer("web", "registry.example.com/web");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Aspire.Hosting;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddContainer("web", "registry.example.com/web", "1.4.2");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["AddContainer", "WithImage", "WithImageTag"];

    internal override string? Judge(IInvocationOperation call)
    {
        var tag = call.Argument("tag");
        if (tag is not null && tag.Bare().ConstantValue is not { HasValue: true, Value: null })
            return tag.Text() == "latest" ? "The tag latest is another image after the next push: name a version." : null;
        // A tag or a digest that is set on the same builder counts too, in the same chain or on a later line.
        // So does a Dockerfile, from which the image is built.
        if (call.CallsAfter().Any(c => c.TargetMethod.Name is "WithImageTag" or "WithImageSHA256" or "WithImage"
            || c.TargetMethod.Name.StartsWith("WithDockerfile", StringComparison.Ordinal)))
            return null;

        return call.Argument("image") is { } image ? MovingImage.Judge(image) : null;
    }
}
