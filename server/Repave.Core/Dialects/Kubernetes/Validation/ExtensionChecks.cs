namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What extends the API: webhooks, admission policies, API services.</summary>
internal static class ExtensionChecks
{
    public static void CheckWebhooks(ServerCheck check, Field root)
    {
        foreach (var webhook in root["webhooks"].Items)
        {
            CheckClient(check, webhook["clientConfig"]);
            var versions = webhook["admissionReviewVersions"];
            if (!versions.IsEmpty && !versions.Texts.Any(v => v is "v1" or "v1beta1"))
                check.Refuse(versions, $"'{versions.Path}' must name at least one of v1 and v1beta1.");
            foreach (var rule in webhook["rules"].Items)
                CheckRule(check, rule);
            SelectorChecks.CheckLabelSelector(check, webhook["namespaceSelector"]);
            SelectorChecks.CheckLabelSelector(check, webhook["objectSelector"]);
        }
    }

    public static void CheckClient(ServerCheck check, Field client)
    {
        if (client.Mapping is null)
            return;
        var url = client["url"];
        var service = client["service"];
        if (url.Exists == service.Exists)
            check.Refuse(client, $"'{client.Path}' must have exactly one of url and service.");
        if (url.Text is { } address && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            check.Refuse(url, $"'{url.Path}' must begin with https://.");
        else if (url.Text is { } text && (text.Contains('?') || text.Contains('#') || text.Contains('@')))
            check.Refuse(url, $"'{url.Path}' may have no user, query or fragment.");
        if (service.Exists)
        {
            check.Require(service["name"]);
            check.Require(service["namespace"]);
            var path = service["path"];
            if (path.Text is { Length: > 0 } where && !IsPath(where))
                check.Refuse(path,
                    $"'{path.Path}' must begin with '/' and have names of lower-case letters, digits and '-' or '.' between.");
        }
    }

    // Each part is what a name of DNS is; a slash may stand at the end.
    private static bool IsPath(string path)
    {
        if (!path.StartsWith('/') || path.Contains("//"))
            return false;
        return path.Length == 1 || path.Trim('/').Split('/').All(part => KubernetesFormats.DnsSubdomain(part) is null);
    }

    private static void CheckRule(ServerCheck check, Field rule)
    {
        foreach (var list in (string[])["operations", "apiGroups", "apiVersions"])
        {
            var values = rule[list];
            if (values.Items.Count() > 1 && values.Texts.Contains("*"))
                check.Refuse(values, $"'{values.Path}' may not have others beside '*'.");
        }

        foreach (var list in (string[])["apiVersions", "resources"])
        {
            foreach (var value in rule[list].Items)
            {
                if (value.IsEmpty)
                    check.Require(value);
            }
        }
    }

    public static void CheckPolicy(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        if (spec["validations"].IsEmpty && spec["auditAnnotations"].IsEmpty)
            check.Require(spec["validations"], "(or auditAnnotations)");
        foreach (var rule in spec["matchConstraints"]["resourceRules"].Items)
            CheckRule(check, rule);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in spec["variables"].Items)
        {
            if (variable["name"].Text is { Length: > 0 } name && !names.Add(name))
                check.Refuse(variable["name"], $"Another variable is named \"{name}\" too.");
        }

        if (spec["paramKind"].Exists)
        {
            check.Require(spec["paramKind"]["apiVersion"]);
            check.Require(spec["paramKind"]["kind"]);
        }
    }

    public static void CheckPolicyBinding(ServerCheck check, Field root)
    {
        var actions = root["spec"]["validationActions"];
        if (actions.Texts.Contains("Deny") && actions.Texts.Contains("Warn"))
            check.Refuse(actions, $"'{actions.Path}' may not have both Deny and Warn.");
    }

    public static void CheckApiService(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var name = root["metadata"]["name"];
        var group = spec["group"];
        var version = spec["version"];
        var expected = $"{version.Text}.{group.Text}";
        if (name.Text is { } actual && actual != expected)
            check.Refuse(name, $"'{name.Path}' must be the version and the group, '{expected}', not '{actual}'.");
        check.Malformed(group, KubernetesFormats.DnsSubdomain);
        check.Require(version);
        check.Malformed(version, KubernetesFormats.DnsLabel1035);
        if (spec["service"].Exists)
        {
            check.Require(spec["service"]["name"]);
            check.Require(spec["service"]["namespace"]);
            if (spec["insecureSkipTLSVerify"].IsTrue && !spec["caBundle"].IsEmpty)
                check.Refuse(spec["insecureSkipTLSVerify"],
                    $"'{spec["insecureSkipTLSVerify"].Path}' may not be true where a caBundle is given.");
            return;
        }

        // Without a service the API is the server's own, and there is no connection to secure.
        if (spec["insecureSkipTLSVerify"].IsTrue)
            check.Forbid(spec["insecureSkipTLSVerify"], "without a service");
        if (!spec["caBundle"].IsEmpty)
            check.Forbid(spec["caBundle"], "without a service");
    }
}
