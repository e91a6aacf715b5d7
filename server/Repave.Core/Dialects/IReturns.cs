using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects;

/// <summary>A dialect that knows more of the way back than the plan from the new state to the old one says.</summary>
public interface IReturns
{
    /// <summary>Whether the baseline can be planned as manifests are.</summary>
    /// <param name="input">What the changes were planned from.</param>
    bool CanReverse(PlanInput input);

    /// <summary>Says what makes the ways back of a plan's changes worse or better.</summary>
    /// <param name="pairs">The changes, with what takes each back; their ways hold what the plan says already.</param>
    void Return(IReadOnlyList<ReturnPair> pairs);
}
