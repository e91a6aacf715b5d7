namespace Repave.Environments.Terraform;

/// <summary>What a provider answered to a planned change.</summary>
/// <param name="Planned">The state after it; what is known later is <see cref="ProviderValue.Unknown"/>.</param>
/// <param name="Replaces">The paths that force a replacement: names, keys of maps and numbers of items.</param>
/// <param name="Errors">What it complains about.</param>
/// <param name="Private">Bytes of its own to bring along.</param>
/// <param name="IsLegacy">Whether it says that its library is the older one, to which false and 0 are nothing.</param>
internal sealed record ProviderPlan(object? Planned, IReadOnlyList<IReadOnlyList<object>> Replaces,
    IReadOnlyList<ProviderDiagnostic> Errors,
    byte[] Private, bool IsLegacy = false);
