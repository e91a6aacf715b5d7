namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Whether a chart's version is one that another asks for.</summary>
internal static class HelmVersions
{
    public static bool Fits(string constraint, string version) =>
        SemVer.Parse(version) is { } parsed && SemVerConstraint.Parse(constraint) is { } wanted && wanted.Allows(parsed);
}
