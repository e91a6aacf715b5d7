namespace Repave.Core.Model;

/// <summary>What identifies a resource in its environment.</summary>
/// <param name="Dialect">The dialect's name (<c>kubernetes</c>).</param>
/// <param name="Type">The resource type without its version (<c>Deployment.apps</c>, <c>ConfigMap</c>).</param>
/// <param name="Namespace">The namespace as written, or null where none is written or the type has none.</param>
/// <param name="Name">The name; empty if the environment will choose it.</param>
public sealed record ResourceId(string Dialect, string Type, string? Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Type}/{Name}" : $"{Type}/{Name} in {Namespace}";
}
