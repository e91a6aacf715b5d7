using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.ImageBuilder;

/// <summary>Takes what is found: the rule, where in the text, the message, and the path.</summary>
internal delegate void ComponentReport(Rule rule, TextSpan span, string message, string path);

/// <summary>Holds component documents against their structure, wherever they stand.</summary>
internal static class ComponentChecks
{
    private const string Version = "1.0";

    private static readonly ShapeReading Reading = new()
    {
        AsPlatform = true,
        NullIsAbsent = true,
        CoercesScalars = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = FilledIn.Is,
    };

    private static readonly Lazy<SchemaPack> Pack = new(static () => new SchemaPack(EmbeddedPacks.Text(ImageBuilderDialect.DialectName,
        "component.pack")));

    /// <summary>The shape of a document.</summary>
    public static Shape Document => Pack.Value.Type(Pack.Value.Kind(Version, "Component")!.Type);

    /// <summary>Checks a document.</summary>
    public static void Run(MapNode root, ComponentReport report)
    {
        foreach (var issue in ShapeValidator.Validate(root, Document, Reading))
            report(SchemaRules.For(issue.Kind), issue.Span, issue.Message, issue.Path);
        if (root.ScalarAt("schemaVersion") is { } version && version.Number is { } number && number != 1)
            report(ValueNotAllowed.Instance, version.Span, $"There is no version {version.Value} of component documents, only {Version}.",
                FieldPath.Of(version, root));
        CheckNames(root.ItemsAt("phases"), "phase", root, report);
        foreach (var phase in root.ItemsAt("phases"))
            CheckNames(phase.ItemsAt("steps"), "step", root, report);
    }

    // A step's result is known by the name of its phase and its own.
    private static void CheckNames(IEnumerable<Node> items, string what, MapNode root, ComponentReport report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in items.Select(static item => item.ScalarAt("name")).OfType<ScalarNode>())
        {
            if (!FilledIn.Is(name) && !seen.Add(name.Value))
                report(DuplicateItem.Instance, name.Span, $"Two {what}s are called '{name.Value}'. Give one of them another name.",
                    FieldPath.Of(name, root));
        }
    }
}
