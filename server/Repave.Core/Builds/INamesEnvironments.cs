using Repave.Core.Model;

namespace Repave.Core.Builds;

/// <summary>What a dialect is some of whose manifests say what is built for an environment: those of tools that deploy from
/// repositories.</summary>
public interface INamesEnvironments
{
    /// <summary>Whether a text may hold such a manifest: a cheap test that may say yes too often and never no wrongly.</summary>
    bool MayName(string text);

    /// <summary>The environments that a manifest names; their folders start at the top of its repository.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="folders">The folders of the repository that hold something to build.</param>
    IEnumerable<ManifestEnvironment> EnvironmentsOf(Manifest manifest, IReadOnlyCollection<string> folders);
}
