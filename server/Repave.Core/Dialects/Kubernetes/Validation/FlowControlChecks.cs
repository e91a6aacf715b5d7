namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>API priority and fairness.</summary>
internal static class FlowControlChecks
{
    private static readonly string[] Verbs =
        ["*", "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

    public static void CheckPriorityLevel(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var limited = spec["limited"];
        if (spec["type"].Text == "Limited")
        {
            check.Forbid(spec["exempt"], "with the type Limited");
            var response = limited["limitResponse"];
            if (limited.Exists && response["type"].IsEmpty)
                check.Require(response["type"]);
            if (!limited.Exists)
                check.Require(limited, "with the type Limited");
            if (response["type"].Text == "Reject")
                check.Forbid(response["queuing"], "with the type Reject");
            else if (response["type"].Text == "Queue" && !response["queuing"].Exists)
                check.Require(response["queuing"], "with the type Queue");
        }
        else if (spec["type"].Text == "Exempt")
        {
            check.Forbid(limited, "with the type Exempt");
        }
    }

    public static void CheckFlowSchema(ServerCheck check, Field root)
    {
        foreach (var rule in root["spec"]["rules"].Items)
        {
            foreach (var subject in rule["subjects"].Items)
                CheckSubject(check, subject);
            if (rule.Mapping is not null && rule["resourceRules"].IsEmpty && rule["nonResourceRules"].IsEmpty)
                check.Refuse(rule, $"'{rule.Path}' must have resourceRules or nonResourceRules.");
            foreach (var resources in rule["resourceRules"].Items)
            {
                CheckVerbs(check, resources["verbs"]);
                if (resources.Mapping is not null && !resources["clusterScope"].IsTrue && resources["namespaces"].IsEmpty)
                    check.Require(resources["namespaces"], "unless clusterScope is true");
            }

            foreach (var other in rule["nonResourceRules"].Items)
            {
                CheckVerbs(check, other["verbs"]);
                foreach (var url in other["nonResourceURLs"].Items)
                {
                    if (url.Text is { } text && text != "*" && !text.StartsWith('/'))
                        check.Refuse(url, $"'{url.Path}' must begin with '/'.");
                }
            }
        }
    }

    private static void CheckSubject(ServerCheck check, Field subject)
    {
        foreach (var (kind, field) in ((string, string)[])[("User", "user"), ("Group", "group"), ("ServiceAccount", "serviceAccount")])
        {
            if (subject["kind"].Text == kind)
                check.Require(subject[field], $"for the kind {kind}");
            else if (subject["kind"].Text is "User" or "Group" or "ServiceAccount")
                check.Forbid(subject[field], $"for the kind {subject["kind"].Text}");
        }
    }

    private static void CheckVerbs(ServerCheck check, Field verbs)
    {
        foreach (var verb in verbs.Items)
            check.NotAllowed(verb, Verbs);
        if (verbs.Items.Count() > 1 && verbs.Texts.Contains("*"))
            check.Refuse(verbs, $"'{verbs.Path}' may not have others beside '*'.");
    }
}
