using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>Holds cloud-configs against cloud-init's own schema, each by itself.</summary>
internal sealed class CloudInitSet : DialectSet, ICompletes
{
    // YAML as PyYAML takes it; grammars of texts (addresses, hosts) cloud-init asks only where further libraries are installed.
    private static readonly ShapeReading Reading = new()
    {
        AsPlatform = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = static scalar => scalar.Value.Contains("${", StringComparison.Ordinal)
            || scalar.Value.Contains("{{", StringComparison.Ordinal)
            // PyYAML takes this for a text, and other readers of YAML for a number.
            || (scalar.Style == NodeStyle.Plain && scalar.Value.StartsWith("0o", StringComparison.Ordinal)),
    };

    private readonly Shape _shape;

    public CloudInitSet(Settings settings)
    {
        var versions = CloudConfigSchema.Versions;
        _shape = CloudConfigSchema.Of(Version.TryParse(settings.Versions.GetValueOrDefault(CloudInitDialect.DialectName), out var asked)
            ? versions.LastOrDefault(v => Version.Parse(v) <= asked) ?? versions[0] : versions[versions.Count - 1]);
    }

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        // What the end of a broken document may still put right.
        if (resource is not CloudConfigResource config || !config.Slot.Document.IsWhole)
            return null;
        foreach (var issue in ShapeValidator.Validate(config.Root, _shape, Reading))
        {
            // A module of its own that an image brings has a key that no schema knows.
            var isOwn = issue.Kind == ShapeIssueKind.UnknownField && issue.Path.IndexOf('.') < 0;
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, resource, issue.Path,
                severity: isOwn ? Severity.Warning : null);
        }

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
