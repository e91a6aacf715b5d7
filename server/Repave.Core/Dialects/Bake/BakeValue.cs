using Repave.Core.Text;

namespace Repave.Core.Dialects.Bake;

/// <summary>A value of a target: one text or several. What only a build can know is <see cref="Unknown"/> in it.</summary>
/// <param name="Span">Where it is written.</param>
/// <param name="Texts">The texts.</param>
internal sealed record BakeValue(TextSpan Span, IReadOnlyList<string> Texts)
{
    /// <summary>Stands for what only a build can know.</summary>
    public const char Unknown = '\u0001';

    /// <summary>The one text; null if it is none, or not known.</summary>
    public string? Text => Texts is [var one] && one.IndexOf(Unknown) < 0 ? one : null;
}
