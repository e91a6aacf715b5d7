namespace Repave.Core.Text;

/// <summary>Where a regular expression was found, with its groups.</summary>
/// <param name="Span">Where.</param>
/// <param name="Groups">The groups by number and name: null for one that had no part.</param>
public sealed record BoundedMatch(TextSpan Span, IReadOnlyDictionary<string, TextSpan?> Groups)
{
    /// <summary>Where a group was found; null if it had no part or there is none.</summary>
    public TextSpan? Group(string name) => Groups.TryGetValue(name, out var span) ? span : null;
}
