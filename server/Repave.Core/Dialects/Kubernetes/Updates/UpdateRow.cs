using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>A line of updates.facts: what changing a field and all below it does.</summary>
/// <param name="Path">The steps to the field: names, <c>[]</c> for any list item, <c>*</c> for any name. None for the
/// object itself.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Certainty">How sure that is.</param>
/// <param name="Since">The first release of which it is true, or null.</param>
/// <param name="Until">The first release of which it no longer is, or null.</param>
/// <param name="Condition">The name of a condition on the object (see <see cref="UpdateConditions"/>), or null.</param>
/// <param name="Decision">The name of a decision on the values (see <see cref="UpdateDecisions"/>), or null.</param>
/// <param name="Why">The server's rule in a few words.</param>
internal sealed record UpdateRow(IReadOnlyList<string> Path, Effect Effect, Certainty Certainty, Version? Since, Version? Until,
    string? Condition, string? Decision, string Why)
{
    /// <summary>Whether it is true of a release.</summary>
    public bool Holds(Version release) => (Since is null || release >= Since) && (Until is null || release < Until);

    /// <summary>Whether it speaks of a field.</summary>
    public bool Covers(IReadOnlyList<FieldPath> steps)
    {
        if (steps.Count < Path.Count)
            return false;
        for (var i = 0; i < Path.Count; i++)
        {
            var fits = Path[i] switch
            {
                "[]" => steps[i].Name is null,
                "*" => steps[i].Name is not null,
                var name => steps[i].Name == name,
            };
            if (!fits)
                return false;
        }

        return true;
    }
}
