namespace Repave.Core.Rules;

/// <summary>Fields that plans leave out (<c>plans: ignore:</c>).</summary>
/// <param name="Kind">The kind of the resources that it holds for, as a pattern; null for all.</param>
/// <param name="Name">Their names, as a pattern; null for all.</param>
/// <param name="Namespace">Their namespace, as a pattern; null for all.</param>
/// <param name="Environment">The environments that it holds for, as a pattern; null for all.</param>
/// <param name="Paths">JSON pointers (RFC 6901) of the fields, what is below them included; <c>*</c> stands for any name or place.</param>
/// <param name="Managers">Whose fields are left out, as the live object's <c>managedFields</c> name them.</param>
public sealed record IgnoredFields(PathPattern? Kind, PathPattern? Name, PathPattern? Namespace, PathPattern? Environment,
    IReadOnlyList<string> Paths, IReadOnlyList<string> Managers);
