using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose platform tells what was changed in place, and perhaps by whom.</summary>
public interface IDrifts
{
    /// <summary>Whether a baseline says what was changed in place.</summary>
    /// <param name="baseline">The baseline.</param>
    bool SaysDrift(Baseline baseline);

    /// <summary>What differs in live objects from their manifests, in the order of these.</summary>
    /// <param name="input">The manifests, and the live objects as their baseline.</param>
    /// <param name="notes">Where to say what could not be compared, and why.</param>
    IReadOnlyList<DriftItem> Drift(PlanInput input, List<string> notes);
}
