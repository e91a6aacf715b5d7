namespace Repave.Core.Dialects;

/// <summary>A dialect whose platform has releases, each with schemas of its own.</summary>
public interface IVersioned
{
    /// <summary>The releases that there are schemas of, in order; the last is the default.</summary>
    IReadOnlyList<string> Versions { get; }
}
