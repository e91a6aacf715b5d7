using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Base 64 and 32 with Go's messages.</summary>
internal static class SprigEncodings
{
    private const string Digits32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string FromBase64(string text)
    {
        var clean = text.Replace("\n", "").Replace("\r", "");
        for (var i = 0; i < clean.Length; i++)
        {
            if (clean[i] is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/' or '='))
                return $"illegal base64 data at input byte {i}";
        }

        try
        {
            return GoQuoting.TextOf(Convert.FromBase64String(clean));
        }
        catch (FormatException)
        {
            var equals = clean.IndexOf('=');
            return $"illegal base64 data at input byte {(equals >= 0 ? equals : Math.Max(0, clean.Length / 4 * 4))}";
        }
    }

    public static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder();
        int bits = 0, value = 0;
        foreach (var b in bytes)
        {
            value = (value << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Digits32[(value >> (bits - 5)) & 31]);
            value &= (1 << bits) - 1;
        }

        if (bits > 0)
            text.Append(Digits32[(value << (5 - bits)) & 31]);
        while (text.Length % 8 != 0)
            text.Append('=');
        return text.ToString();
    }

    public static string FromBase32(string text)
    {
        var bytes = new List<byte>();
        int bits = 0, value = 0;
        var clean = text.Replace("\n", "").Replace("\r", "");
        for (var i = 0; i < clean.Length; i++)
        {
            if (clean[i] == '=' && i >= clean.Length - 6)
                break;
            var digit = Digits32.IndexOf(clean[i]);
            if (digit < 0)
                return $"illegal base32 data at input byte {i}";
            value = (value << 5) | digit;
            bits += 5;
            if (bits >= 8)
            {
                bytes.Add((byte)(value >> (bits - 8)));
                bits -= 8;
                value &= (1 << bits) - 1;
            }
        }

        return clean.Length % 8 != 0 ? $"illegal base32 data at input byte {clean.Length}" : GoQuoting.TextOf([.. bytes]);
    }
}
