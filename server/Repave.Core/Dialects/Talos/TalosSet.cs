using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Talos;

/// <summary>Holds the documents of machine configurations against what Talos decodes, each by itself.</summary>
internal sealed class TalosSet : DialectSet, ICompletes, IDescribes
{
    // yaml.v3 makes a text of any scalar.
    private static readonly ShapeReading Reading = new()
    {
        AsPlatform = true,
        NullIsAbsent = true,
        CoercesScalars = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = FilledIn.Is,
        Hides = static node => FieldPath.Parse(FieldPath.Of(node)).Any(static step => step.Name is { } name && TalosDialect.IsSecret(name)),
    };

    private readonly TalosRule[] _rules = RuleCatalogue.Of<TalosRule>();

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        // What the end of a broken document may still put right.
        if (resource is not MachineConfigDocument { Slot.Document.IsWhole: true } config || TalosShapes.Of(config.Id.Type) is not { } shape)
            return null;
        foreach (var issue in ShapeValidator.Validate(config.Root, shape, Reading))
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, resource, issue.Path);
        foreach (var rule in _rules)
            sink.Run(rule, resource, (rule, config), static (on, to) => on.rule.Check(on.config, to));
        return null;
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => before is TalosSet;

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) => TalosShapes.Of(cursor.Head) is not null;

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text) =>
        new(TalosShapes.Of(cursor.Head) is { } shape ? ShapeChoices.At(shape, cursor.Path) : null, []);

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => [];

    /// <inheritdoc/>
    public Shape? ShapeOf(IReadOnlyDictionary<string, string> head) => TalosShapes.Of(head);

    /// <inheritdoc/>
    public Explanation? EffectOf(IReadOnlyDictionary<string, string> head, IReadOnlyList<string> path) =>
        TalosShapes.Of(head) is null ? null : TalosEffects.Of(head.TryGetValue("kind", out var kind) ? kind : TalosShapes.Config, path);

    /// <inheritdoc/>
    public bool IsSecret(Resource resource, Node value) =>
        FieldPath.Parse(FieldPath.Of(value)).Any(static step => step.Name is { } name && TalosDialect.IsSecret(name));
}
