namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Roles and their bindings.</summary>
internal static class AccessChecks
{
    private const string Group = "rbac.authorization.k8s.io";

    public static void CheckRole(ServerCheck check, Field root)
    {
        foreach (var rule in root["rules"].Items)
        {
            var urls = rule["nonResourceURLs"];
            if (!urls.IsEmpty)
            {
                if (check.Resource.Kind == "Role")
                    check.Forbid(urls, "in a Role: addresses that are not resources do not belong to a namespace");
                if (!rule["apiGroups"].IsEmpty || !rule["resources"].IsEmpty || !rule["resourceNames"].IsEmpty)
                    check.Refuse(urls, $"'{rule.Path}' may not have both resources and nonResourceURLs.");
                continue;
            }

            check.Require(rule["apiGroups"], "for resources (the core group is \"\")");
            check.Require(rule["resources"]);
        }
    }

    public static void CheckBinding(ServerCheck check, Field root)
    {
        var role = root["roleRef"];
        if (check.Resource.Kind == "ClusterRoleBinding")
            check.NotAllowed(role["kind"], "ClusterRole");
        else
            check.NotAllowed(role["kind"], "ClusterRole", "Role");
        check.Malformed(role["name"], KubernetesFormats.PathSegment);
        foreach (var subject in root["subjects"].Items)
            CheckSubject(check, subject);
    }

    private static void CheckSubject(ServerCheck check, Field subject)
    {
        switch (subject["kind"].Text)
        {
            case "ServiceAccount":
                check.Malformed(subject["name"], KubernetesFormats.DnsSubdomain);
                // In a RoleBinding it is the binding's own namespace.
                if (check.Resource.Kind == "ClusterRoleBinding")
                    check.Require(subject["namespace"], "for a ServiceAccount");
                if (!subject["apiGroup"].IsEmpty)
                    check.Refuse(subject["apiGroup"], $"'{subject["apiGroup"].Path}' must be empty for a ServiceAccount.");
                break;
            case "User" or "Group":
                check.NotAllowed(subject["apiGroup"], Group);
                break;
        }
    }
}
