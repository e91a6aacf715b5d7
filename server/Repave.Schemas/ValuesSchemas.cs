using Repave.Core.Builds;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Schemas;

/// <summary>Holds the values of charts against the JSON Schemas that they bring.</summary>
public sealed class ValuesSchemas : IValuesSchemas
{
    private readonly Dictionary<string, Shape?> _shapes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<(string Message, TextSpan Span)>? Check(string schema, Document values)
    {
        if (ShapeOf(schema) is not { } shape || values.Root is not { } root)
            return null;
        return [.. ShapeValidator.Validate(root, shape, ShapeReading.JsonSchema).Where(issue => issue.IsRefused)
            .Select(issue => ($"at '/{issue.Path.Replace('.', '/')}': {issue.Message}", issue.Span))];
    }

    private Shape? ShapeOf(string schema)
    {
        lock (_shapes)
        {
            if (_shapes.TryGetValue(schema, out var known))
                return known;
            try
            {
                return _shapes[schema] = JsonSchemaShapes.Read(schema, null);
            }
            catch (InvalidDataException)
            {
                return _shapes[schema] = null;
            }
        }
    }
}
