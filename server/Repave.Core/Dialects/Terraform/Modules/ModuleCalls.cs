namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>What a call of a module, and a resource, says besides what the module or the provider takes.</summary>
public static class ModuleCalls
{
    private static readonly HashSet<string> OfCall = new(StringComparer.Ordinal)
    {
        "source", "version", "providers", "count", "for_each", "depends_on",
    };

    private static readonly HashSet<string> OfResource = new(StringComparer.Ordinal) { "count", "for_each", "provider", "depends_on" };

    /// <summary>Whether an argument of a call is Terraform's own.</summary>
    public static bool IsMeta(string name) => OfCall.Contains(name);

    /// <summary>Whether an argument of a resource is Terraform's own.</summary>
    public static bool IsMetaOfResource(string name) => OfResource.Contains(name);

    /// <summary>Whether a source is a folder beside the module.</summary>
    public static bool IsLocal(string source) =>
        source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal) || source is "." or "..";
}
