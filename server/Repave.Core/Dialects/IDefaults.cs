using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects;

/// <summary>What stands for the fields that nobody writes in one block or mapping.</summary>
/// <param name="Offset">Where its first line begins or its head stands, in offsets of the document's text.</param>
/// <param name="Fields">The fields and their values, in the order of their source.</param>
public sealed record UnwrittenDefaults(int Offset, IReadOnlyList<KeyValuePair<string, string>> Fields);

/// <summary>A set whose documents have no tree of values and that knows what stands for what nobody writes in them.</summary>
public interface IDefaults
{
    /// <summary>What stands for the fields that nobody writes, of each block that touches a part of a document and has any.</summary>
    IEnumerable<UnwrittenDefaults> DefaultsIn(Document document, TextSpan part);
}
