namespace Repave.Core.Rules;

/// <summary>What may be changed in live objects behind their manifests' back (<c>drift: allow:</c>).</summary>
/// <param name="Managers">Who may, as the platform names them, as patterns; none for everybody.</param>
/// <param name="Paths">The fields, as JSON pointers or dotted, what is below them included; <c>*</c> stands for any name or place; none
/// for all.</param>
/// <param name="Kind">The kinds of resource, as a pattern; null for all.</param>
/// <param name="Name">Their names, as a pattern; null for all.</param>
/// <param name="Namespace">Their namespaces, as a pattern; null for all.</param>
/// <param name="Environment">The environments that it holds for, as a pattern; null for all.</param>
/// <param name="Reason">Why; empty if nothing says it.</param>
public sealed record AllowedDrift(IReadOnlyList<PathPattern> Managers, IReadOnlyList<string> Paths, PathPattern? Kind, PathPattern? Name,
    PathPattern? Namespace, PathPattern? Environment, string Reason)
{
    /// <summary>Whether it allows a change.</summary>
    /// <param name="kind">The resource's kind.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="space">The resource's namespace; null if it has none.</param>
    /// <param name="path">The field, dotted; empty for the resource as a whole.</param>
    /// <param name="manager">Who wrote it; null where the platform does not say it.</param>
    /// <param name="environment">The environment's name; null if it has none.</param>
    public bool Allows(string kind, string name, string? space, string path, string? manager, string? environment) =>
        (Managers.Count == 0 || (manager is not null && Managers.Any(m => m.Matches(manager))))
            && (Paths.Count == 0 || Paths.Any(p => FieldPattern.Covers(p, path)))
            && (Kind is null || Kind.Matches(kind)) && (Name is null || Name.Matches(name))
            && (Namespace is null || (space is not null && Namespace.Matches(space)))
            && (Environment is null || (environment is not null && Environment.Matches(environment)));
}
