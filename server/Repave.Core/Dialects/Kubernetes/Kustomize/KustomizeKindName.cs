namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Group, version and kind; as a selector, what is empty fits everything.</summary>
internal readonly record struct KustomizeKindName(string Group, string Version, string Kind)
{
    public string ApiVersion => Group.Length > 0 ? Group + "/" + Version : Version;

    /// <summary>Of a resource's <c>apiVersion</c> and <c>kind</c>.</summary>
    public static KustomizeKindName Of(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/');
        return slash < 0 ? new("", apiVersion, kind) : new(apiVersion.Substring(0, slash), apiVersion.Substring(slash + 1), kind);
    }

    /// <summary>Whether a selector fits it.</summary>
    public bool IsSelectedBy(KustomizeKindName selector) =>
        (selector.Group.Length == 0 || selector.Group == Group) && (selector.Version.Length == 0 || selector.Version == Version)
            && (selector.Kind.Length == 0 || selector.Kind == Kind);

    public override string ToString() => $"{Or(Kind, "[noKind]")}.{Or(Version, "[noVer]")}.{Or(Group, "[noGrp]")}";

    private static string Or(string text, string none) => text.Length > 0 ? text : none;
}
