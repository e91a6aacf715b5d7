using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Packer;

/// <summary>Packer's templates: HCL (<c>*.pkr.hcl</c>), and JSON with a list of builders; and what its builds leave behind.</summary>
public sealed class PackerDialect : Dialect, IRunsInBuilds
{
    internal const string DialectName = "packer";

    private const string Ending = ".pkr.hcl";

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        path.EndsWith(Ending, StringComparison.Ordinal) || text.Contains("\"builders\"", StringComparison.Ordinal)
        || text.Contains(PackerManifest.Mark, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool IsPart(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is HclDocument document && manifest.Path.EndsWith(Ending, StringComparison.Ordinal))
            return new DocumentReading(Recognition.Mine, PackerBlock.Of(manifest, slot, document.Body));
        if (slot.Document is not JsonDocument || slot.Document.Root is not MapNode root)
            return DocumentReading.Foreign;
        if (root.Has(PackerManifest.Mark) && root["builds"] is ListNode)
        {
            return new DocumentReading(Recognition.Mine,
                [new PackerManifest(IdOf(manifest, "manifest", manifest.FileName), manifest, slot)]);
        }

        // HCL as JSON has no list of builders.
        if (root.ItemsAt("builders").FirstOrDefault()?.TextAt("type") is null)
            return DocumentReading.Foreign;
        return new DocumentReading(Recognition.Mine, [new PackerTemplate(IdOf(manifest, "template", manifest.FileName), manifest, slot)]);
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document is HclDocument blocks)
            FindSecrets(blocks.Body, found);
        if (document.Root is not MapNode root || !root.ItemsAt("builders").Any())
            return;
        foreach (var name in root.ItemsAt("sensitive-variables").OfType<ScalarNode>())
            found.Add(root["variables"]?[name.Value]);
        foreach (var entry in root.ItemsAt("builders").OfType<MapNode>().SelectMany(builder => builder.AllEntries))
        {
            if (entry.Name is { } name && SecretNames.IsCertain(name))
                found.Add(entry.Value);
        }
    }

    // Whose a document is its language does not say; what is called a source or a variable in others is as secret there.
    private static void FindSecrets(HclBody body, SecretNodes found)
    {
        foreach (var block in body.Blocks)
        {
            if (block is { Type: "variable" or "local" } && block.Body["sensitive"] is HclLiteral { IsTrue: true }
                && (block.Body["default"] ?? block.Body["expression"]) is { } value)
                found.Add(value.Span, value.All.OfType<HclText>().Select(static text => text.Value));
            foreach (var attribute in block is { Type: "source" or "build" } ? block.Body.AllAttributes : [])
            {
                if (SecretNames.IsCertain(attribute.Name) && attribute.Value.Text is { } text)
                    found.Add(attribute.Value.Span, [text]);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> FilesRunBy(Manifest manifest)
    {
        if (!manifest.Source.Text.Content.Contains("playbook_file", StringComparison.Ordinal))
            return [];
        return manifest.Source.Documents.SelectMany(slot => Read(manifest, slot).Resources).SelectMany(PackerPart.Of)
            .SelectMany(static part => part.Values.Where(static value => value.Name is "playbook_file" or "playbook_files")
                // The folder before it may be computed.
                .Select(value => value.Text ?? part.Resource.Slot.Document.Text.Substring(value.Span.Start, value.Span.Length).Trim('"')));
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) => new PackerSet(set);

    /// <summary>What identifies something in a file: Packer takes the files of a folder together.</summary>
    internal static ResourceId IdOf(Manifest manifest, string type, string name) => new(DialectName, type, manifest.Folder, name);
}
