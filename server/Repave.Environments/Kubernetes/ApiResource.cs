namespace Repave.Environments.Kubernetes;

/// <summary>A kind as a server serves it.</summary>
/// <param name="ApiVersion">Group and version (<c>apps/v1</c>).</param>
/// <param name="Kind">The kind.</param>
/// <param name="Plural">Its name in addresses.</param>
/// <param name="IsNamespaced">Whether its objects live in namespaces.</param>
/// <param name="CanList">Whether its objects can be listed.</param>
internal sealed record ApiResource(string ApiVersion, string Kind, string Plural, bool IsNamespaced, bool CanList)
{
    /// <summary>The address of all its objects, or of those of a namespace.</summary>
    public string Collection(string? @namespace) =>
        $"{Root(ApiVersion)}{(IsNamespaced && @namespace is not null ? $"/namespaces/{Uri.EscapeDataString(@namespace)}" : "")}/{Plural}";

    /// <summary>The address of an object.</summary>
    public string Address(string? @namespace, string name) => $"{Collection(@namespace)}/{Uri.EscapeDataString(name)}";

    /// <summary>The address of a group's version.</summary>
    public static string Root(string apiVersion) => apiVersion.Contains('/') ? $"apis/{apiVersion}" : $"api/{apiVersion}";
}
