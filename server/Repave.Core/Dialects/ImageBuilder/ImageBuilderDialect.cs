using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.ImageBuilder;

/// <summary>EC2 Image Builder's component documents: what is done to a machine that becomes an image, in files and in the resources that
/// define components.</summary>
public sealed class ImageBuilderDialect : Dialect, IReadsTexts
{
    internal const string DialectName = "imagebuilder";

    private const string Phases = "phases";

    private const string SchemaVersion = "schemaVersion";

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) => MayBeOne(text);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is not (YamlDocument or JsonDocument) || slot.Document.Root is not MapNode root || !IsComponent(root))
            return DocumentReading.Foreign;
        var id = new ResourceId(DialectName, "component", manifest.Folder, root.TextAt("name") ?? manifest.FileName);
        return new DocumentReading(Recognition.Mine, [new ComponentResource(id, manifest, slot)]);
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) => new ImageBuilderSet();

    /// <inheritdoc/>
    public string TextsHold => Phases;

    /// <inheritdoc/>
    public bool MayBeOne(string text) => text.Contains(Phases, StringComparison.Ordinal)
        && text.Contains(SchemaVersion, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void CheckText(EmbeddedText text, Resource? holder, FindingSink sink, bool isDocument = false)
    {
        var documents = YamlLanguage.Instance.Split(text.Text);
        var document = documents.Count == 1 ? YamlLanguage.Instance.ParseDocument(text.Text) : null;
        // What is filled in may be lines of its own, so that nothing is said of what cannot be read.
        if (document is not { IsWhole: true, Root: MapNode root } || !IsComponent(root))
            return;
        ComponentChecks.Run(root, (rule, span, message, path) => sink.Add(rule, text.SpanOf(span), message, holder));
    }

    // Documents of Systems Manager have a version of their schema too, and no phases.
    private static bool IsComponent(MapNode root) => root.Has(SchemaVersion)
        && root.ItemsAt(Phases).Any(static phase => phase is MapNode map && map.Find("steps") is not null);
}
