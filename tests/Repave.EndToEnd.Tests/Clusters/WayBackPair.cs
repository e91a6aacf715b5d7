using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>An object as it was and as it is to be, and what a server had of it.</summary>
/// <param name="old">As it was.</param>
/// <param name="new">As it is to be.</param>
internal sealed class WayBackPair(JsonObject old, JsonObject @new)
{
    private static readonly Dictionary<string, string> Plurals = new(StringComparer.Ordinal);

    public JsonObject Old { get; } = old;

    public JsonObject New { get; } = @new;

    public string Kind { get; } = (string)old["kind"]!;

    public string Name { get; } = (string)old["metadata"]!["name"]!;

    /// <summary>What the server had after the old one was applied; null if it took none.</summary>
    public JsonObject? First { get; set; }

    /// <summary>And after the new one.</summary>
    public JsonObject? Second { get; set; }

    /// <summary>And after the old one again.</summary>
    public JsonObject? Third { get; set; }

    /// <summary>The address of its collection.</summary>
    public string Collection(KubeApiServer server)
    {
        var apiVersion = (string)Old["apiVersion"]!;
        var group = apiVersion.Contains('/') ? $"apis/{apiVersion}" : $"api/{apiVersion}";
        if (!Plurals.TryGetValue(group + Kind, out var plural))
        {
            plural = (string)JsonNode.Parse(server.Send(HttpMethod.Get, group).Body)!["resources"]!.AsArray()
                .First(r => (string)r!["kind"]! == Kind && !((string)r["name"]!).Contains('/'))!["name"]!;
            Plurals[group + Kind] = plural;
        }

        var home = (string?)Old["metadata"]!["namespace"];
        return $"{group}{(home is null ? "" : $"/namespaces/{home}")}/{plural}";
    }
}
