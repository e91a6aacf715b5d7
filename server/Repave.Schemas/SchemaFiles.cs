using System.Collections.Concurrent;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Schemas;

/// <summary>Loads the JSON Schemas that texts and settings name, each file once.</summary>
/// <param name="read">Reads a file's text; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> if
/// it cannot.</param>
/// <param name="settingsFolder">The folder that the settings' paths start from.</param>
/// <param name="fullPath">The place of a manifest by its path; by default the path itself, from the folder that the process runs
/// in.</param>
public sealed class SchemaFiles(Func<string, string> read, string settingsFolder, Func<string, string>? fullPath = null) : ISchemaSource
{
    private readonly ConcurrentDictionary<string, (Shape? Shape, string Reason)> _loaded = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Shape? Load(string reference, Manifest? manifest, out string reason)
    {
        if (NameOf(reference) is not { } name)
        {
            reason = $"The schema {reference} cannot be read: that is not a path.";
            return null;
        }

        var folder = manifest is null ? settingsFolder
            : Path.GetDirectoryName(Path.GetFullPath(fullPath?.Invoke(manifest.Path) ?? manifest.Path)) ?? ".";
        var (shape, why) = _loaded.GetOrAdd(Path.GetFullPath(Path.Combine(folder, name)), path => LoadFile(path, reference));
        reason = why;
        return shape;
    }

    // Another machine's file is an address, whatever it looks like.
    private static string? NameOf(string reference)
    {
        if (reference.Length == 0 || reference.Contains('\0') || reference.StartsWith(@"\\", StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && reference.StartsWith("//", StringComparison.Ordinal)))
            return null;
        if (!reference.StartsWith("file://", StringComparison.Ordinal))
            return reference;
        return Uri.TryCreate(reference, UriKind.Absolute, out var address) && address is { IsFile: true, IsUnc: false }
            && address.Host.Length == 0 ? address.LocalPath : null;
    }

    private (Shape? Shape, string Reason) LoadFile(string path, string reference)
    {
        try
        {
            var text = read(path);
            if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                && LanguageCatalogue.Of(path, text).ParseDocument(text).Root is { } root)
                text = CanonicalJson.Of(root, asPlatform: false);
            return (JsonSchemaShapes.Read(text, path, read), "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"The schema {reference} cannot be read: "
                + $"{(exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message)}.");
        }
        catch (InvalidDataException exception)
        {
            return (null, $"The schema {reference} is no JSON Schema: "
                + $"{exception.Message.Replace(Path.GetDirectoryName(path) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
        }
    }
}
