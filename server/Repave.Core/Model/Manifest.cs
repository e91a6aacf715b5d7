using Repave.Core.Yaml;

namespace Repave.Core.Model;

/// <summary>A file that was read.</summary>
/// <param name="Path">Its path as its user named it, with forward slashes.</param>
/// <param name="Yaml">Its documents.</param>
public sealed record Manifest(string Path, YamlFile Yaml)
{
    /// <summary>Reads a manifest's text.</summary>
    public static Manifest Parse(string path, string text) => new(path, YamlFile.Parse(text));

    /// <summary>The file's name without its folders.</summary>
    public string FileName => Path.Substring(Path.LastIndexOf('/') + 1);
}
