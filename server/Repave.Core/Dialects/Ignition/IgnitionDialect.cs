using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Ignition;

/// <summary>Ignition's configs (JSON with <c>ignition.version</c> 3) and Butane's (YAML with <c>variant</c> and <c>version</c>).</summary>
public sealed class IgnitionDialect : Dialect
{
    internal const string DialectName = "ignition";

    internal const string Butane = "butane";

    private const string Ignition = "ignition";

    // Before it is rendered a template is not a config.
    private static readonly string[] TemplateMarks = ["{{", "{%", "<%", "%{", "${"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames => ["*.ign", "*.bu"];

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) => IsNamed(path) || text.Contains("\"ignition\"", StringComparison.Ordinal)
        || text.Contains("variant:", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (KindOf(manifest.Path, slot.Document) is not { } kind)
            return DocumentReading.Foreign;
        if (!slot.Document.IsWhole && Array.Exists(TemplateMarks, mark => slot.Document.Text.Contains(mark, StringComparison.Ordinal)))
            return DocumentReading.Template;
        if (slot.Document.Root is not MapNode)
            return new DocumentReading(Recognition.Mine, []);
        var id = new ResourceId(DialectName, kind, manifest.Folder, manifest.FileName);
        return new DocumentReading(Recognition.Mine, [new HostConfigResource(id, manifest, slot)]);
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document.Root is not MapNode root || !(root.Has("ignition") || root.Has("variant")))
            return;
        foreach (var owner in (root["passwd"]?.ItemsAt("users") ?? []).Concat(root["passwd"]?.ItemsAt("groups") ?? [])
            .Concat(root["grub"]?.ItemsAt("users") ?? []))
        {
            found.Add(owner["passwordHash"]);
            found.Add(owner["password_hash"]);
        }

        foreach (var volume in root["storage"]?.ItemsAt("luks") ?? [])
        {
            found.Add(volume["keyFile"]?["source"]);
            found.Add(volume["key_file"]?["source"]);
            found.Add(volume["key_file"]?["inline"]);
        }
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) => new IgnitionSet();

    // Versions 1 and 2 are what Container Linux's Ignition takes, and have other fields.
    private static string? KindOf(string path, Document document)
    {
        var root = document.Root as MapNode;
        if (document is YamlDocument && (path.EndsWith(".bu", StringComparison.Ordinal)
            || (root?.TextAt("variant") is { } variant && root.Has("version") && HostConfigShapes.Variants.Contains(variant))))
            return Butane;
        if (document is not JsonDocument || root is null || root.Has("kind"))
            return null;
        var version = root["ignition"]?.TextAt("version");
        return version?.StartsWith("3.", StringComparison.Ordinal) == true
            || (path.EndsWith(".ign", StringComparison.Ordinal) && (version is null
                || !(version.StartsWith("1.", StringComparison.Ordinal) || version.StartsWith("2.", StringComparison.Ordinal))))
            ? Ignition : null;
    }

    private static bool IsNamed(string path) => path.EndsWith(".ign", StringComparison.Ordinal) || path.EndsWith(".bu", StringComparison.Ordinal);
}
