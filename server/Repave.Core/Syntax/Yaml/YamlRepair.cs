using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>A change of a text that cannot be read, such that more of it can.</summary>
/// <param name="Text">The changed text.</param>
/// <param name="Message">What is wrong, if the change says it; null to say what the reader said.</param>
/// <param name="At">Where that is, in the text that was changed.</param>
internal sealed record YamlRepair(AdaptedText Text, string? Message, TextSpan At);
