namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Quotas and limits of namespaces.</summary>
internal static class QuotaChecks
{
    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims",
        "services.nodeports", "services.loadbalancers",
    };

    private static readonly HashSet<string> Measured = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    };

    /// <summary>The resources of a namespace that a quota can limit; besides these, <c>count/…</c> of any kind.</summary>
    public static IEnumerable<string> Resources => Measured.Concat(Counted);

    private static readonly string[] Scopes =
    [
        "BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating",
        "VolumeAttributesClass",
    ];

    public static void CheckQuota(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        foreach (var (name, amount) in spec["hard"].Fields)
        {
            if (!IsQuotaResource(name))
                check.Refuse(amount, $"'{name}' is not a resource that a quota can limit.");
            ResourceChecks.CheckNotNegative(check, amount);
            if ((Counted.Contains(name) || name.StartsWith("count/", StringComparison.Ordinal))
                && ResourceChecks.Amount(amount) is { } count && count != Math.Floor(count))
                check.Refuse(amount, $"'{amount.Path}' must be a whole number.");
        }

        CheckScopes(check, spec);
        foreach (var requirement in spec["scopeSelector"]["matchExpressions"].Items)
        {
            check.NotAllowed(requirement["scopeName"], Scopes);
            check.NotAllowed(requirement["operator"], "DoesNotExist", "Exists", "In", "NotIn");
        }

        SelectorChecks.CheckRequirements(check, spec["scopeSelector"]["matchExpressions"]);
    }

    private static void CheckScopes(ServerCheck check, Field spec)
    {
        var scopes = spec["scopes"];
        foreach (var scope in scopes.Items)
            check.NotAllowed(scope, Scopes);
        var set = new HashSet<string>(scopes.Texts, StringComparer.Ordinal);
        if ((set.Contains("BestEffort") && set.Contains("NotBestEffort"))
            || (set.Contains("Terminating") && set.Contains("NotTerminating")))
            check.Refuse(scopes, $"'{scopes.Path}' names scopes that exclude each other.");
        if (set.Contains("BestEffort") && spec["hard"].Fields.FirstOrDefault(f => f.Name != "pods") is { Name: not null } other)
            check.Refuse(scopes, $"The scope BestEffort limits pods only, not {other.Name}.");
    }

    private static bool IsQuotaResource(string name)
    {
        if (Counted.Contains(name) || Measured.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal)
            || name.StartsWith("requests.hugepages-", StringComparison.Ordinal)
            || name.StartsWith("limits.hugepages-", StringComparison.Ordinal))
            return true;
        return name.Contains('/') && KubernetesFormats.LabelKey(name) is null;
    }

    public static void CheckLimits(ServerCheck check, Field root)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in root["spec"]["limits"].Items)
        {
            var type = item["type"];
            if (type.Text is { Length: > 0 } name)
            {
                if (!types.Add(name))
                    check.Refuse(type, $"Another item limits the type {name} too.");
                if (!name.Contains('/'))
                    check.NotAllowed(type, "Container", "PersistentVolumeClaim", "Pod");
            }

            if (type.Text == "Pod")
            {
                check.Forbid(item["default"], "for the type Pod");
                check.Forbid(item["defaultRequest"], "for the type Pod");
            }

            if (type.Text == "PersistentVolumeClaim" && item["min"]["storage"].IsEmpty && item["max"]["storage"].IsEmpty)
                check.Refuse(type, $"'{item.Path}' must have a min or a max of storage.");
            foreach (var amounts in (Field[])[item["max"], item["min"], item["default"], item["defaultRequest"],
                item["maxLimitRequestRatio"]])
            {
                foreach (var (resource, amount) in amounts.Fields)
                {
                    if (!IsLimitResource(resource) || (type.Text is "Container" or "Pod" && resource is "storage" or "pods"))
                        check.Refuse(amount, $"'{resource}' is not a resource that can be limited.");
                }
            }

            if (type.Text is { } limited && limited.Contains('/') && KubernetesFormats.LabelKey(limited) is { } reason)
                check.Malformed(type, _ => reason);
            CheckOrder(check, item);
        }
    }

    // From the least to the most: min, what is asked for by default, the default limit, max.
    private static void CheckOrder(ServerCheck check, Field item)
    {
        Field[] ascending = [item["min"], item["defaultRequest"], item["default"], item["max"]];
        var resources = ascending.SelectMany(f => f.Fields).Select(f => f.Name).Distinct(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            for (var low = 0; low < ascending.Length; low++)
            {
                for (var high = low + 1; high < ascending.Length; high++)
                {
                    if (Of(ascending[low], resource) is not { } less || Of(ascending[high], resource) is not { } more || less <= more)
                        continue;
                    // The bound is what its author means; what lies beyond it is blamed.
                    var (blamed, bound) = high == 3 ? (ascending[low], ascending[high]) : low == 0 ? (ascending[high], ascending[low])
                        : (ascending[low], ascending[high]);
                    var word = blamed.Path == ascending[low].Path ? "more" : "less";
                    check.Refuse(blamed[resource], $"'{blamed[resource].Path}' may not be {word} "
                        + $"than '{bound[resource].Path}'.", against: bound[resource]);
                }
            }
        }

        foreach (var (resource, ratio) in item["maxLimitRequestRatio"].Fields)
        {
            if ((ratio.Exists ? ResourceChecks.Amount(ratio) : 0) is not { } most)
                continue;
            if (most < 1)
                check.Refuse(ratio, $"'{ratio.Path}' may not be less than 1.");
            else if (Of(item["min"], resource) is { } least && least > 0 && Of(item["max"], resource) is { } greatest
                && (double)most > (double)greatest / (double)least)
                check.Refuse(ratio, $"'{ratio.Path}' may not be more than max through min.");
        }
    }

    // What is null in a map of Go's is nothing at all, and 0.
    private static decimal? Of(Field amounts, string resource) =>
        amounts.Mapping?.Find(resource) is null ? null : amounts[resource].Exists ? ResourceChecks.Amount(amounts[resource]) : 0;

    private static bool IsLimitResource(string name) => name is "storage" or "pods" || ResourceChecks.IsContainerResource(name);
}
