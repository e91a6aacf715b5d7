using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Bake;

/// <summary>A variable of a file in HCL (a block, or an argument at the top), or a group of targets.</summary>
public sealed class BakeDeclaration : Resource
{
    private const string Variable = "variable";

    private BakeDeclaration(ResourceId id, Manifest manifest, DocumentSlot slot, TextSpan span, TextSpan nameSpan, HclExpression? value)
        : base(id, manifest, slot) => (Span, NameSpan, Value) = (span, nameSpan, value);

    /// <inheritdoc/>
    public override TextSpan Span { get; }

    /// <inheritdoc/>
    public override TextSpan NameSpan { get; }

    /// <summary>What it is where nobody sets it; null if nothing.</summary>
    public HclExpression? Value { get; }

    /// <summary>The variables and groups of a document.</summary>
    internal static IEnumerable<BakeDeclaration> ReadFrom(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is not HclDocument document)
            yield break;
        foreach (var block in document.Body.Blocks.Where(static block => block.Type is Variable or "group"))
        {
            if (block.Labels is [{ Text.Length: > 0 } label, ..])
                yield return new BakeDeclaration(IdOf(manifest, block.Type, label.Text), manifest, slot, block.Span, label.Inner,
                    block.Body["default"]);
        }

        foreach (var attribute in document.Body.Attributes)
            yield return new BakeDeclaration(IdOf(manifest, Variable, attribute.Name), manifest, slot, attribute.Span, attribute.NameSpan,
                attribute.Value);
    }

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new BakeDeclaration(Id, later, moved, Span, NameSpan, Value);

    private static ResourceId IdOf(Manifest manifest, string type, string name) =>
        new(BakeDialect.DialectName, type, manifest.Folder, name);
}
