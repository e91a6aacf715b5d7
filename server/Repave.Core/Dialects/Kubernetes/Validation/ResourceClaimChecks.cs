namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Claims of devices.</summary>
internal static class ResourceClaimChecks
{
    public static void CheckClaim(ServerCheck check, Field root) => CheckSpec(check, root["spec"]);

    public static void CheckTemplate(ServerCheck check, Field root) => CheckSpec(check, root["spec"]["spec"]);

    private static void CheckSpec(ServerCheck check, Field spec)
    {
        // v1beta1 has one form of request only, whose fields stand in the request itself.
        var hasForms = !check.Resource.ApiVersion.EndsWith("v1beta1", StringComparison.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in spec["devices"]["requests"].Items)
        {
            if (request["name"].Text is { Length: > 0 } name && !names.Add(name))
                check.Refuse(request["name"], $"Another request is named \"{name}\" too.");
            if (hasForms && request.Mapping is not null && request["exactly"].Exists == !request["firstAvailable"].IsEmpty)
                check.Refuse(request, $"'{request.Path}' must have exactly one of exactly and firstAvailable.");
            var exactly = request["exactly"];
            if (exactly["allocationMode"].Text == "All" && exactly["count"].Number is > 0)
                check.Forbid(exactly["count"], "with the allocationMode All");
            foreach (var selector in exactly["selectors"].Items)
            {
                if (selector.Mapping is not null)
                    check.Require(selector["cel"]);
            }
        }
    }
}
