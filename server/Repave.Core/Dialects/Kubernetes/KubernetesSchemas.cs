using System.Collections.Concurrent;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>When an apiVersion of a kind was deprecated and removed, and what follows it.</summary>
/// <param name="ApiVersion">The apiVersion.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Deprecated">The release that deprecated it, or null.</param>
/// <param name="Removed">The release that no longer serves it, or null.</param>
/// <param name="Successor">The apiVersion to use instead, or null.</param>
internal sealed record ApiLifecycle(string ApiVersion, string Kind, Version? Deprecated, Version? Removed, string? Successor);

/// <summary>The schemas of a Kubernetes release.</summary>
internal sealed class KubernetesSchemas
{
    private static readonly ConcurrentDictionary<string, KubernetesSchemas> Loaded = new(StringComparer.Ordinal);
    private static readonly Lazy<Dictionary<(string ApiVersion, string Kind), ApiLifecycle>> Lifecycles = new(ReadLifecycles);

    private static readonly Lazy<HashSet<string>> Tools = new(() => ReadHeads("tools.facts"));
    private static readonly Lazy<HashSet<string>> Successors = new(() => ReadHeads("successors.facts"));

    private readonly Lazy<HashSet<string>> _groups;

    private KubernetesSchemas(string release, Func<string, string> change)
    {
        Release = Version.Parse(release);
        Pack = new SchemaPack(change(EmbeddedPacks.Text(KubernetesDialect.DialectName, release + ".pack")));
        _groups = new(() => new HashSet<string>(Pack.Kinds.Select(k => k.ApiVersion).Concat(Lifecycles.Value.Keys.Select(k => k.ApiVersion))
            .Select(GroupOf), StringComparer.Ordinal));
    }

    /// <summary>The release (1.36).</summary>
    public Version Release { get; }

    /// <summary>The built-in kinds.</summary>
    public SchemaPack Pack { get; }

    /// <summary>The schemas of a release.</summary>
    /// <exception cref="KeyNotFoundException">There is no pack for it.</exception>
    public static KubernetesSchemas For(string release) => Loaded.GetOrAdd(release, r => new KubernetesSchemas(r, text => text));

    /// <summary>The schemas of a release, or of the nearest that there is a pack for and that is not older.</summary>
    public static KubernetesSchemas Nearest(Version release) => For(EmbeddedPacks.Versions(KubernetesDialect.DialectName)
        .FirstOrDefault(v => Version.Parse(v) >= release) ?? KubernetesDialect.Newest);

    /// <summary>The schemas of a release for servers before 1.21, which set no structure as a whole but label selectors (k8s.io/api
    /// f81f579bb, 04a51e77e and ddfb9baf5).</summary>
    /// <exception cref="KeyNotFoundException">There is no pack for it.</exception>
    public static KubernetesSchemas Granular(string release) => Loaded.GetOrAdd(release + " granular", _ => new KubernetesSchemas(release,
        text => text.Replace("@atomic V1LabelSelector\n", "@kept\n").Replace("@atomic ", "# ").Replace("@kept\n", "@atomic V1LabelSelector\n")
            .Replace(" atomic\n", "\n").Replace(" atomic ", " ")));

    /// <summary>What is known of an apiVersion's life, or null.</summary>
    public static ApiLifecycle? Lifecycle(string apiVersion, string kind) =>
        Lifecycles.Value.TryGetValue((apiVersion, kind), out var found) ? found : null;

    /// <summary>Whether an API group is one of Kubernetes' own, in this or an earlier release.</summary>
    public bool IsBuiltInGroup(string group) => _groups.Value.Contains(group);

    /// <summary>Whether an object means the same under a later apiVersion, all defaults included.</summary>
    public static bool MeansTheSame(string apiVersion, string kind, string successor) =>
        Successors.Value.Contains($"{apiVersion} {kind} {successor}");

    /// <summary>Whether an object of this head is a tool's own file, which no server is ever given.</summary>
    public bool IsOfTool(string apiVersion, string kind)
    {
        var group = GroupOf(apiVersion);
        if (group.Length == 0)
            return Tools.Value.Contains(apiVersion + " " + kind);
        // A custom resource's group has a dot. One without that has a built-in kind is a misspelled one of Kubernetes' own.
        return Tools.Value.Contains(group + "/")
            || (group.IndexOf('.') < 0 && !IsBuiltInGroup(group) && Pack.KindsNamed(kind).Count == 0);
    }

    private static string GroupOf(string apiVersion) =>
        apiVersion.IndexOf('/') is var slash && slash > 0 ? apiVersion.Substring(0, slash) : "";

    // Lines whose last word says where they are from.
    private static HashSet<string> ReadHeads(string file)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in EmbeddedPacks.Text(KubernetesDialect.DialectName, file).Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#')
                found.Add(line.Substring(0, line.LastIndexOf(' ')));
        }

        return found;
    }

    private static Dictionary<(string ApiVersion, string Kind), ApiLifecycle> ReadLifecycles()
    {
        var found = new Dictionary<(string, string), ApiLifecycle>();
        foreach (var line in EmbeddedPacks.Text(KubernetesDialect.DialectName, "lifecycle.facts").Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var parts = line.Split(' ');
            found[(parts[0], parts[1])] = new ApiLifecycle(parts[0], parts[1], Parse(parts[2]), Parse(parts[3]),
                parts[4] == "-" ? null : parts[4]);
        }

        return found;

        static Version? Parse(string text) => text == "-" ? null : Version.Parse(text);
    }
}
