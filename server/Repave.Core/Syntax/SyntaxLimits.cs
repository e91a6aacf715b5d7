namespace Repave.Core.Syntax;

/// <summary>Bounds that keep hostile or broken input from taking time or memory.</summary>
public static class SyntaxLimits
{
    /// <summary>How deep collections may nest. Real manifests stay below 60 (CustomResourceDefinitions).</summary>
    public const int Depth = 256;

    /// <summary>How many nodes a document may have once every alias is replaced by what it stands for.</summary>
    public const int ExpandedNodes = 250_000;

    /// <summary>How long a file may be, in UTF-16 code units.</summary>
    public const int FileLength = 16 * 1024 * 1024;

    /// <summary>How many issues of one document are said.</summary>
    public const int Issues = 200;
}
