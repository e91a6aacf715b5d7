using System.Security.Cryptography;
using System.Text;

namespace Repave.Core.Model;

/// <summary>Keyed hashes (HMAC-SHA-256) that stand for secret values in snapshots: with the key two values can be compared, without it
/// nothing can be guessed.</summary>
public static class SecretHash
{
    private const string Prefix = "hmac-sha256:";

    /// <summary>The hash that stands for bytes.</summary>
    public static string Of(byte[] value, byte[] key)
    {
        using var hmac = new HMACSHA256(key);
        return Prefix + Convert.ToBase64String(hmac.ComputeHash(value));
    }

    /// <summary>The hash that stands for a text; a hash stands for itself.</summary>
    public static string Of(string text, byte[] key) => Is(text) ? text : Of(Encoding.UTF8.GetBytes(text), key);

    /// <summary>Whether a text is a hash.</summary>
    public static bool Is(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether two texts, either of which may be a hash or hold one, stand for the same; null if that cannot be known without
    /// the key.</summary>
    public static bool? AreEqual(string one, string other, byte[]? key)
    {
        if (one == other)
            return true;
        if (key is null)
            return one.Contains(Prefix, StringComparison.Ordinal) || other.Contains(Prefix, StringComparison.Ordinal) ? null : false;
        return Is(one) != Is(other) && Of(one, key) == Of(other, key);
    }
}
