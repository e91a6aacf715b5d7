namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>How much a template may ask for. Charts that are meant well come nowhere near.</summary>
internal static class GoLimits
{
    /// <summary>The longest text, in characters.</summary>
    public const int TextLength = 64 * 1024 * 1024;

    /// <summary>The longest list.</summary>
    public const int ListLength = 4_000_000;

    /// <summary>How many steps a rendering may take.</summary>
    public const long Steps = 20_000_000;

    /// <summary>How many characters a rendering may write or hand on in all.</summary>
    public const long Work = 2_000_000_000;

    /// <summary>How deep templates may call each other.</summary>
    public const int Depth = 3000;

    /// <summary>Ends what makes too long a text.</summary>
    public static void Check(long length)
    {
        if (length > TextLength)
            throw new GoException(new GoError("the text is longer than Repave follows"));
    }

    /// <summary>Ends what makes too long a list.</summary>
    public static void CheckCount(long count)
    {
        if (count > ListLength)
            throw new GoException(new GoError("the list is longer than Repave follows"));
    }
}
