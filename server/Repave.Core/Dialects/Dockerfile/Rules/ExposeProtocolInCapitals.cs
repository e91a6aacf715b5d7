using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>EXPOSE with a protocol in capitals.</summary>
public sealed class ExposeProtocolInCapitals : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0097";

    /// <inheritdoc/>
    public override string Title => "Protocol of a port in capitals";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Protocols are compared in lower case by some tools that read an image, and BuildKit warns of others at "
        + "each build. Write tcp, udp or sctp.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/expose-proto-casing/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        EXPOSE 80/TCP
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        EXPOSE 80/tcp
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var port in stage.Instructions.Where(i => i.Keyword == "EXPOSE").SelectMany(i => i.Words))
        {
            var (_, protocol, error) = DockerfilePort.Read(port.Text);
            if (error is null && protocol.ToLowerInvariant() is var wanted && protocol != wanted)
                sink.Add(this, port.Span, $"Write the protocol as {wanted}.", stage, fix: port.Raw != port.Text ? null
                    : sink.FixHere($"Write {wanted}", new TextEdit(new TextSpan(port.Span.End - protocol.Length, port.Span.End), wanted)));
        }
    }
}
