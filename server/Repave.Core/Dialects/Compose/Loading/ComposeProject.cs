using System.Security.Cryptography;
using System.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>A project as Compose makes it of its files.</summary>
internal sealed class ComposeProject
{
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public ComposeProject(string name, string folder, ComposeRules rules, ComposeValue root, IReadOnlyList<ComposeProblem> problems,
        IReadOnlyList<ComposeDocument> documents)
    {
        (Name, Folder, Rules, Root, Problems, Documents) = (name, folder, rules, root, problems, documents);
        Pack = ComposePack.Of(rules.Version);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>The rules of the version of Compose.</summary>
    public ComposeRules Rules { get; }

    /// <summary>The whole.</summary>
    public ComposeValue Root { get; }

    /// <summary>Why Compose refuses it; empty where it does not.</summary>
    public IReadOnlyList<ComposeProblem> Problems { get; }

    /// <summary>The documents that it was put together from.</summary>
    public IReadOnlyList<ComposeDocument> Documents { get; }

    /// <summary>What the version of Compose knows.</summary>
    public ComposePack Pack { get; }

    /// <summary>The services that its profiles let run.</summary>
    public IReadOnlyDictionary<string, ComposeValue> Services { get; init; } = new Dictionary<string, ComposeValue>();

    /// <summary>The services that they do not.</summary>
    public IReadOnlyDictionary<string, ComposeValue> Disabled { get; init; } = new Dictionary<string, ComposeValue>();

    /// <summary>What a section besides services defines.</summary>
    public IReadOnlyDictionary<string, ComposeValue> Section(string name) => Root[name]?.Fields
        ?? (IReadOnlyDictionary<string, ComposeValue>)new Dictionary<string, ComposeValue>();

    /// <summary>The networks that its services use: only these are made.</summary>
    public IEnumerable<string> UsedNetworks() => Services.Values.SelectMany(s => s["networks"]?.Fields.Keys ?? Enumerable.Empty<string>())
        .Distinct().Where(Section("networks").ContainsKey);

    /// <summary>The volumes that its services use: only these are made.</summary>
    public IEnumerable<string> UsedVolumes() => Services.Values.SelectMany(VolumesIn).Distinct().Where(Section("volumes").ContainsKey);

    /// <summary>The names of the volumes that a service mounts.</summary>
    public IEnumerable<string> VolumesIn(ComposeValue service) => (service["volumes"]?.Items ?? [])
        .Where(v => v.TextAt("type") == "volume").Select(v => v.TextAt("source")).OfType<string>().Where(s => s.Length > 0);

    /// <summary>The hash that Compose labels a service's containers with.</summary>
    public string HashOf(string service)
    {
        lock (_hashes)
        {
            if (!_hashes.TryGetValue(service, out var hash))
                _hashes[service] = hash = HashOf(Services[service]);
            return hash;
        }
    }

    /// <summary>The hash of a service as it is given.</summary>
    public string HashOf(ComposeValue service) => Sha256(JsonOf(service));

    /// <summary>The hash that Compose labels a network with.</summary>
    public string NetworkHash(string network) => Sha256(new StructureJson(Pack, []).Write("NetworkConfig",
        Section("networks")[network], ValuePath.Root.Next("networks").Next(network), []));

    /// <summary>The hash that Compose labels a volume with.</summary>
    public string VolumeHash(string volume)
    {
        var value = Section("volumes")[volume];
        if (value["driver"] is null or { IsNull: true } or { IsText: true, Text.Length: 0 })
        {
            value = value.Copy();
            value.Set("driver", ComposeValue.Of("local"));
        }

        return Sha256(new StructureJson(Pack, []).Write("VolumeConfig", value, ValuePath.Root.Next("volumes").Next(volume), []));
    }

    /// <summary>The text that a service's hash is made of.</summary>
    public string JsonOf(ComposeValue service)
    {
        var hashed = service;
        if (service["deploy"]?["replicas"] is not null)
        {
            hashed = service.Copy();
            hashed["deploy"]!.Fields.Remove("replicas");
        }

        // Files of labels stay: only 'config' leaves them out, so that its --hash is not what 'up' labels containers with.
        List<string> left = ["build", "pull_policy", "scale", "env_file", "extends"];
        if (Rules.LeavesOutDependencies)
            left.Add("depends_on");
        if (Rules.LeavesOutProfiles)
            left.Add("profiles");
        return new StructureJson(Pack, []).Write("ServiceConfig", hashed, ValuePath.Root, left);
    }

    /// <summary>How many containers of a service are wanted.</summary>
    public static long ScaleOf(ComposeValue service) => service["scale"] is { Kind: ValueKind.Integer } scale ? scale.Integer
        : service["deploy"]?["replicas"] is { Kind: ValueKind.Integer } replicas ? replicas.Integer : 1;

    private static string Sha256(string text)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(b => b.ToString("x2",
            System.Globalization.CultureInfo.InvariantCulture)));
    }
}
