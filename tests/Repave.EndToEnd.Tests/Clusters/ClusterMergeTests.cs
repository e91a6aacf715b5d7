using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Repave.Core.Dialects;
using Repave.Core.Dialects.Kubernetes;
using Repave.Core.Dialects.Kubernetes.Plans;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>What a plan says that applying stores, held against what a real server stores after the real kubectl applied it: random triples
/// of a manifest that was applied, a live object that others changed, and the next manifest. REPAVE_TRIPLES says how many (5000 for
/// the long form), REPAVE_SEED which.</summary>
public sealed partial class ClusterMergeTests(KubeApiServer server, ITestOutputHelper output) : IClassFixture<KubeApiServer>
{
    private const int ShortForm = 240;
    private const int Batch = 150;
    private const double AtLeast = 0.995;

    // Their names follow from what they define.
    private static readonly string[] NotTried = ["CustomResourceDefinition", "APIService", "Namespace", "CertificateSigningRequest"];

    // What people apply most is tried most.
    private static readonly string[] Often = ["Deployment", "Deployment", "Deployment", "StatefulSet", "DaemonSet", "CronJob",
        "Service", "Service",
        "ConfigMap", "Secret", "Ingress", "NetworkPolicy"];

    private static readonly Dictionary<string, string> Version = new() { ["kubernetes"] = "1.20" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsStoredWasPlanned(bool byServer)
    {
        server.Require();
        var count = LongForm.Number("REPAVE_TRIPLES", ShortForm) / 2;
        var maker = new TripleMaker(LongForm.Number("REPAVE_SEED", 20261126) + (byServer ? 1 : 0));
        var random = new Random(LongForm.Number("REPAVE_SEED", 20261126));
        server.Apply(Path.Combine(Repository.Root, "tests", "Fixtures", "kinds.yaml"));
        var samples = Samples();
        var kinds = samples.Keys.Where(k => !NotTried.Contains(k)).ToList();
        var (tried, right) = (0, 0);
        var byKind = new SortedDictionary<string, (int Tried, int Right)>(StringComparer.Ordinal);
        var wrong = new List<string>();
        for (var start = 0; tried < count && start < count * 2; start += Batch)
        {
            var triples = new List<Triple>();
            for (var i = start; i < start + Math.Min(Batch, count - tried); i++)
            {
                var kind = random.Next(2) == 0 ? Often[random.Next(Often.Length)] : kinds[random.Next(kinds.Count)];
                triples.Add(new Triple(kind, maker.First(samples[kind], $"{TripleMaker.NameOf(i)}{(byServer ? "s" : "c")}")));
            }

            foreach (var triple in Run(triples, maker, byServer))
            {
                tried++;
                var counted = byKind.GetValueOrDefault(triple.Kind);
                var problem = ProblemOf(triple, byServer);
                right += problem is null ? 1 : 0;
                byKind[triple.Kind] = (counted.Tried + 1, counted.Right + (problem is null ? 1 : 0));
                if (problem is not null)
                    wrong.Add($"{triple.Kind} {triple.Name}: {problem}\n  first {triple.First.ToJsonString()}\n  "
                        + $"live {Shown(triple.Live!)}\n  "
                        + $"next {triple.Next!.ToJsonString()}\n  stored {Shown(triple.Stored!)}");
            }
        }

        foreach (var (kind, counted) in byKind)
            output.WriteLine($"{kind,-32} {counted.Right,5} of {counted.Tried,5}");
        var share = tried == 0 ? 0 : (double)right / tried;
        output.WriteLine($"{right} of {tried} right ({share.ToString("0.0000", CultureInfo.InvariantCulture)}), {byKind.Count} kinds, "
            + $"{(byServer ? "server-side" : "client-side")}");
        wrong.ForEach(output.WriteLine);
        Assert.True(tried >= count, $"only {tried} triples");
        Assert.True(share >= AtLeast, $"{share:0.0000}\n{string.Join("\n", wrong)}");
    }

    // The metadata that the server keeps for itself says nothing to people.
    private static string Shown(JsonObject live)
    {
        var shown = live.DeepClone().AsObject();
        shown.Remove("status");
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp", "generation", "selfLink"])
            shown["metadata"]!.AsObject().Remove(field);
        if (shown["metadata"]!["annotations"] is JsonObject)
            shown["metadata"]!.AsObject().Remove("managedFields");
        return shown.ToJsonString();
    }

    internal static SortedDictionary<string, JsonObject> Samples()
    {
        var samples = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Fixtures", "kinds.yaml"));
        var manifest = Manifest.Parse("kinds.yaml", text);
        foreach (var root in manifest.Source.Documents.Select(d => d.Document.Root).OfType<MapNode>())
        {
            var sample = JsonNode.Parse(Core.Shapes.CanonicalJson.Of(root, asPlatform: true))!.AsObject();
            samples.TryAdd((string)sample["kind"]!, sample);
        }

        return samples;
    }

    private List<Triple> Run(List<Triple> triples, TripleMaker maker, bool byServer)
    {
        ApplyAll(triples, t => t.First, byServer);
        ReadAll(triples, (t, live) => t.Live = live);
        // What nobody could apply was never there.
        triples.RemoveAll(t => t.Live is null);
        Parallel.ForEach(triples.Select(t => (Triple: t, Edited: maker.Edited(t.Live!))).ToList(), one =>
        {
            if (one.Edited is { } edited)
                server.Send(HttpMethod.Put, $"{AddressOf(one.Triple.First)}?fieldManager=somebody", edited.ToJsonString());
        });
        ReadAll(triples, (t, live) => t.Live = live);
        foreach (var triple in triples)
            triple.Next = maker.Next(triple.First);
        if (!byServer)
            triples.ForEach(Try);
        var refusals = ApplyAll(triples, t => t.Next!, byServer);
        ReadAll(triples, (t, live) => t.Stored = live);
        foreach (var triple in triples)
            triple.Refusal = refusals.GetValueOrDefault(triple.Name);
        return triples;
    }

    // What a live plan asks is what kubectl will send.
    private void Try(Triple triple)
    {
        static Core.Model.Resource Read(string path, JsonObject value)
        {
            var manifest = Manifest.Parse(path, value.ToJsonString());
            return DialectCatalogue.Of("kubernetes").Read(manifest, manifest.Source.Documents[0]).Resources.Single();
        }

        var request = ((ITries)DialectCatalogue.Of("kubernetes"))
            .RequestFor(Read("next.json", triple.Next!), Read("live.json", triple.Live!), ApplySettings.Unsaid with { IsByServer = false });
        var (status, body) = server.Send(HttpMethod.Patch, $"{AddressOf(triple.First)}?dryRun=All&fieldManager=kubectl", request.Body,
            request.ContentType);
        if ((int)status < 300)
            triple.Tried = JsonNode.Parse(body)!.AsObject();
    }

    // One kubectl for all: what it refuses it says, and goes on.
    private Dictionary<string, string> ApplyAll(List<Triple> triples, Func<Triple, JsonObject> manifest, bool byServer)
    {
        var file = Path.Combine(server.Folder, "triples.json");
        File.WriteAllText(file, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["items"] = new JsonArray([.. triples.Select(t => (JsonNode)manifest(t).DeepClone())]),
        }.ToJsonString());
        string[] command = ["--kubeconfig", server.Config, "apply", "--validate=false", "-f", file,
            .. byServer ? (string[])["--server-side", "--force-conflicts"] : []];
        var answer = Tool.Run(server.Folder, "kubectl", command);
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal);
        var current = "";
        foreach (var line in answer.Error.Split('\n'))
        {
            if (NamePattern().Match(line) is { Success: true } name)
                current = name.Groups[1].Value;
            if (current.Length > 0 && !line.StartsWith("Warning", StringComparison.Ordinal))
                refusals[current] = refusals.GetValueOrDefault(current) + line + " ";
        }

