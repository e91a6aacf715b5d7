using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

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
        foreach (var (release, tag) in Releases)
        {
            var schema = JsonNode.Parse(Show(clone, $"refs/tags/{tag}:cloudinit/config/schemas/schema-cloud-config-v1.json"))!;
            Strip(schema, isNames: false);
            File.WriteAllText(Path.Combine(folder, release + ".pack"),
                $"@source github.com/canonical/cloud-init {tag} (Apache-2.0 or GPL-3.0)\n"
                + schema.ToJsonString(new JsonSerializerOptions { WriteIndented = false }) + "\n");
        }
    }

    // What people read is left out; names that an author chose may be called the same.
    private static void Strip(JsonNode? node, bool isNames)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Strip(item, isNames: false);
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                if (!isNames && Words.Contains(name))
                    fields.Remove(name);
                else
                    Strip(value, !isNames && name is "properties" or "patternProperties" or "$defs");
            }
        }
    }

    private static string Show(string clone, string what)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = clone, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("show");
        start.ArgumentList.Add(what);
        using var process = Process.Start(start) ?? throw new IOException("git could not be started.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new IOException($"git show {what}: {error.Result.Trim()}");
    }
}
