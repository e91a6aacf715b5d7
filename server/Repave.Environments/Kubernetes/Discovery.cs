using System.Collections.Concurrent;
using System.Text.Json;

namespace Repave.Environments.Kubernetes;

/// <summary>What kinds a server serves, asked for group by group.</summary>
internal sealed class Discovery(ApiClient api)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<(IReadOnlyList<ApiResource> Resources, ApiAnswer Answer)>>> _versions =
        new(StringComparer.Ordinal);

    /// <summary>A kind under an apiVersion, or under another version of its group if that one is not served. Null if the server has no such
    /// kind (no problem), or cannot say (a problem).</summary>
    public async Task<(ApiResource? Resource, string? Problem)> Find(string apiVersion, string kind)
    {
        var (resources, answer) = await Version(apiVersion);
        if (!answer.Succeeded && !answer.IsAbsent)
            return (null, answer.Problem);
        if (resources.FirstOrDefault(r => r.Kind == kind) is { } found)
            return (found, null);
        if (!apiVersion.Contains('/'))
            return (null, null);
        foreach (var other in await VersionsOf(apiVersion.Split('/')[0]))
        {
            if ((await Version(other)).Resources.FirstOrDefault(r => r.Kind == kind) is { } older)
                return (older, null);
        }

        return (null, null);
    }

    /// <summary>Every kind that can be listed, under the version that its group prefers, or else under another that has it.</summary>
    public async Task<(IReadOnlyList<ApiResource> Resources, string? Problem)> All()
    {
        var groups = await api.Get("apis");
        if (!groups.Succeeded)
            return ([], groups.Problem);
        var versions = new List<string> { "v1" };
        using (var document = JsonDocument.Parse(groups.Body))
        {
            foreach (var group in document.RootElement.GetProperty("groups").EnumerateArray())
            {
                var preferred = group.GetProperty("preferredVersion").GetProperty("groupVersion").GetString()!;
                versions.Add(preferred);
                versions.AddRange(group.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("groupVersion").GetString()!)
                    .Where(v => v != preferred));
            }
        }

        var all = new Dictionary<(string Group, string Plural), ApiResource>();
        foreach (var version in versions)
        {
            var group = version.Contains('/') ? version.Split('/')[0] : "";
            foreach (var resource in (await Version(version)).Resources.Where(r => r.CanList))
                all.TryAdd((group, resource.Plural), resource);
        }

        return ([.. all.Values], null);
    }

    private Task<(IReadOnlyList<ApiResource> Resources, ApiAnswer Answer)> Version(string apiVersion) =>
        _versions.GetOrAdd(apiVersion, version => new(() => Read(version))).Value;

    private async Task<(IReadOnlyList<ApiResource> Resources, ApiAnswer Answer)> Read(string apiVersion)
    {
        var answer = await api.Get(ApiResource.Root(apiVersion));
        if (!answer.Succeeded)
            return ([], answer);
        using var document = JsonDocument.Parse(answer.Body);
        var resources = new List<ApiResource>();
        foreach (var resource in document.RootElement.GetProperty("resources").EnumerateArray())
        {
            var plural = resource.GetProperty("name").GetString()!;
            // Names with a slash are parts of resources (status, scale).
            if (!plural.Contains('/'))
                resources.Add(new ApiResource(apiVersion, resource.GetProperty("kind").GetString()!, plural,
                    resource.GetProperty("namespaced").GetBoolean(),
                    resource.GetProperty("verbs").EnumerateArray().Any(v => v.GetString() == "list")));
        }

        return (resources, answer);
    }

    private async Task<IReadOnlyList<string>> VersionsOf(string group)
    {
        var answer = await api.Get($"apis/{group}");
        if (!answer.Succeeded)
            return [];
        using var document = JsonDocument.Parse(answer.Body);
        return [.. document.RootElement.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("groupVersion").GetString()!)];
    }
}
