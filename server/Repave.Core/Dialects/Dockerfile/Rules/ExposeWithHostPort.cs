using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>EXPOSE with an address or a port of the host.</summary>
public sealed class ExposeWithHostPort : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0098";

    /// <inheritdoc/>
    public override string Title => "EXPOSE with a port of the host";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An image cannot say where its ports are published, so what stands before the colon does nothing and will "
        + "be refused. Write the container's port alone.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/expose-invalid-format/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        EXPOSE 8080:80
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        EXPOSE 80
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var port in stage.Instructions.Where(i => i.Keyword == "EXPOSE").SelectMany(i => i.Words))
        {
            var (hasHost, _, error) = DockerfilePort.Read(port.Text);
            if (error is not null || !hasHost)
                continue;
            var own = port.Text.Substring(port.Text.LastIndexOf(':') + 1);
            sink.Add(this, port.Span, $"An image cannot say where it is published: write {own}.", stage,
                fix: port.Raw == port.Text ? sink.FixHere($"Write {own}", new TextEdit(port.Span, own)) : null);
        }
    }
}
