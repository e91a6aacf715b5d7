using Repave.Core.Model;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose manifests build images, and name files that run on the machine which becomes the image.</summary>
public interface IRunsInBuilds
{
    /// <summary>The files that run in a build, as the manifest names them; what is computed is left out.</summary>
    IEnumerable<string> FilesRunBy(Manifest manifest);
}
