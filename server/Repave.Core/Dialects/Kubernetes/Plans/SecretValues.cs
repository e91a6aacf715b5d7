using System.Text;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Compares values of Secrets, which stand in the open, or as keyed hashes (HMAC-SHA-256) in a snapshot. Nothing gives
/// them away.</summary>
/// <param name="key">The key of the hashes; null if there is none.</param>
internal sealed class SecretValues(byte[]? key)
{
    /// <summary>Whether a field of a type holds secret values.</summary>
    public bool IsSecret(string type, FieldPath path) => type == "Secret" && path.Steps() is [{ Name: "data" or "stringData" }, ..];

    /// <summary>Whether two values are the same, as far as can be known: hashes made with another key are different.</summary>
    public bool AreEqual(ScalarNode from, ScalarNode to)
    {
        if (from.Value == to.Value)
            return true;
        var (before, after) = (IsHash(from.Value), IsHash(to.Value));
        if (before != after && key is not null)
            return before ? from.Value == HashOf(to.Value, key) : to.Value == HashOf(from.Value, key);
        return !before && !after && BytesOf(from.Value).SequenceEqual(BytesOf(to.Value));
    }

    /// <summary>The hash that stands for a value (base64, as in <c>data</c>).</summary>
    public static string HashOf(string base64, byte[] key) => SecretHash.Of(BytesOf(base64), key);

    /// <summary>Whether a value is a hash.</summary>
    public static bool IsHash(string value) => SecretHash.Is(value);

    private static byte[] BytesOf(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            return Encoding.UTF8.GetBytes(base64);
        }
    }
}
