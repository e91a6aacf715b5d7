using System.Security.Cryptography;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>The key derivation of RFC 7914.</summary>
internal static class Scrypt
{
    public static byte[] Derive(byte[] password, byte[] salt, int cost, int blockSize, int parallelism, int length)
    {
        var blocks = Pbkdf2(password, salt, parallelism * 128 * blockSize);
        var words = new uint[32 * blockSize];
        for (var p = 0; p < parallelism; p++)
        {
            var offset = p * 128 * blockSize;
            for (var i = 0; i < words.Length; i++)
                words[i] = BitConverter.ToUInt32(blocks, offset + (i * 4));
            Mix(words, cost, blockSize);
            for (var i = 0; i < words.Length; i++)
                BitConverter.GetBytes(words[i]).CopyTo(blocks, offset + (i * 4));
        }

        return Pbkdf2(password, blocks, length);
    }

    // With one iteration, which is all that scrypt asks for.
    private static byte[] Pbkdf2(byte[] password, byte[] salt, int length)
    {
        using var hmac = new HMACSHA256(password);
        var result = new List<byte>(length + 32);
        for (uint block = 1; result.Count < length; block++)
            result.AddRange(hmac.ComputeHash([.. salt, (byte)(block >> 24), (byte)(block >> 16), (byte)(block >> 8), (byte)block]));
        return [.. result.Take(length)];
    }

    private static void Mix(uint[] words, int cost, int blockSize)
    {
        var size = words.Length;
        var table = new uint[cost * size];
        var scratch = new uint[size];
        for (var i = 0; i < cost; i++)
        {
            Array.Copy(words, 0, table, i * size, size);
            BlockMix(words, scratch, blockSize);
        }

        for (var i = 0; i < cost; i++)
        {
            var at = (int)(words[size - 16] & (uint)(cost - 1)) * size;
            for (var k = 0; k < size; k++)
                words[k] ^= table[at + k];
            BlockMix(words, scratch, blockSize);
        }
    }

    private static void BlockMix(uint[] words, uint[] scratch, int blockSize)
    {
        var x = new uint[16];
        Array.Copy(words, words.Length - 16, x, 0, 16);
        for (var i = 0; i < 2 * blockSize; i++)
        {
            for (var k = 0; k < 16; k++)
                x[k] ^= words[(i * 16) + k];
            Salsa(x);
            Array.Copy(x, 0, scratch, ((i / 2) + (i % 2 * blockSize)) * 16, 16);
        }

        Array.Copy(scratch, words, words.Length);
    }

    private static void Salsa(uint[] block)
    {
        var x = (uint[])block.Clone();
        for (var round = 0; round < 4; round++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }

        for (var i = 0; i < 16; i++)
            block[i] += x[i];
    }

    private static void Quarter(uint[] x, int a, int b, int c, int d)
    {
        x[b] ^= Rotate(x[a] + x[d], 7);
        x[c] ^= Rotate(x[b] + x[a], 9);
        x[d] ^= Rotate(x[c] + x[b], 13);
        x[a] ^= Rotate(x[d] + x[c], 18);
    }

    private static uint Rotate(uint value, int by) => (value << by) | (value >> (32 - by));
}
