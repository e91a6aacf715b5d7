using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Ignition;

/// <summary>Holds configs against the structures that Ignition and Butane decode and what they check, each by itself.</summary>
internal sealed class IgnitionSet : DialectSet, ICompletes
{
    private static readonly ShapeReading Json = new()
    {
        AsPlatform = true,
        NullIsAbsent = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = FilledIn.Is,
    };

    // yaml.v3 makes a text of any scalar, and numbers of no text.
    private static readonly ShapeReading Yaml = new()
    {
        AsPlatform = true,
        NullIsAbsent = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = FilledIn.Is,
    };

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        // What the end of a broken document may still put right.
        if (resource is not HostConfigResource config || !config.Slot.Document.IsWhole
            || ShapeOf(config, sink) is not var (shape, version))
            return null;
        foreach (var issue in ShapeValidator.Validate(config.Root, shape, config.IsButane ? Yaml : Json))
        {
            // Both leave out what they do not know, and say so.
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, resource, issue.Path,
                severity: issue.Kind == ShapeIssueKind.UnknownField ? Severity.Warning : null);
        }

        new IgnitionChecks(config, version, sink).Run(shape);
        return null;
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => before is IgnitionSet;

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) =>
        cursor.Head.TryGetValue("variant", out var variant) && HostConfigShapes.Variants.Contains(variant);

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text)
    {
        var variant = cursor.Head["variant"];
        var versions = HostConfigShapes.VersionsOf(variant);
        var known = HostConfigShapes.Of(variant, cursor.Head.TryGetValue("version", out var version) ? version : "")
            ?? HostConfigShapes.Of(variant, versions[versions.Count - 1]);
        return new CursorPlace(known is var (shape, _) ? ShapeChoices.At(shape, cursor.Path) : null, []);
    }

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => [];

    private static (Shape Shape, string Ignition)? ShapeOf(HostConfigResource config, FindingSink sink)
    {
        string? variant = null;
        if (config.IsButane)
        {
            variant = config.Root.TextAt("variant");
            if (variant is null)
                sink.Add(MissingField.Instance, config, config.Root, "Missing required field 'variant'.");
        }

        if (config.VersionNode is not { Value: { Length: > 0 } version } node)
        {
            sink.Add(MissingField.Instance, config, config.IsButane ? config.Root : config.Root["ignition"] ?? config.Root,
                $"Missing required field '{(config.IsButane ? "version" : "ignition.version")}'.");
            return null;
        }

        if ((config.IsButane && variant is null) || FilledIn.Is(node))
            return null;
        if (variant is not null && !HostConfigShapes.Variants.Contains(variant))
        {
            sink.Add(ValueNotAllowed.Instance, config, config.Root["variant"]!,
                $"'variant' is \"{variant}\"; allowed are {string.Join(", ", HostConfigShapes.Variants)}.");
            return null;
        }

        if (HostConfigShapes.Of(variant, version) is { } known)
            return known;
        var versions = HostConfigShapes.VersionsOf(variant);
        if (version.Split('-')[0].Split('.').Length != 3 || HostConfigShapes.Number(version) is not { } number)
        {
            sink.Add(MalformedValue.Instance, config, node,
                $"'{version}' is not a version of three numbers, such as {versions[0]}.");
            return null;
        }

        // A later one may be known to a later program.
        if (version.IndexOf('-') < 0 && number < HostConfigShapes.Number(versions[versions.Count - 1]))
            sink.Add(ValueNotAllowed.Instance, config, node,
                $"There is no version {version}{(variant is null ? "" : $" of {variant}")}; there are {string.Join(", ", versions)}.");
        return null;
    }
}
