using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Talos;

/// <summary>Talos' machine configuration: the document with machine and cluster, and those with a kind of their own.</summary>
public sealed class TalosDialect : Dialect, IPlans
{
    internal const string DialectName = "talos";

    private const string Patch = "$patch";

    // Before it is rendered a template is not a configuration.
    private static readonly string[] TemplateMarks = ["{{", "{%", "<%", "%{", "${"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override bool ReadsFirst => true;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) => text.Contains(TalosShapes.Version, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is not YamlDocument || slot.Document.Root is not MapNode root || KindOf(root) is not { } kind)
            return DocumentReading.Foreign;
        // A patch is not a document before it is put into one.
        if (slot.Document.Text.Contains(Patch, StringComparison.Ordinal))
            return DocumentReading.Template;
        if (!slot.Document.IsWhole && Array.Exists(TemplateMarks, mark => slot.Document.Text.Contains(mark, StringComparison.Ordinal)))
            return DocumentReading.Template;
        var id = new ResourceId(DialectName, kind, manifest.Folder, root.TextAt("name") ?? manifest.FileName);
        return new DocumentReading(Recognition.Mine, [new MachineConfigDocument(id, manifest, slot)]);
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document is YamlDocument && document.Root is MapNode root && KindOf(root) is not null)
            FindSecrets(root, found, 0);
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) => new TalosSet();

    /// <inheritdoc/>
    public string Instances => "machines";

    /// <inheritdoc/>
    public string Replacement => "taken out, and another one put in its place";

    /// <inheritdoc/>
    public IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes) => TalosPlan.Of(input);

    /// <inheritdoc/>
    public IReadOnlyList<Explanation> Explain(string type, string? version) => TalosEffects.Explain(type);

    // Those of Kubernetes have a group before such a version.
    private static string? KindOf(MapNode root)
    {
        if (root.TextAt("apiVersion") == TalosShapes.Version)
            return root.TextAt("kind") is { } kind && TalosShapes.Of(kind) is not null ? kind : null;
        return root.TextAt("version") == TalosShapes.Version && !root.Has("kind") && !root.Has("apiVersion")
            && (root["machine"] is MapNode || root["cluster"] is MapNode) ? TalosShapes.Config : null;
    }

    private static void FindSecrets(Node node, SecretNodes found, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        foreach (var entry in (node as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { } name && IsSecret(name))
                found.Add(entry.Value);
            else if (entry.Value.Resolved is { } value)
                FindSecrets(value, found, depth + 1);
        }

        foreach (var item in (node as ListNode)?.ResolvedItems ?? [])
            FindSecrets(item, found, depth + 1);
    }

    /// <summary>Whether a field holds a credential: tokens, keys of authorities and of encryption.</summary>
    internal static bool IsSecret(string name) => name is "token" or "secret" or "key" or "passphrase" or "auth" or "identityToken"
        || name.EndsWith("Secret", StringComparison.Ordinal) || name.EndsWith("privateKey", StringComparison.OrdinalIgnoreCase)
        || SecretNames.IsCertain(name);
}
