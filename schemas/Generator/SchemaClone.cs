using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Repave.Schemas.Generator;

/// <summary>Reads a clone of a project that keeps a JSON Schema, at any of its tags.</summary>
/// <param name="folder">The clone.</param>
internal sealed class SchemaClone(string folder)
{
    /// <summary>A schema without what people read in it, as one line.</summary>
    /// <param name="revision">The tag.</param>
    /// <param name="path">The schema's file.</param>
    /// <param name="words">The keywords that people read.</param>
    /// <exception cref="IOException">git is missing, or has no such file.</exception>
    public string SchemaOf(string revision, string path, IReadOnlyCollection<string> words)
    {
        var schema = JsonNode.Parse(Git("show", $"{revision}:{path}"))!;
        Strip(schema, words, isNames: false);
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    /// <summary>What git answers.</summary>
    /// <exception cref="IOException">git is missing, or refuses.</exception>
    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new IOException("git could not be started.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new IOException($"git {string.Join(' ', arguments)}: {error.Result.Trim()}");
    }

    // Names that an author chose may be called the same as a keyword.
    private static void Strip(JsonNode? node, IReadOnlyCollection<string> words, bool isNames)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Strip(item, words, isNames: false);
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                if (!isNames && words.Contains(name))
                    fields.Remove(name);
                else
                    Strip(value, words, !isNames && name is "properties" or "patternProperties" or "definitions" or "$defs");
            }
        }
    }
}
