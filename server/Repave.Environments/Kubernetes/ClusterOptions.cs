using Repave.Core.Rules;

namespace Repave.Environments.Kubernetes;

/// <summary>How a cluster is to be read.</summary>
/// <param name="Context">kubectl's context; null for the current one.</param>
/// <param name="Namespace">The namespace of manifests that name none; null for the context's.</param>
/// <param name="PruneSelector">Labels of what belongs to the manifests; null for marks of ownership.</param>
/// <param name="Apply">How manifests are applied.</param>
/// <param name="Timeout">How long one request may take.</param>
internal sealed record ClusterOptions(string? Context, string? Namespace, string? PruneSelector, ApplySettings Apply, TimeSpan Timeout);
