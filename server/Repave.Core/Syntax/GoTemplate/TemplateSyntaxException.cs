namespace Repave.Core.Syntax.GoTemplate;

/// <summary>A template that Go cannot parse. The message is Go's.</summary>
internal sealed class TemplateSyntaxException(string message, int offset) : Exception(message)
{
    /// <summary>Where in the text.</summary>
    public int Offset { get; } = offset;
}
