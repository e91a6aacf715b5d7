namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What a node of a resource is.</summary>
internal enum KustomizeKind
{
    None,
    Scalar,
    Map,
    List,
}
