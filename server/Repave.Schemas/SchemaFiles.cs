using System.Collections.Concurrent;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Schemas;

/// <summary>Loads the JSON Schemas that texts and settings name, each file once.</summary>
/// <param name="read">Reads a file's text; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> if it cannot.</param>
/// <param name="settingsFolder">The folder that the settings' paths start from.</param>
public sealed class SchemaFiles(Func<string, string> read, string settingsFolder) : ISchemaSource
{
    private readonly ConcurrentDictionary<string, (Shape? Shape, string Reason)> _loaded = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Shape? Load(string reference, Manifest? manifest, out string reason)
    {
        var name = reference.StartsWith("file://", StringComparison.Ordinal) ? new Uri(reference).LocalPath : reference;
        var folder = manifest is null ? settingsFolder : Path.GetDirectoryName(Path.GetFullPath(manifest.Path)) ?? ".";
        var (shape, why) = _loaded.GetOrAdd(Path.GetFullPath(Path.Combine(folder, name)), path => LoadFile(path, reference));
        reason = why;
        return shape;
    }

    private (Shape? Shape, string Reason) LoadFile(string path, string reference)
    {
        try
        {
            var text = read(path);
            if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && LanguageCatalogue.Of(path, text).ParseDocument(text).Root is { } root)
                text = CanonicalJson.Of(root, asPlatform: false);
            return (JsonSchemaShapes.Read(text, path), "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"The schema {reference} cannot be read: {(exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message)}.");
        }
        catch (InvalidDataException exception)
        {
            return (null, $"The schema {reference} is no JSON Schema: {exception.Message.Replace(Path.GetDirectoryName(path) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
        }
    }
}
