using System.Text;

namespace Repave.Environments;

/// <summary>A file that is to be read.</summary>
/// <param name="Path">Its path as its user names it, with forward slashes: what manifests are called by.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Within">The folder (without links) that it must not lead out of by a link; null if its user named it, and so where it
/// leads.</param>
public sealed record ManifestFile(string Path, string Place, string? Within)
{
    /// <summary>Why it cannot be read, where that was seen when it was found; null if it was not.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether a sparse checkout leaves it out: git has it, the work tree has not.</summary>
    public bool IsLeftOut { get; init; }
}

/// <summary>What a file says.</summary>
/// <param name="Text">Its text; null if it holds none.</param>
/// <param name="Flaw">What keeps it from being text as it should be, as in "it is not UTF-8"; null if nothing does. What is not read as it
/// stands is
/// never written.</param>
/// <param name="FlawAt">The place in the text where that begins.</param>
public sealed record FileText(string? Text, string? Flaw = null, int FlawAt = 0)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding StrictUtf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    private Encoding _encoding = StrictUtf8;

    /// <summary>Whether it is written as UTF-8.</summary>
    public bool IsUtf8 => _encoding == StrictUtf8;

    /// <summary>Reads bytes as UTF-8 or, with a byte-order mark, as that says. The mark stays a part of the text, so that offsets are those
    /// of
    /// the file.</summary>
    public static FileText Of(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            return new FileText(new UTF32Encoding(bigEndian: bytes[0] == 0, byteOrderMark: false).GetString(bytes),
                "it is UTF-32, which no platform reads; write it as UTF-8");
        var encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => StrictUtf16,
            [0xFE, 0xFF, ..] => StrictUtf16BigEndian,
            _ => (Encoding)StrictUtf8,
        };
        if (encoding == StrictUtf8 && bytes.AsSpan().IndexOf((byte)0) >= 0)
            return WideWithoutMark(bytes) is var (name, wide)
                ? new FileText(wide.GetString(bytes),
                $"it is {name} without a byte-order mark, which no platform reads; write it as UTF-8") : new FileText(Text: null);
        try
        {
            return new FileText(encoding.GetString(bytes)) { _encoding = encoding };
        }
        catch (DecoderFallbackException exception)
        {
            // As far as it can be read it is checked.
            var isUtf8 = encoding == StrictUtf8;
            var lenient = isUtf8 ? Encoding.UTF8 : encoding == StrictUtf16 ? Encoding.Unicode : Encoding.BigEndianUnicode;
            var text = lenient.GetString(bytes);
            var at = text.IndexOf('\uFFFD', StringComparison.Ordinal);
            return new FileText(text, isUtf8 ? $"it is not UTF-8 (byte {exception.BytesUnknown?.FirstOrDefault():X2})"
                : "it is not UTF-16", Math.Max(0, at));
        }
    }

    /// <summary>The bytes of a text that stands in this one's place.</summary>
    public byte[] BytesOf(string text) => _encoding.GetBytes(text);

    // ASCII that is spread over two or four bytes a character; anything else with NULs is no text.
    private static (string Name, Encoding Encoding)? WideWithoutMark(byte[] bytes)
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
            [0, var b, var c, var d] when b == full && c == full && d == full =>
                ("UTF-32", new UTF32Encoding(bigEndian: false, byteOrderMark: false)),
            [var a, var b, var c, 0] when a == full && b == full && c == full =>
                ("UTF-32", new UTF32Encoding(bigEndian: true, byteOrderMark: false)),
            [0, var b, 0, var d] when b == full && d == full => ("UTF-16", Encoding.Unicode),
            [var a, 0, var c, 0] when a == full && c == full => ("UTF-16", Encoding.BigEndianUnicode),
            _ => null,
        };
    }
}
