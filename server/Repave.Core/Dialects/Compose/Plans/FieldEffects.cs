using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Plans;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What changing a field of a service does to its containers.</summary>
internal static class FieldEffects
{
    private const string Hashed = "Compose recreates a container whose service has another hash";

    /// <summary>What changing a field of a service does.</summary>
    public static Explanation Of(string field, ComposeRules rules)
    {
        var (effect, why) = field switch
        {
            "scale" => (Effect.InPlace, "containers are added or removed, and the others stay"),
            "build" => (Effect.None, "the image is built again only when asked (--build), and then the containers follow it"),
            "pull_policy" => (Effect.None, "it says when an image is fetched, and is not part of the hash"),
            "depends_on" when rules.LeavesOutDependencies => (Effect.None, "the order of starting is not part of the hash"),
            "profiles" when rules.LeavesOutProfiles => (Effect.None, "profiles do not count in the hash"),
            _ when field.StartsWith("x-", StringComparison.Ordinal) => (Effect.None, "extensions do not count in the hash"),
            _ => (Effect.Rolls, Hashed),
        };
        return new Explanation("service", field, effect, Certainty.Certain, null, why);
    }

    /// <summary>What changing each field of a type of resource does.</summary>
    public static IReadOnlyList<Explanation> Explain(string type, string? version)
    {
        var release = ComposePack.Versions[ComposePack.Versions.Count - 1];
        var rules = ComposeRules.Of(version ?? release) ?? ComposeRules.Of(release)!;
        var pack = ComposePack.Of(rules.Version);
        return type switch
        {
            "service" or "services" => [.. (pack.Structure("ServiceConfig") ?? []).Select(f => Of(f.Name, rules))],
            "network" or "networks" => [new Explanation("network", ".", rules.RecreatesNetworks ? Effect.Replaces : Effect.None,
                Certainty.Certain,
                null, rules.RecreatesNetworks ? "the network is removed and created again, and all its containers are stopped"
                    : "this version of Compose keeps the network as it is")],
            "volume" or "volumes" => [new Explanation("volume", ".", Effect.None, Certainty.Conditional, null, rules.ComparesVolumes
                ? "Compose asks whether to create the volume again without its data, and keeps it where nobody answers yes"
                : "this version of Compose keeps the volume as it is")],
            "secret" or "secrets" or "config" or "configs" => [new Explanation(type.TrimEnd('s'), ".", Effect.None, Certainty.Certain, null,
                "containers keep what they were made with until they are recreated")],
            _ => [],
        };
    }
}
