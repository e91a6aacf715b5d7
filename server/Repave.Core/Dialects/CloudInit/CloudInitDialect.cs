using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>cloud-init's user data: files that begin with <c>#cloud-config</c>, whatever their names.</summary>
public sealed class CloudInitDialect : Dialect, IVersioned, IReadsTexts
{
    internal const string DialectName = "cloudinit";

    private const string Header = "#cloud-config";

    // Before it is rendered a template is not a cloud-config.
    private static readonly string[] TemplateMarks = ["{{", "{%", "<%", "%{", "${"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames => ["user-data", "vendor-data", "*.tftpl"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Versions => CloudConfigSchema.Versions;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) => IsCloudConfig(text);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is not YamlDocument || !IsCloudConfig(slot.Document.Text))
            return DocumentReading.Foreign;
        if (!slot.Document.IsWhole && Array.Exists(TemplateMarks, mark => slot.Document.Text.Contains(mark, StringComparison.Ordinal)))
            return DocumentReading.Template;
        if (slot.Document.Root is not MapNode root)
            return new DocumentReading(Recognition.Mine, []);
        if (IsOfOthers(root))
            return DocumentReading.Foreign;
        var id = new ResourceId(DialectName, "cloud-config", manifest.Folder, manifest.FileName);
        return new DocumentReading(Recognition.Mine, [new CloudConfigResource(id, manifest, slot)]);
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new CloudInitSet(settings);

    /// <inheritdoc/>
    public string TextsHold => Header.Substring(1);

    /// <inheritdoc/>
    public bool MayBeOne(string text) => IsCloudConfig(text);

    /// <inheritdoc/>
    public void CheckText(EmbeddedText text, Resource? holder, FindingSink sink, bool isDocument = false)
    {
        if (!isDocument && IsCloudConfig(sink.Slot.Document.Text))
            return;
        var known = WithoutTemplates(text.Text);
        var documents = YamlLanguage.Instance.Split(known);
        var document = documents.Count == 1 ? YamlLanguage.Instance.ParseDocument(known) : null;
        // What is filled in may be lines of its own, so that nothing is said of what cannot be read.
        if (document is not { IsWhole: true, Root: MapNode root } || IsOfOthers(root))
            return;
        new CloudConfig(root, known, (rule, span, message, path, severity) =>
            sink.Add(rule, text.SpanOf(span), message, holder, severity: severity)).Check(CloudInitSet.ShapeIn(sink.Settings));
    }

    // What a template language fills in looks like a map of a map where it has no quotes.
    private static string WithoutTemplates(string text)
    {
        if (text.IndexOf("{{", StringComparison.Ordinal) < 0)
            return text;
        var known = new System.Text.StringBuilder(text);
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0;)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0 || text.IndexOf('\n', at, end - at) >= 0)
                break;
            for (var i = at; i < end + 2; i++)
                known[i] = i == at ? '$' : i == at + 1 ? '{' : i == end + 1 ? '}' : 'x';
            at = text.IndexOf("{{", end, StringComparison.Ordinal);
        }

        return known.ToString();
    }

    // Container Linux and RancherOS had programs of their own for what begins the same.
    private static bool IsOfOthers(MapNode root) => root.Has("coreos") || root.Has("rancher");

    /// <summary>Whether a text says that it is a cloud-config; an archive of several says so with a longer word.</summary>
    internal static bool IsCloudConfig(string text) => text.StartsWith(Header, StringComparison.Ordinal)
        && (text.Length == Header.Length || char.IsWhiteSpace(text[Header.Length]));
}