        var said = answer.Output.Split('\n').Where(l => l.Contains('/', StringComparison.Ordinal)).ToList();
        foreach (var triple in triples)
        {
            if (said.Exists(l => l.Contains($"/{triple.Name} ", StringComparison.Ordinal)))
                refusals.Remove(triple.Name);
            else
                refusals.TryAdd(triple.Name, "refused");
        }

        return refusals;
    }

    private void ReadAll(List<Triple> triples, Action<Triple, JsonObject?> keep)
    {
        foreach (var group in triples.GroupBy(t => CollectionOf(t.First)))
        {
            var (status, body) = server.Send(HttpMethod.Get, group.Key);
            Assert.Equal(HttpStatusCode.OK, status);
            var list = JsonNode.Parse(body)!;
            var items = list["items"]!.AsArray().ToDictionary(i => (string)i!["metadata"]!["name"]!, i => i!.AsObject());
            foreach (var triple in group)
            {
                if (!items.TryGetValue(triple.Name, out var item))
                    continue;
                var live = item.DeepClone().AsObject();
                live["apiVersion"] = (string)triple.First["apiVersion"]!;
                live["kind"] = triple.Kind;
                keep(triple, live);
            }
        }
    }

    private readonly Dictionary<string, string> _plurals = new(StringComparer.Ordinal);

    private string CollectionOf(JsonObject manifest)
    {
        var apiVersion = (string)manifest["apiVersion"]!;
        var group = apiVersion.Contains('/') ? $"apis/{apiVersion}" : $"api/{apiVersion}";
        var kind = (string)manifest["kind"]!;
        lock (_plurals)
        {
            if (!_plurals.TryGetValue(group + kind, out var plural))
            {
                plural = (string)JsonNode.Parse(server.Send(HttpMethod.Get, group).Body)!["resources"]!.AsArray()
                    .First(r => (string)r!["kind"]! == kind && !((string)r["name"]!).Contains('/'))!["name"]!;
                _plurals[group + kind] = plural;
            }

            var home = (string?)manifest["metadata"]!["namespace"];
            return $"{group}{(home is null ? "" : $"/namespaces/{home}")}/{plural}";
        }
    }

    private string AddressOf(JsonObject manifest) => $"{CollectionOf(manifest)}/{manifest["metadata"]!["name"]}";

    // Null if the plan was right.
    private static string? ProblemOf(Triple triple, bool byServer)
    {
        var definition = Manifest.Parse("definition.json", Samples()["CustomResourceDefinition"].ToJsonString());
        var baseline = new Baseline("live", [Manifest.Parse("live.json", triple.Live!.ToJsonString())]) { Surroundings = [definition] };
        var settings = new Settings
        {
            Apply = new Dictionary<string, ApplySettings> { ["kubernetes"] = new(byServer, null, ForcesConflicts: true) },
        };
        var change = Planner.Plan([Manifest.Parse("next.json", triple.Next!.ToJsonString())], baseline, settings,
            new PlanOptions { Versions = Version }).Changes.Single(c => c.Desired is not null);
        var isRefused = change.Action == PlanAction.Replace || change.Warnings.Any(w => w.Kind == PlanWarningKind.Refused);
        if (triple.Refusal is { } refusal)
            return isRefused ? null : $"refused, and planned {change.Action}: {refusal}";
        if (isRefused)
            return $"accepted, and planned as refused: {string.Join(" ", change.Warnings.Select(w => w.Message))}"
                + string.Join(" ", change.Reasons.Select(r => $"{r.Path} {r.Why}"));
        var stored = Manifest.Parse("stored.json", triple.Stored!.ToJsonString());
        var resource = (KubernetesResource)DialectCatalogue.Of("kubernetes").Read(stored, stored.Source.Documents[0]).Resources.Single();
        var kinds = new KubernetesKinds("1.32", [(KubernetesResource)DialectCatalogue.Of("kubernetes")
            .Read(definition, definition.Source.Documents[0]).Resources.Single()]);
        var comparer = new KubernetesComparer(KubernetesKinds.Canonical(resource.Id.Type), true, new SecretValues(null));
        var differences = comparer.Compare(change.After!, resource.Root, kinds.ShapeOf(resource), Ownership.All);
        if (differences.Count > 0)
            return "stored is " + string.Join("; ", differences.Select(d => $"{d.Path}: {Json(d.From)} is {Json(d.To)}"));
        if (!byServer && (triple.Tried is null || !JsonNode.DeepEquals(StoredObject.Content(triple.Tried), StoredObject.Content(triple.Stored!))))
            return $"the dry run gave {triple.Tried?.ToJsonString() ?? "a refusal"}";
        var isSame = JsonNode.DeepEquals(StoredObject.Content(triple.Live!), StoredObject.Content(triple.Stored!));
        return isSame && change.Action != PlanAction.None ? $"nothing changed, and planned {change.Action}: "
            + string.Join("; ", change.Reasons.Select(r => $"{r.Path} {r.From} -> {r.To}")) : null;
    }

    private static string Json(Node? node) => node is null ? "absent" : Core.Shapes.CanonicalJson.Of(node, asPlatform: true);

    [GeneratedRegex("\\b(m\\d+[cs])\\b")]
    private static partial Regex NamePattern();

    private sealed class Triple(string kind, JsonObject first)
    {
        public string Kind { get; } = kind;

        public JsonObject First { get; } = first;

        public string Name { get; } = (string)first["metadata"]!["name"]!;

        public JsonObject? Live { get; set; }

        public JsonObject? Next { get; set; }

        public JsonObject? Stored { get; set; }

        public JsonObject? Tried { get; set; }

        public string? Refusal { get; set; }
    }
}
