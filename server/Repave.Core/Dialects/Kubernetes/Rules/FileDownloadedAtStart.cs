using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Files that a container fetches when it starts.</summary>
public sealed class FileDownloadedAtStart : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1105";

    /// <inheritdoc/>
    public override string Title => "File fetched at container start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "What is fetched when a container starts may be something else at the next start, "
        + "and the container does not start when its source is down. "
        + "Build it into the image, or fetch it by a checksum.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  command: ["sh", "-c", "curl -fsSL -o /srv/model.bin https://example.com/model.bin; exec web"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  command: ["web"]
        """;

    // Metadata servers, and whoever runs in the same pod, tell of the machine that asks: they are no source of files.
    private const string Source = @"https?://(?!metadata\b|169\.254\.|100\.100\.100\.200|\[?fd00:ec2|localhost\b|127\.|\[::1\])";

    /// <inheritdoc/>
    protected override IReadOnlyList<(BoundedRegex Pattern, string What)> Patterns { get; } =
    [
        (new(@"\bcurl\b(?![^|;&\n]*/dev/null)(?=[^|;&\n]*\s(-o|-O|--output|--remote-name|-[a-zA-Z]*[oO])\b)[^|;&\n]*" + Source),
            "fetches a file"),
        (new(@"\bcurl\b(?![^|;&\n]*/dev/null)[^|;&\n]*" + Source + @"[^|;&\n]*\s>\s*\S"), "fetches a file"),
        // Asking whether a server answers is no fetching.
        (new(@"\bwget\b(?![^|;&\n]*(--spider|--server-response|-S\b|-O\s*-|-qO\s*-|/dev/null))[^|;&\n]*" + Source + @"[^|;&\n]*($|;|&&|\n)"),
            "fetches a file"),
        (new(@"\b(gsutil|aws\s+s3|az\s+storage\s+blob)\s+(cp|sync|download)\b"), "fetches files"),
    ];

    /// <inheritdoc/>
    protected override string Advice => "build it into the image, or check what was fetched";
}
