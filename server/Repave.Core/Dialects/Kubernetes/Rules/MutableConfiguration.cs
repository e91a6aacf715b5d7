using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>ConfigMaps and Secrets that workloads use and that are not immutable.</summary>
public sealed class MutableConfiguration : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1201";

    /// <inheritdoc/>
    public override string Title => "Configuration that can change under running pods";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A ConfigMap or Secret that can be changed in place changes running pods without a roll-out, or only those that restart, "
        + "so one release runs with two configurations. "
        + "Set immutable to true and give each content a name of its own.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CM-5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
        ---
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
                  envFrom:
                    - configMapRef:
                        name: shop
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop-7f3a
        immutable: true
        data:
          color: blue
        ---
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
                  envFrom:
                    - configMapRef:
                        name: shop-7f3a
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("ConfigMap", "") && !resource.Is("Secret", ""))
            return;
        if (resource.Root.ScalarAt("immutable") is { IsTrue: true } setting)
            return;
        var user = set.UsersOf(resource).FirstOrDefault(r => r.PodSpec is not null);
        if (user is not null)
            sink.Add(this, resource, resource.NameNode, $"The {user.Kind} '{user.Id.Name}' uses this {resource.Kind}, "
                + "which can be changed under its running pods: set immutable to true and give each content its own name.",
                FixOf(resource, set));
    }

    // One edit of several places: the object gets a name of its content and can no longer be changed, and whoever names it follows.
    private static Fix? FixOf(KubernetesResource resource, KubernetesSet set)
    {
        var newName = NewName(resource);
        if (resource.Metadata?.ScalarAt("name") is not { Anchor: null } name || Rename(resource, name, newName) is not { } rename
            || Seal(resource) is not { } seal)
            return null;
        var edits = new List<PlaceEdit> { rename, At(resource, seal) };
        foreach (var user in set.UsersOf(resource))
        {
            foreach (var reference in KubernetesReferences.Of(user).Where(r => Means(r.To, resource)))
            {
                if (reference.Node is not ScalarNode { Anchor: null } scalar || Rename(user, scalar, newName) is not { } follow)
                    return null;
                edits.Add(follow);
            }
        }

        return new Fix($"Make immutable as '{newName}'", edits);
    }

    private static TextEdit? Seal(KubernetesResource resource)
    {
        var root = resource.Root;
        if (root.Find("immutable") is not { Value: ScalarNode { Anchor: null } setting })
            return resource.Slot.Document.Edits?.Append(resource.Slot.Document, root, "immutable", "true", isText: false);
        // A plain true, never the text "true".
        return resource.Slot.Document.Edits?.Replace(setting, "true") is { } edit ? new TextEdit(edit.Span, "true") : null;
    }

    private static string NewName(KubernetesResource resource)
    {
        var content = string.Join("\n", ((string[])["data", "binaryData", "stringData"])
            .Select(field => resource.Root[field] is { } node ? CanonicalJson.Of(node, asPlatform: true) : ""));
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(content));
        return $"{resource.Id.Name}-{string.Concat(hash.Take(4).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))}";
    }

    private static PlaceEdit? Rename(KubernetesResource resource, ScalarNode name, string to) =>
        resource.Slot.Document.Edits?.Replace(name, to) is { } edit ? At(resource, edit) : null;

    private static PlaceEdit At(KubernetesResource resource, TextEdit edit) =>
        new(new Place(resource.Manifest, resource.Slot, edit.Span), edit.NewText);

    private static bool Means(ResourceId reference, KubernetesResource resource) =>
        reference.Type == resource.Kind && reference.Name == resource.Id.Name
            && KubernetesSet.SameNamespace(reference.Namespace, resource.Id.Namespace);
}
