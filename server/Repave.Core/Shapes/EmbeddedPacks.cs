using System.IO.Compression;
using System.Text;

namespace Repave.Core.Shapes;

/// <summary>The packs and fact files that this assembly carries, compressed.</summary>
public static class EmbeddedPacks
{
    private const string Prefix = "schemas/";

    private const int BufferSize = 1 << 16;

    /// <summary>The names of a dialect's packs, as <c>1.36</c>, in the order of their versions.</summary>
    public static IReadOnlyList<string> Versions(string dialect)
    {
        var prefix = $"{Prefix}{dialect}/";
        const string suffix = ".pack.gz";
        return [.. typeof(EmbeddedPacks).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal))
            .Select(name => name.Substring(prefix.Length, name.Length - prefix.Length - suffix.Length))
            .OrderBy(version => Version.TryParse(version, out var number) ? number : new Version(0, 0))];
    }

    /// <summary>The text of an embedded file, such as <c>1.36.pack</c> of the dialect <c>kubernetes</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public static string Text(string dialect, string file)
    {
        using var stream = typeof(EmbeddedPacks).Assembly.GetManifestResourceStream($"{Prefix}{dialect}/{file}.gz")
            ?? throw new KeyNotFoundException($"No embedded file {file} for {dialect}.");
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, BufferSize);
        return reader.ReadToEnd();
    }
}
