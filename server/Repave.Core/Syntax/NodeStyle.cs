namespace Repave.Core.Syntax;

/// <summary>How a scalar or a collection is written.</summary>
public enum NodeStyle
{
    /// <summary>Scalars: without quotes. Collections: by indentation.</summary>
    Plain,

    /// <summary>In single quotes.</summary>
    SingleQuoted,

    /// <summary>In double quotes.</summary>
    DoubleQuoted,

    /// <summary>Over several lines, whose breaks are kept.</summary>
    Literal,

    /// <summary>Over several lines, which are folded into one.</summary>
    Folded,

    /// <summary>Collections: in brackets or braces.</summary>
    Flow,
}
