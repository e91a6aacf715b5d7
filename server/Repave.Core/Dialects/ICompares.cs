using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A dialect that knows which states of a resource mean the same, and what runs of it: asked where environments are held
/// beside each other.</summary>
public interface ICompares
{
    /// <summary>Compares two states of a resource.</summary>
    StateComparer ComparerOf(Resource resource);

    /// <summary>The place of a resource that names its namespace; null if none does.</summary>
    ScalarNode? NamespaceOf(Resource resource);

    /// <summary>The places of a resource that name what is run: images.</summary>
    IReadOnlyList<ScalarNode> ArtifactsOf(Resource resource);
}
