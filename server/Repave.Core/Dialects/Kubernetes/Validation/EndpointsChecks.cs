namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What is refused in Endpoints.</summary>
internal static class EndpointsChecks
{
    public static void Check(ServerCheck check, Field root)
    {
        foreach (var subset in root["subsets"].Items)
        {
            if (subset["addresses"].IsEmpty && subset["notReadyAddresses"].IsEmpty)
                check.Require(subset["addresses"], "where there are no notReadyAddresses");
        }
    }
}
