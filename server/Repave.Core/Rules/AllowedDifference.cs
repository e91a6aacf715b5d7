namespace Repave.Core.Rules;

/// <summary>A difference between environments that is meant.</summary>
/// <param name="Kind">The kinds of resource; null for all.</param>
/// <param name="Name">The names of resources; null for all.</param>
/// <param name="Path">The field, with what is below it, as a JSON pointer in which <c>*</c> stands for any name or place; null for
/// all.</param>
/// <param name="Environment">The environments, of which one must be compared; null for all.</param>
/// <param name="Reason">Why.</param>
public sealed record AllowedDifference(PathPattern? Kind, PathPattern? Name, string? Path, PathPattern? Environment, string Reason)
{
    /// <summary>Whether it allows a difference.</summary>
    /// <param name="kind">The resource's kind.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="path">The field, dotted; empty for the resource as a whole.</param>
    /// <param name="environments">The environments that are compared.</param>
    public bool Allows(string kind, string name, string path, IReadOnlyList<string> environments) =>
        (Kind is null || Kind.Matches(kind)) && (Name is null || Name.Matches(name))
            && (Environment is null || environments.Any(Environment.Matches)) && (Path is null || FieldPattern.Covers(Path, path));
}
