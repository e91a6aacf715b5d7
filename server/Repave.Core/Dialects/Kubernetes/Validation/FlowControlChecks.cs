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
            var queuing = response["queuing"];
            var queues = queuing["queues"].Number ?? 64;
            if (queuing["handSize"].Number is < 0)
                check.Refuse(queuing["handSize"], $"'{queuing["handSize"].Path}' may not be negative.");
            else if (queuing["handSize"].Number is { } hand && hand > queues)
                check.Refuse(queuing["handSize"], $"'{queuing["handSize"].Path}' may not be more than queues ({queues}).");
        }
        else if (spec["type"].Text == "Exempt")
        {
            check.Forbid(limited, "with the type Exempt");
        }
    }

    public static void CheckFlowSchema(ServerCheck check, Field root)
    {
        var precedence = root["spec"]["matchingPrecedence"];
        if (precedence.Number == 1 && root["metadata"]["name"].Text != "exempt")
            check.Refuse(precedence, $"'{precedence.Path}' may be 1 only in the schema that is named exempt.");
        foreach (var rule in root["spec"]["rules"].Items)
        {
            foreach (var subject in rule["subjects"].Items)
                CheckSubject(check, subject);
            if (rule.Mapping is not null && rule["resourceRules"].IsEmpty && rule["nonResourceRules"].IsEmpty)
                check.Refuse(rule, $"'{rule.Path}' must have resourceRules or nonResourceRules.");
            foreach (var resources in rule["resourceRules"].Items)
            {
                CheckVerbs(check, resources["verbs"]);
                var namespaces = resources["namespaces"];
                foreach (var name in namespaces.Items)
                {
                    if (!name.Exists)
                        check.Require(name);
                    else if (name.Text != "*")
                        check.Malformed(name, KubernetesFormats.DnsLabel);
                }

                if (namespaces.Items.Count() > 1 && namespaces.Texts.Contains("*"))
                    check.Refuse(namespaces, $"'{namespaces.Path}' may not have others beside '*'.");
                if (resources.Mapping is not null && !resources["clusterScope"].IsTrue && resources["namespaces"].IsEmpty)
                    check.Require(resources["namespaces"], "unless clusterScope is true");
            }

            foreach (var other in rule["nonResourceRules"].Items)
            {
                CheckVerbs(check, other["verbs"]);
                foreach (var url in other["nonResourceURLs"].Items)
                {
                    if (url.IsEmpty)
                        check.Require(url);
                    if (url.Text is { Length: > 0 } text && text != "*" && !text.StartsWith('/'))
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
