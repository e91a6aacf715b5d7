namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Why Compose refuses a project.</summary>
/// <param name="Kind">What kind of thing is wrong.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Place">Where; null where it is the project as a whole.</param>
/// <param name="Path">The field, dotted.</param>
internal sealed record ComposeProblem(ProblemKind Kind, string Message, ValuePlace? Place, string Path)
{
    /// <summary>The name that was probably meant; null if none is near.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Of a name that nothing has, the type of what should have it, and the name; null of other problems.</summary>
    public (string Type, string Name)? Missing { get; init; }

    /// <summary>Whether it shows only once all files of a project are put together, so that a file alone does not have it.</summary>
    public bool IsOfWhole { get; init; }
}
