using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>The files that functions of a configuration read (<c>file</c>, <c>templatefile</c>), as far as they are among those that were
/// read.</summary>
internal sealed class PlanFiles
{
    private readonly Dictionary<string, Manifest> _files = new(StringComparer.Ordinal);

    public PlanFiles(IEnumerable<Manifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            // What was built stands in no file.
            if (manifest.Origin is null && TerraformFiles.Join("", manifest.Path) is { } path)
                _files[path] = manifest;
        }
    }

    /// <summary>The text of a file; null if it was not read.</summary>
    public string? TextOf(string path) => _files.TryGetValue(path, out var file) ? file.Source.Text.Content : null;

    /// <summary>The texts of the files that an earlier state has too: of another nobody could say whether it has changed.</summary>
    /// <param name="earlier">Its files.</param>
    /// <param name="folder">The folder of the root.</param>
    /// <param name="was">The folder that the root was in.</param>
    public Func<string, string?> Beside(PlanFiles earlier, string folder, string was) => path =>
    {
        var then = folder == was ? path
            : folder.Length == 0 ? TerraformFiles.Join(was, path)
            : path.StartsWith(folder + "/", StringComparison.Ordinal) ? TerraformFiles.Join(was, path.Substring(folder.Length + 1)) : null;
        return then is not null && earlier._files.ContainsKey(then) ? TextOf(path) : null;
    };
}
