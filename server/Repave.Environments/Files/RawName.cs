using System.Text;

namespace Repave.Environments.Files;

/// <summary>File names as texts. On Linux a name is bytes; those that are no UTF-8 stand in the text as lone surrogates (U+DC80 to U+DCFF),
/// so that
/// every file can be named, opened and shown, and no two names become one.</summary>
public static class RawName
{
    private const char First = '\uDC80';
    private const char Last = '\uDCFF';
    private const int Base = 0xDC00;

    /// <summary>The text of a name.</summary>
    public static string Of(ReadOnlySpan<byte> name)
    {
        if (System.Text.Unicode.Utf8.IsValid(name))
            return Encoding.UTF8.GetString(name);
        var text = new StringBuilder(name.Length);
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                for (var i = 0; i < length; i++)
                    text.Append((char)(Base + name[i]));
            }

            name = name[length..];
        }

        return text.ToString();
    }

    /// <summary>The byte that stands at a place of a text; null if a character does.</summary>
    public static byte? ByteAt(string text, int at) =>
        text[at] is >= First and <= Last && (at == 0 || !char.IsHighSurrogate(text[at - 1])) ? (byte)(text[at] - Base) : null;

    /// <summary>Whether a text holds bytes that are no UTF-8.</summary>
    public static bool HasBytes(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange(First, Last) < 0)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (ByteAt(text, i) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The bytes of a name.</summary>
    public static byte[] BytesOf(string text)
    {
        if (!HasBytes(text))
            return Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(text.Length + 8);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (ByteAt(text, i) is not { } one)
                continue;
            bytes.AddRange(Encoding.UTF8.GetBytes(text[start..i]));
            bytes.Add(one);
            start = i + 1;
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(text[start..]));
        return [.. bytes];
    }
}
