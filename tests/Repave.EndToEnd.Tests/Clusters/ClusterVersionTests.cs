using System.Net;
using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Objects that move to another apiVersion, applied to a real API server: what changes is what the plan says.</summary>
public sealed class ClusterVersionTests(KubeApiServer server, ITestOutputHelper output) : IClassFixture<KubeApiServer>
{
    [Fact]
    public void WhatTheServerStoresChangesAsPlanned()
    {
        server.Require();
        var asked = 0;
        foreach (var file in Directory.GetFiles(VersionPair.Folder, "*.yaml").Order())
        {
            var (expected, old, next) = VersionPair.Read(file);
            if (!IsServed(old) || !IsServed(next))
                continue;
            asked++;
            var before = Applied(old, next);
            var after = Applied(next, next);
            var differs = before.Where(f => !JsonNode.DeepEquals(f.Value, after[f.Key])).Select(f => f.Key)
                .Concat(after.Select(f => f.Key).Where(f => !before.ContainsKey(f))).ToList();
            output.WriteLine($"{Path.GetFileNameWithoutExtension(file)}: {string.Join(", ", differs)}");
            if (expected == "nothing")
                Assert.True(differs.Count == 0, $"{file}: {string.Join(", ", differs)}");
            else
                Assert.Equal(expected.Split('.').Last(), Assert.Single(differs));
        }

        Assert.True(asked >= 10, $"{asked} files are of versions that the server has");
    }

    private bool IsServed(string manifest)
    {
        static string Head(string manifest, string name) => manifest.Split(name + ": ")[1].Split('\n')[0];
        var (status, body) = server.Send(HttpMethod.Get, "apis/" + Head(manifest, "apiVersion"));
        return status == HttpStatusCode.OK
            && JsonNode.Parse(body)!["resources"]!.AsArray().Any(r => (string?)r!["kind"] == Head(manifest, "kind"));
    }

    // The object's own fields after a manifest was applied, as the server gives them under the later version.
    private JsonObject Applied(string manifest, string later)
    {
        var file = Path.Combine(server.Folder, "versions.yaml");
        File.WriteAllText(file, manifest);
        server.Apply(file);
        File.WriteAllText(file, later);
        var found = JsonNode.Parse(server.Kubectl("get", "-f", file, "-o", "json"))!.AsObject();
        var fields = found["spec"]?.AsObject() ?? found;
        foreach (var name in (string[])["metadata", "status"])
            fields.Remove(name);
        return (JsonObject)fields.DeepClone();
    }
}
