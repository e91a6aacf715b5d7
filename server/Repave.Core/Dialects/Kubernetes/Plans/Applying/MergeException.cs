namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>Thrown where a manifest cannot be merged with the live object, so that applying it fails.</summary>
/// <param name="message">Why, for people.</param>
internal sealed class MergeException(string message) : Exception(message);
