using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Amounts of compute resources.</summary>
internal static class ResourceChecks
{
    public static void CheckRequirements(ServerCheck check, Field resources)
    {
        var limits = resources["limits"];
        var requests = resources["requests"];
        foreach (var amounts in (Field[])[limits, requests])
        {
            foreach (var (name, amount) in amounts.Fields)
            {
                if (!IsContainerResource(name))
                    check.Refuse(amount, $"'{name}' is not a resource of containers: it must be cpu, memory, ephemeral-storage, "
                        + "hugepages-… or a name with a domain.");
                CheckNotNegative(check, amount);
                if (name is "memory" or "ephemeral-storage" && Amount(amount) is { } bytes && bytes > 0 && bytes != decimal.Truncate(bytes))
                    check.TooLarge(amount, $"'{amount.Path}' is {amount.Text}, which is a part of a byte: the server takes it and warns. "
                        + "Write Mi for megabytes.", Severity.Warning);
            }
        }

        foreach (var (name, request) in requests.Fields)
        {
            // A null is nothing, and 0.
            var isNothing = limits.Mapping?.Find(name) is not null && !limits[name].Exists;
            if (Amount(request) is not { } asked || (isNothing ? 0 : Amount(limits[name])) is not { } limit)
                continue;
            if (asked > limit)
                check.Refuse(request, $"'{request.Path}' is {request.Text}, which is more than the limit of {limits[name].Text ?? "0"}.");
        }
    }

    /// <summary>The resources of containers that have names of their own.</summary>
    public static IReadOnlyList<string> OfContainers { get; } = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>Whether a name may stand in a container's resources.</summary>
    public static bool IsContainerResource(string name) =>
        OfContainers.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal)
        || (name.Contains('/') && KubernetesFormats.LabelKey(name) is null);

    public static void CheckNotNegative(ServerCheck check, Field amount)
    {
        if (Amount(amount) is { } value && value < 0)
            check.Refuse(amount, $"'{amount.Path}' may not be negative.");
    }

    /// <summary>The amount that a quantity stands for, or null if it is none.</summary>
    public static decimal? Amount(Field quantity) =>
        quantity.Text is { } text && Quantity.TryParse(text, out var amount) ? amount.Value : null;

    /// <summary>A count or a percentage.</summary>
    /// <returns>Its amount, percentages as they are; null if absent or refused.</returns>
    public static decimal? CountOrPercent(ServerCheck check, Field field, bool atMostAll = false)
    {
        if (!field.Exists || field.Text is not { } text)
            return null;
        if (field.Value is Syntax.ScalarNode { Kind: Syntax.ScalarKind.Integer } && field.Number is { } count)
        {
            if (count >= 0)
                return count;
            check.Refuse(field, $"'{field.Path}' may not be negative.");
            return null;
        }

        if (text.Length > 1 && text.EndsWith('%') && text.Take(text.Length - 1).All(c => c is >= '0' and <= '9') && text.Length < 9)
        {
            var percent = int.Parse(text.Substring(0, text.Length - 1), System.Globalization.CultureInfo.InvariantCulture);
            if (!atMostAll || percent <= 100)
                return percent;
            check.Refuse(field, $"'{field.Path}' may not be more than 100%.");
            return null;
        }

        if (text.Length > 0)
            check.Refuse(field, $"'{field.Path}' is \"{text}\", but it must be a whole number or a percentage such as 25%.");
        return null;
    }
}
