using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A set that knows what its resources' fields are.</summary>
public interface IDescribes
{
    /// <summary>The shape of a document by the texts of its topmost fields; null if nothing is known of it.</summary>
    /// <param name="head">The topmost fields that are scalars.</param>
    Shape? ShapeOf(IReadOnlyDictionary<string, string> head);

    /// <summary>What changing a field does to the live object; null if nothing is known.</summary>
    /// <param name="head">The resource's topmost fields that are scalars.</param>
    /// <param name="path">The names of the fields that lead to it; <c>[]</c> for an item of a list.</param>
    Explanation? EffectOf(IReadOnlyDictionary<string, string> head, IReadOnlyList<string> path);

    /// <summary>Whether a value may be secret, so that it is shown nowhere.</summary>
    bool IsSecret(Resource resource, Node value);
}
