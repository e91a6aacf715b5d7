using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose platform can be asked what applying a manifest would store, and marks what belongs together.</summary>
public interface ITries
{
    /// <summary>The request by which the platform is asked.</summary>
    /// <param name="desired">The manifest's resource.</param>
    /// <param name="live">The live object; null if there is none.</param>
    /// <param name="settings">How the settings say that manifests are applied.</param>
    ApplyRequest RequestFor(Resource desired, Resource? live, ApplySettings settings);

    /// <summary>The labels by which live resources are marked as belonging together, so that what manifests define no more can
    /// be found.</summary>
    IReadOnlyList<string> OwnershipLabels { get; }
}
