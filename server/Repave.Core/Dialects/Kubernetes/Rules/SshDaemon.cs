using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Containers that people can log into.</summary>
public sealed class SshDaemon : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1113";

    /// <inheritdoc/>
    public override string Title => "Login into containers";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An SSH daemon invites people to change a running container, which the next replacement undoes and no review saw. "
        + "Remove it; look at logs and metrics, and roll out changes.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-5", "NIST SP 800-53 CM-7"];

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
                  ports:
                    - containerPort: 22
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
                  ports:
                    - containerPort: 8080
        """;

    // A forge speaks git over SSH there, and nobody gets a shell.
    private static readonly string[] Forges = ["gitea", "gogs", "gitlab", "gitlab-ce", "gitlab-ee", "gitlab-shell", "forgejo", "gerrit",
        "soft-serve", "onedev", "bitbucket", "bitbucket-server", "git-server", "git-shell", "gitblit", "rhodecode", "phabricator", "sftp"];

    private static bool IsGitServer(Container container)
    {
        var repository = container.Image is { } image ? ImageReference.Parse(image.Value).Repository : "";
        var program = repository.Substring(repository.LastIndexOf('/') + 1).ToLowerInvariant();
        return Forges.Contains(program) || repository.ToLowerInvariant().Split('/').Any(part => part is "gitea" or "forgejo" or "gitlab");
    }

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Node.ItemsAt("ports").Select(port => port.ScalarAt("containerPort")).FirstOrDefault(port => port?.Value == "22")
            is { } port && !IsGitServer(container))
            sink.Add(this, resource, port, $"The container '{container.Name}' listens on port 22: "
                + "changes made through a login are lost with the container and seen by nobody.");
        else if (ContainerCommands.AtStart(container).FirstOrDefault(command => command.Text.Split(' ', '/').Contains("sshd"))
            is { } daemon)
            sink.Add(this, resource, daemon.Node, $"The container '{container.Name}' starts an SSH daemon: "
                + "changes made through a login are lost with the container and seen by nobody.");
    }
}
