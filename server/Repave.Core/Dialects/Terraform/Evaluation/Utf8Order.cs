namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>The order of texts by their bytes in UTF-8, which is Go's.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public static int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return string.CompareOrdinal(x, y);
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] == y[i])
                continue;
            // In UTF-16 a pair of surrogates stands before the last characters of the first plane, in UTF-8 behind all of it.
            var (left, right) = (char.IsSurrogate(x[i]), char.IsSurrogate(y[i]));
            return left != right ? (left ? 1 : -1) : x[i].CompareTo(y[i]);
        }

        return x.Length.CompareTo(y.Length);
    }

    int IComparer<string>.Compare(string? x, string? y) => Compare(x, y);
}
