namespace Repave.Schemas.Generator;

/// <summary>Makes the packs of cloud-init from a clone of it: the schema of cloud-configs without its words.</summary>
internal static class CloudInitPacks
{
    // The release of Debian 12, and the last one.
    private static readonly (string Release, string Tag)[] Releases = [("22.4", "22.4.2"), ("26.2", "26.2")];

    private static readonly string[] Words =
    [
        "description", "title", "$schema", "default", "label", "hidden", "deprecated", "deprecated_version", "deprecated_description",
        "changed", "changed_version", "changed_description",
    ];

    /// <summary>Writes all packs.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="clone">The clone of cloud-init.</param>
    /// <exception cref="IOException">git is missing, or the clone lacks a tag.</exception>
    public static void Write(string folder, string clone)
    {
        Directory.CreateDirectory(folder);
        var source = new SchemaClone(clone);
        foreach (var (release, tag) in Releases)
        {
            var schema = source.SchemaOf($"refs/tags/{tag}", "cloudinit/config/schemas/schema-cloud-config-v1.json", Words);
            File.WriteAllText(Path.Combine(folder, release + ".pack"),
                $"@source github.com/canonical/cloud-init {tag} (Apache-2.0 or GPL-3.0)\n{schema}\n");
        }
    }
}
