using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>Why a document could not be read as it stands.</summary>
public enum YamlErrorKind
{
    /// <summary>It is not YAML from here on.</summary>
    Syntax,

    /// <summary>A key stands twice in one mapping.</summary>
    DuplicateKey,

    /// <summary>A bound on depth, alias expansion or size is exceeded; what is beyond it was not read.</summary>
    Bound,
}

/// <summary>Something wrong in the text itself.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record YamlError(YamlErrorKind Kind, TextSpan Span, string Message);
