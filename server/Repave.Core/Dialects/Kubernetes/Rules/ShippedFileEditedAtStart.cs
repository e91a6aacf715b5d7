using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Files of the image that a container edits when it starts.</summary>
public sealed class ShippedFileEditedAtStart : CommandRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1107";

    /// <inheritdoc/>
    public override string Title => "Shipped files edited at container start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Editing the files that an image shipped makes every container its own variant, which nobody reviewed and no registry holds. "
        + "Build the change into the image, or mount a configuration file.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 SI-7"];

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
                  command: ["sh", "-c", "sed -i s/8080/80/ /etc/web.conf && exec web"]
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
        (new(@"\bsed\s+(-\S+\s+)*-i\S*\s[^;&|\n]*\s/(etc|usr|opt|bin|sbin|lib|app|srv|var/www)/"), "edits shipped files"),
        (new(@"(\btee(\s+-a)?|>>?)\s*/(etc|usr|opt|bin|sbin|lib)/(?!hosts\b)"), "writes into folders of the image"),
    ];

    /// <inheritdoc/>
    protected override string Advice => "build the change into the image, or mount a configuration file";
}
