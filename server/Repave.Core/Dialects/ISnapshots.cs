using Repave.Core.Plans;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose baselines can be kept as a text.</summary>
public interface ISnapshots
{
    /// <summary>A baseline as a text that can be kept and planned against later; values of secrets are keyed hashes in it.</summary>
    /// <param name="live">The baseline.</param>
    /// <param name="hashKey">The key of the hashes.</param>
    /// <param name="holdsKey">Whether the text holds the key; without it whoever plans must have it.</param>
    string Snapshot(Baseline live, byte[] hashKey, bool holdsKey);
}
