namespace Repave.Environments.Terraform;

/// <summary>A provider could not be started, or did not answer.</summary>
public sealed class ProviderException(string message) : Exception(message);
