using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>Holds cloud-configs against cloud-init's own schema, each by itself.</summary>
internal sealed class CloudInitSet : DialectSet, ICompletes
{
    private readonly Shape _shape;

    public CloudInitSet(Settings settings) => _shape = ShapeIn(settings);

    /// <summary>The shape of the release that the settings ask for.</summary>
    internal static Shape ShapeIn(Settings settings)
    {
        var versions = CloudConfigSchema.Versions;
        return CloudConfigSchema.Of(Version.TryParse(settings.Versions.GetValueOrDefault(CloudInitDialect.DialectName), out var asked)
            ? versions.LastOrDefault(v => Version.Parse(v) <= asked) ?? versions[0] : versions[versions.Count - 1]);
    }

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        // What the end of a broken document may still put right.
        if (resource is not CloudConfigResource config || !config.Slot.Document.IsWhole)
            return null;
        new CloudConfig(config.Root, config.Slot.Document.Text, (rule, span, message, path, severity) =>
            sink.Add(rule, span, message, resource, path, severity: severity)).Check(_shape);
        return null;
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) =>
        before is CloudInitSet other && ReferenceEquals(other._shape, _shape);

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) => CloudInitDialect.IsCloudConfig(text);

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text) => new(ShapeChoices.At(_shape, cursor.Path), []);

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => [];
}
