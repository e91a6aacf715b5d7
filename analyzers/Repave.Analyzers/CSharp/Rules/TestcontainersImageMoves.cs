using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A container image of Testcontainers whose tag moves.</summary>
public sealed class TestcontainersImageMoves : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3505";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves, in Testcontainers";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A container whose tag is latest, or that has none, is another one after the next push, "
        + "so a test fails, or passes, for what nobody changed. "
        + "Name a version or a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://dotnet.testcontainers.org/api/create_docker_container/"];

    /// <inheritdoc/>
    public override string Library => "Testcontainers 4.16.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["DotNet.Testcontainers.Builders.IContainerBuilder`3",
        "DotNet.Testcontainers.Builders.ContainerBuilder`3"];

    /// <inheritdoc/>
    public override string Bad => """
        using DotNet.Testcontainers.Builders;

        class Example
        {
            object Build() => new ContainerBuilder().WithImage("registry.example.com/web:latest");
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using DotNet.Testcontainers.Builders;

        class Example
        {
            object Build() => new ContainerBuilder().WithImage("registry.example.com/web:1.4.2");
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace DotNet.Testcontainers.Builders
        {
            public interface IContainerBuilder<out TBuilder, out TContainer, out TConfiguration> { TBuilder WithImage(string image); }

            public abstract class ContainerBuilder<TBuilder, TContainer, TConfiguration> : IContainerBuilder<TBuilder, TContainer, TConfiguration> { public abstract TBuilder WithImage(string image); }

            public class ContainerBuilder : ContainerBuilder<ContainerBuilder, object, object> { public override ContainerBuilder WithImage(string image) => this; }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["WithImage"];

    internal override string? Judge(IInvocationOperation call) => call.Arguments.Length > 0
        ? MovingImage.Judge(call.Arguments[0].Value) : null;
}
