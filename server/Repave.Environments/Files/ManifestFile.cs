using System.Text;

namespace Repave.Environments;

/// <summary>A file that is to be read.</summary>
/// <param name="Path">Its path as its user names it, with forward slashes: what manifests are called by.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Within">The folder (without links) that it must not lead out of by a link; null if its user named it, and so where it leads.</param>
public sealed record ManifestFile(string Path, string Place, string? Within)
{
    /// <summary>Why it cannot be read, where that was seen when it was found; null if it was not.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether a sparse checkout leaves it out: git has it, the work tree has not.</summary>
    public bool IsLeftOut { get; init; }
}

/// <summary>What a file says.</summary>
/// <param name="Text">Its text; null if it holds none.</param>
/// <param name="Flaw">What keeps it from being text as it should be, as in "it is not UTF-8"; null if nothing does. What is not read as it stands is
/// never written.</param>
/// <param name="FlawAt">The place in the text where that begins.</param>
public sealed record FileText(string? Text, string? Flaw = null, int FlawAt = 0)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>Reads bytes as UTF-8 or, with a byte-order mark, as that says. The mark stays a part of the text, so that offsets are those of
    /// the file.</summary>
    public static FileText Of(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            return new FileText("", "it is UTF-32, which no platform reads; write it as UTF-8");
        var encoding = EncodingOf(bytes);
        if (encoding is UTF8Encoding && bytes.AsSpan().IndexOf((byte)0) >= 0)
            return WideWithoutMark(bytes) is { } name ? new FileText("", $"it is {name} without a byte-order mark, which no platform reads; write it as UTF-8") : new FileText(Text: null);
        try
        {
            return new FileText(encoding.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            // As far as it can be read it is checked.
            var lenient = encoding == StrictUtf8 ? Encoding.UTF8 : encoding == StrictUtf16 ? Encoding.Unicode : Encoding.BigEndianUnicode;
            var text = lenient.GetString(bytes);
            return new FileText(text, encoding is UTF8Encoding ? $"it is not UTF-8 (byte {FirstWrong(bytes):X2})" : "it is not UTF-16", FirstDifference(text, bytes, encoding));
        }
    }

    /// <summary>The bytes of a text in the encoding that its mark says.</summary>
    public static byte[] BytesOf(string text, byte[] like) => EncodingOf(like).GetBytes(text);

    private static Encoding EncodingOf(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => StrictUtf16,
        [0xFE, 0xFF, ..] => StrictUtf16BigEndian,
        _ => StrictUtf8,
    };

    // ASCII that is spread over two or four bytes a character; anything else with NULs is no text.
    private static string? WideWithoutMark(byte[] bytes)
    {
        var sample = bytes.AsSpan(0, Math.Min(bytes.Length, 256) & ~3);
        int[] zeros = [0, 0, 0, 0];
        for (var i = 0; i < sample.Length; i++)
            zeros[i & 3] += sample[i] == 0 ? 1 : 0;
        var full = sample.Length / 4;
        if (full == 0)
            return null;
        return zeros switch
        {
            [0, var b, var c, var d] when b == full && c == full && d == full => "UTF-32",
            [var a, var b, var c, 0] when a == full && b == full && c == full => "UTF-32",
            [0, var b, 0, var d] when b == full && d == full => "UTF-16",
            [var a, 0, var c, 0] when a == full && c == full => "UTF-16",
            _ => null,
        };
    }

    private static byte FirstWrong(ReadOnlySpan<byte> bytes)
    {
        while (Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done)
            bytes = bytes[length..];
        return bytes[0];
    }

    private static int FirstDifference(string text, byte[] bytes, Encoding encoding)
    {
        if (encoding is not UTF8Encoding)
            return 0;
        var at = bytes.AsSpan();
        var characters = 0;
        while (Rune.DecodeFromUtf8(at, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            characters += rune.Utf16SequenceLength;
            at = at[length..];
        }

        return Math.Min(characters, text.Length);
    }
}
