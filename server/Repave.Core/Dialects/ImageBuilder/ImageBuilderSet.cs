using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.ImageBuilder;

/// <summary>Holds component documents against their structure, each by itself.</summary>
internal sealed class ImageBuilderSet : DialectSet, ICompletes
{
    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        // What the end of a broken document may still put right.
        if (resource is ComponentResource { Slot.Document.IsWhole: true } component)
            ComponentChecks.Run(component.Root, (rule, span, message, path) => sink.Add(rule, span, message, resource, path));
        return null;
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => before is ImageBuilderSet;

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) => cursor.Head.TryGetValue("schemaVersion", out var version)
        && version.StartsWith("1", StringComparison.Ordinal) && text.Contains("phases", StringComparison.Ordinal);

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text) => new(ShapeChoices.At(ComponentChecks.Document, cursor.Path), []);

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => [];
}
