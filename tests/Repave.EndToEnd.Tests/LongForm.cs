using System.Globalization;

namespace Repave.EndToEnd.Tests;

/// <summary>What variables say of tests that have a short form in the suite and a long one.</summary>
internal static class LongForm
{
    /// <summary>The number in a variable (how many, or which seed), or another where it says none.</summary>
    public static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
