using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Repositories that a container clones or updates when it starts.</summary>
public sealed class RepositoryClonedAtStart : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1106";

    /// <inheritdoc/>
    public override string Title => "Source cloned at container start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that clones its source when it starts runs whatever the branch holds at that moment, "
        + "so two replicas of one release differ. "
        + "Build an image from a commit.";

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
                  command: ["sh", "-c", "git clone https://example.com/shop.git /src && exec web"]
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

    /// <inheritdoc/>
    protected override IReadOnlyList<(BoundedRegex Pattern, string What)> Patterns { get; } =
    [
        (new(@"\bgit\s+(-\S+\s+)*(clone|pull|fetch)\b"), "clones or updates a repository"),
        (new(@"\b(svn|hg)\s+(checkout|co|clone|pull|update)\b"), "clones or updates a repository"),
    ];

    /// <inheritdoc/>
    protected override string Advice => "build an image from a commit";
}
