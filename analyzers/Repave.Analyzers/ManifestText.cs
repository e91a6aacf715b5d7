using System.Text;
using Microsoft.CodeAnalysis;

namespace Repave.Analyzers;

/// <summary>Which of the files that a build hands over can be read. The compiler stops a build over a file that it is asked for and cannot
/// read, so
/// it is not asked for such a file.</summary>
internal static class ManifestText
{
    /// <summary>Files that are longer are not read: 16 MB, the bound of manifests.</summary>
    public const long MaxLength = 16 * 1024 * 1024;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a file is text.</summary>
    public static bool IsReadable(AdditionalText file) => FlawOf(file) is null;

    /// <summary>Why a file is not read: empty where nobody needs to hear of it, a sentence where somebody does; null if it is.</summary>
    public static string? FlawOf(AdditionalText file)
    {
        // Editors and tests hold texts, which need no file; only the compiler's own kind is read from one when it is asked for.
        if (file.GetType().Name != "AdditionalTextFile")
            return null;
        try
        {
            var info = new FileInfo(file.Path);
            // What is no file, as a pipe or a link that leads nowhere, has no length.
            if (!info.Exists || info.Length == 0)
                return "";
            if (info.Length > MaxLength)
                return $"The file has more than {MaxLength / (1024 * 1024)} MB and is not read.";
            var bytes = File.ReadAllBytes(file.Path);
            if (HasMark(bytes))
                return null;
            if (Array.IndexOf(bytes, (byte)0) >= 0)
                return "";
            Strict.GetCharCount(bytes);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            return "";
        }
    }

    // The marks of UTF-16.
    private static bool HasMark(byte[] bytes) => bytes.Length > 1 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE
        && bytes[1] == 0xFF));
}
