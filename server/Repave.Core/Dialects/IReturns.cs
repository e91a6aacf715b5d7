using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects;

/// <summary>A dialect that knows more of the way back than the plan from the new state to the old one says.</summary>
public interface IReturns
{
    /// <summary>The state that going back begins at.</summary>
    /// <param name="input">What the changes were planned from.</param>
    /// <param name="manifests">The manifests of the changes as a baseline.</param>
    /// <returns>That state; null if the baseline of the changes cannot be planned as manifests are.</returns>
    Baseline? StartOfReturn(PlanInput input, Baseline manifests);

    /// <summary>Whether an object of the baseline holds more than anybody applied, so that only what a change touches is taken
    /// back.</summary>
    /// <param name="before">The object.</param>
    bool HoldsMore(Resource before);

    /// <summary>Says what makes the ways back of a plan's changes worse or better.</summary>
    /// <param name="pairs">The changes, with what takes each back; their ways hold what the plan says already.</param>
    void Return(IReadOnlyList<ReturnPair> pairs);
}
