using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>The table of updates for people.</summary>
internal static class UpdateExplanations
{
    private const string Another = "it is part of what the object is known by: another object is created, and this one stays until it is "
        + "deleted or pruned";

    // What a plan pairs objects by: their kind with its group, their namespace and their name.
    private static readonly (string Path, string Why)[] Identity =
    [
        ("apiVersion", "another group means another object; another version of the same group does not"),
        ("kind", Another),
        ("metadata.name", Another),
        ("metadata.namespace", Another),
    ];

    /// <summary>The lines of a type that are true of a release, the object's own first.</summary>
    /// <param name="type">Its name: the kind, or kind and group, in any case.</param>
    /// <param name="release">The server's release.</param>
    public static IReadOnlyList<Explanation> Of(string type, Version release)
    {
        var known = UpdateTable.Types.FirstOrDefault(t => string.Equals(t, type, StringComparison.OrdinalIgnoreCase))
            ?? UpdateTable.Types.FirstOrDefault(t => string.Equals(t.Split('.')[0], type, StringComparison.OrdinalIgnoreCase));
        if (known is null)
            return [];
        return [.. Identity.Select(field => OfIdentity(known, field.Path, field.Why)),
            .. UpdateTable.Of(known)!.Where(r => r.Holds(release))
                .OrderBy(r => r.Path.Count > 0).ThenBy(PathOf, StringComparer.Ordinal).Select(r => Explain(known, r))];
    }

    /// <summary>What counts for a field: the first line of the longest path that covers it and holds without a condition; null if the type
    /// is unknown.</summary>
    /// <param name="type">The resource type.</param>
    /// <param name="path">The field's steps, list items as <c>[]</c>.</param>
    /// <param name="release">The server's release.</param>
    public static Explanation? At(string type, IReadOnlyList<string> path, Version release)
    {
        var dotted = string.Join(".", path);
        if (Array.Find(Identity, field => field.Path == dotted) is { Path: not null } identity)
            return OfIdentity(type, identity.Path, identity.Why);
        var steps = FieldPath.Root;
        foreach (var step in path)
            steps = step == "[]" ? steps.Item(0) : steps.Field(step);
        return UpdateTable.Of(type)?.FirstOrDefault(r => r.Holds(release) && r.Condition is null && r.Covers(steps.Steps())) is { } row
            ? Explain(type, row)
            : null;
    }

    private static Explanation OfIdentity(string type, string path, string why) =>
        new(type, path, Effect.Replaces, Certainty.Certain, null, why) { IsIdentity = true, DependsOnValue = path == "apiVersion" };

    private static Explanation Explain(string type, UpdateRow row) =>
        new(type, PathOf(row), row.Effect, row.Certainty, row.Condition is null ? null : UpdateConditions.TextOf(row.Condition), row.Why)
        {
            DependsOnValue = row.Decision is not null,
        };

    private static string PathOf(UpdateRow row) => row.Path.Count == 0 ? "." : string.Join(".", row.Path).Replace(".[]", "[]");
}
