using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Builds;

/// <summary>Holds values against a JSON Schema that their author wrote.</summary>
public interface IValuesSchemas
{
    /// <summary>What is wrong with values.</summary>
    /// <param name="schema">The text of the schema.</param>
    /// <param name="values">The values.</param>
    /// <returns>What is wrong and where in the values' text; null if the schema cannot be read.</returns>
    IReadOnlyList<(string Message, TextSpan Span)>? Check(string schema, Document values);
}
