using Repave.Core.Syntax;

namespace Repave.Core.Text;

/// <summary>Values of configurations that other tools fill in before they are read: <c>${…}</c> and <c>{{…}}</c>.</summary>
internal static class FilledIn
{
    /// <summary>Whether a text holds a place that is filled in.</summary>
    public static bool Is(string value) => value.Contains("${", StringComparison.Ordinal) || value.Contains("{{", StringComparison.Ordinal);

    /// <summary>Whether a value holds a place that is filled in.</summary>
    public static bool Is(ScalarNode scalar) => Is(scalar.Value);
}
