using Repave.Core.Shapes;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>The actions that policies of IAM can name (<c>schemas/cloudformation/actions.facts</c>).</summary>
internal static class PolicyActions
{
    private static readonly Lazy<Dictionary<string, string>> Services = new(Read);

    /// <summary>What an action that no service has was probably meant to be; null where it is known, has wildcards, or is like none: AWS
    /// adds actions faster than data of them is published.</summary>
    /// <param name="action">The action (<c>s3:GetObject</c>).</param>
    public static string? Meant(string action)
    {
        var colon = action.IndexOf(':');
        if (colon <= 0 || action.IndexOfAny(['*', '?', '$', '{', ' ']) >= 0)
            return null;
        var (service, name) = (action.Substring(0, colon).ToLowerInvariant(), action.Substring(colon + 1).ToLowerInvariant());
        if (name.Length == 0)
            return null;
        if (!Services.Value.TryGetValue(service, out var line))
        {
            var near = service.Length < 5 ? null : NearestName.Of(service, Services.Value.Keys.Where(s => s.Length >= 5));
            return near is not null && Of(near).Contains(name) ? $"{near}:{action.Substring(colon + 1)}" : null;
        }

        var actions = Of(service);
        if (actions.Contains(name))
            return null;
        // A number more or less is a newer action, and no slip.
        return NearestName.Of(name, actions) is { } meant && name.Count(char.IsDigit) == meant.Count(char.IsDigit)
            ? $"{service}:{meant}" : null;
    }

    private static HashSet<string> Of(string service) =>
        new(Services.Value[service].Split(' ').Skip(1), StringComparer.Ordinal);

    private static Dictionary<string, string> Read()
    {
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in EmbeddedPacks.Text(CloudFormationDialect.DialectName, "actions.facts").Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#' && line.IndexOf(' ') is > 0 and var space)
                services[line.Substring(0, space)] = line.TrimEnd('\r');
        }

        return services;
    }
}
