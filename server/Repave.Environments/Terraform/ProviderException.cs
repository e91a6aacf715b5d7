namespace Repave.Environments.Terraform;

/// <summary>A provider could not be started, or did not answer.</summary>
public sealed class ProviderException(string message, bool isTimeout = false) : Exception(message)
{
    /// <summary>Whether it only took too long.</summary>
    public bool IsTimeout { get; } = isTimeout;
}
