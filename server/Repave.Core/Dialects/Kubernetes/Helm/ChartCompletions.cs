using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What fits where a cursor stands in <c>Chart.yaml</c>: Helm's metadata of a chart (pkg/chart: Metadata, Dependency,
/// Maintainer).</summary>
internal static class ChartCompletions
{
    private static readonly Shape Text = new() { Types = ShapeTypes.String };
    private static readonly Shape Flag = new() { Types = ShapeTypes.Boolean };
    private static readonly Shape Texts = new() { Types = ShapeTypes.Array, Items = Text };
    private static readonly Shape Chart = CreateShape();

    /// <summary>Whether a file is a chart's metadata.</summary>
    public static bool Are(string path) => path == "Chart.yaml" || path.EndsWith("/Chart.yaml", StringComparison.Ordinal);

    /// <summary>What fits there.</summary>
    public static CursorPlace Locate(Cursor cursor) => new(ShapeChoices.At(Chart, cursor.Path), []);

    private static Shape CreateShape()
    {
        var dependency = Structure(["name"], ("name", Text), ("version", Text), ("repository", Text), ("condition", Text), ("tags", Texts),
            ("enabled", Flag), ("import-values", new Shape { Types = ShapeTypes.Array }), ("alias", Text));
        var maintainer = Structure(["name"], ("name", Text), ("email", Text), ("url", Text));
        var chart = Structure(["apiVersion", "name", "version"], [.. HelmMetadata.Texts.Select(t => (t.Key, ShapeOf(t.Key)))]);
        foreach (var (_, key) in HelmMetadata.Lists)
            chart.Fields!.Add(new ShapeField(key, key == "maintainers" ? new Shape { Types = ShapeTypes.Array, Items = maintainer } : Texts));
        chart.Fields!.Add(new ShapeField("dependencies", new Shape { Types = ShapeTypes.Array, Items = dependency }));
        chart.Fields.Add(new ShapeField("deprecated", Flag));
        chart.Fields.Add(new ShapeField("annotations", new Shape { Types = ShapeTypes.Object, Additional = Text }));
        return chart;
    }

    private static Shape ShapeOf(string key) => key switch
    {
        "apiVersion" => new Shape { Types = ShapeTypes.String, Enum = [CanonicalJson.Quote("v1"), CanonicalJson.Quote("v2")] },
        "type" => new Shape
        {
            Types = ShapeTypes.String,
            Enum = [CanonicalJson.Quote("application"), CanonicalJson.Quote("library")],
        },
        _ => Text,
    };

    private static Shape Structure(string[] required, params (string Name, Shape Shape)[] fields)
    {
        var shape = new Shape { Types = ShapeTypes.Object, Fields = new ShapeFields() };
        foreach (var (name, field) in fields)
            shape.Fields.Add(new ShapeField(name, field, required.Contains(name) ? Presence.Required : Presence.Optional));
        return shape;
    }
}
