namespace Repave.Environments.CloudFormation;

/// <summary>How a stack is to be read.</summary>
/// <param name="Stack">The stack; null if none was named.</param>
/// <param name="Profile">The profile of the aws client; null for its own.</param>
/// <param name="Endpoint">The address of the API; null for AWS's own.</param>
/// <param name="IsChangeSet">Whether a change set may be made, which is deleted again.</param>
/// <param name="DetectsDrift">Whether CloudFormation is to look for drift, which reads the stack's resources.</param>
/// <param name="Timeout">How long one request may take.</param>
internal sealed record StackOptions(string? Stack, string? Profile, string? Endpoint, bool IsChangeSet, bool DetectsDrift,
    TimeSpan Timeout);
