namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What a resource is known by.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="IsCluster">Whether its kind is known to have no namespace.</param>
internal readonly record struct KustomizeId(KustomizeKindName Type, string Name, string Namespace, bool IsCluster = false)
{
    private const string NoNamespace = "_non_namespaceable_";

    /// <summary>The namespace that it is in; a name that none has for what is in none.</summary>
    public string EffectiveNamespace => IsCluster ? NoNamespace : Namespace is "" or "default" ? "default" : Namespace;

    public bool IsSame(KustomizeId other) => Name == other.Name && Type == other.Type && EffectiveNamespace == other.EffectiveNamespace;

    /// <summary>What is the same for all that are the same.</summary>
    public (KustomizeKindName, string, string) Key => (Type, Name, EffectiveNamespace);

    /// <summary>Whether a selector fits it, in which what is empty fits everything.</summary>
    public bool IsSelectedBy(KustomizeId selector) => (selector.Name.Length == 0 || selector.Name == Name)
        && (selector.Namespace.Length == 0 || selector.EffectiveNamespace == EffectiveNamespace) && Type.IsSelectedBy(selector.Type);

    public override string ToString() => $"{Type}/{(Name.Length > 0 ? Name : "[noName]")}.{(Namespace.Length > 0 ? Namespace : "[noNs]")}";
}
