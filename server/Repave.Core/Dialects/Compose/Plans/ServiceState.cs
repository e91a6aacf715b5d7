using Repave.Core.Dialects.Compose.Loading;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What there is of a service.</summary>
/// <param name="Hash">The hash that its containers are labelled with; empty where they have several.</param>
/// <param name="Scale">How many containers there are.</param>
/// <param name="Networks">The real names of the networks that all of them are connected to.</param>
/// <param name="Volumes">The real names of the volumes that they mount.</param>
internal sealed record ServiceState(string Hash, long Scale, IReadOnlyList<string> Networks, IReadOnlyList<string> Volumes)
{
    /// <summary>The service as the earlier state defined it; null where only an engine was asked.</summary>
    public ComposeValue? Definition { get; init; }

    /// <summary>The containers; none where no engine was asked.</summary>
    public IReadOnlyList<LiveContainer> Containers { get; init; } = [];
}
