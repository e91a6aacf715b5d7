using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Parity;

/// <summary>Compares states of which nothing more is known than how they are written.</summary>
internal sealed class PlainComparer : StateComparer
{
    public static PlainComparer Instance { get; } = new();

    protected override bool IsIgnored(FieldPath path) => false;

    protected override bool AreEqual(FieldPath path, Shape? shape, ScalarNode from, ScalarNode to) =>
        CanonicalJson.Of(from, asPlatform: true) == CanonicalJson.Of(to, asPlatform: true);
}
