#pragma warning disable IDE0130, IDE0161 // One file for several namespaces, some of them not ours.
#if NETSTANDARD2_0
// Everything that C# and this code need and netstandard2.0 lacks; the only file with a condition on the target.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}

namespace System
{
    // What list patterns ask for.
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace Repave.Core
{
    internal static class NetStandardExtensions
    {
        public static bool Contains(this string text, char value) => text.IndexOf(value) >= 0;

        public static bool Contains(this string text, string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

        public static bool StartsWith(this string text, char value) => text.Length > 0 && text[0] == value;

        public static bool EndsWith(this string text, char value) => text.Length > 0 && text[text.Length - 1] == value;

        public static string[] Split(this string text, char separator, StringSplitOptions options) => text.Split([separator], options);

        public static bool TryAdd<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
            where TKey : notnull
        {
            if (dictionary.ContainsKey(key))
                return false;
            dictionary.Add(key, value);
            return true;
        }

        public static TValue? GetValueOrDefault<TKey, TValue>(this IReadOnlyDictionary<TKey, TValue> dictionary, TKey key) =>
            dictionary.TryGetValue(key, out var value) ? value : default;

        public static void Deconstruct<TKey, TValue>(this KeyValuePair<TKey, TValue> pair, out TKey key, out TValue value) =>
            (key, value) = (pair.Key, pair.Value);

    }

    /// <summary>What the platform's regular expressions can do.</summary>
    internal static class RegexPlatform
    {
        /// <summary>The option for the engine that reads every character once; none where there is no such engine. Compilers load this
        /// build of the library, and most of them run on a platform that has the engine.</summary>
        public static readonly System.Text.RegularExpressions.RegexOptions Linear = Offered();

        private static System.Text.RegularExpressions.RegexOptions Offered()
        {
            // RegexOptions.NonBacktracking, which this build's reference assemblies do not name.
            const System.Text.RegularExpressions.RegexOptions option = (System.Text.RegularExpressions.RegexOptions)1024;
            try
            {
#pragma warning disable RS0030 // Nothing is matched with it.
                _ = new System.Text.RegularExpressions.Regex("a", option);
#pragma warning restore RS0030
                return option;
            }
            catch (ArgumentOutOfRangeException)
            {
                return System.Text.RegularExpressions.RegexOptions.None;
            }
        }
    }
}
#else
namespace Repave.Core
{
    /// <summary>What the platform's regular expressions can do.</summary>
    internal static class RegexPlatform
    {
        /// <summary>The option for the engine that reads every character once; none where there is no such engine.</summary>
        public const System.Text.RegularExpressions.RegexOptions Linear = System.Text.RegularExpressions.RegexOptions.NonBacktracking;
    }
}
#endif
