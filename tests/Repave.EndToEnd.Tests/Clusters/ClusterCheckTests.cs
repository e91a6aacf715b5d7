using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Syntax;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>What a check says of manifests that are broken in one place, held against what a real server says when they are sent to it.
/// REPAVE_MUTATIONS says how many (20000 for the long form), REPAVE_SEED which.</summary>
public sealed class ClusterCheckTests(KubeApiServer server, ITestOutputHelper output) : IClassFixture<KubeApiServer>
{
    private const int ShortForm = 1500;
    private const double AtLeast = 0.97;

    // The oldest release that there is a pack of.
    private static readonly Settings Settings = Settings.Default with
    {
        Versions = new Dictionary<string, string> { ["kubernetes"] = "1.32" },
    };

    // What this server calls kinds that mean the same in that release.
    private static readonly Dictionary<string, string> Successors = new()
    {
        ["policy/v1beta1"] = "policy/v1",
        ["batch/v1beta1"] = "batch/v1",
        ["autoscaling/v2beta2"] = "autoscaling/v2",
        ["discovery.k8s.io/v1beta1"] = "discovery.k8s.io/v1",
        ["flowcontrol.apiserver.k8s.io/v1beta1"] = "flowcontrol.apiserver.k8s.io/v1",
    };

    private readonly Dictionary<string, (string Plural, bool IsNamespaced)> _plurals = new(StringComparer.Ordinal);
    private Manifest? _definition;

    [Fact]
    public void WhatTheServerRefusesIsFoundAndWhatItTakesIsLeftAlone()
    {
        server.Require();
        var count = LongForm.Number("REPAVE_MUTATIONS", ShortForm);
        var seed = LongForm.Number("REPAVE_SEED", 20261126);
        var samples = Samples();
        Prepare(samples);
        var alarms = new List<string>();
        foreach (var sample in samples)
        {
            if (Ask(sample) is { } refusal)
                alarms.Add($"BROKEN {sample["kind"]} {sample["metadata"]!["name"]}: {refusal.Message}");
            alarms.AddRange(Errors(sample).Select(e => $"ALARM {sample["kind"]} {sample["metadata"]!["name"]} {e.Path}: {e.Message}"));
        }

        var maker = new MutationMaker(seed, samples);
        var random = new Random(seed);
        var (refused, found, accepted, misplaced) = (0, 0, 0, 0);
        var missed = new List<string>();
        var gate = new object();
        var mutations = new List<Mutation>();
        while (mutations.Count < count)
        {
            if (maker.Of(samples[random.Next(samples.Count)]) is { } mutation)
                mutations.Add(mutation);
        }

        Parallel.ForEach(mutations, new ParallelOptions { MaxDegreeOfParallelism = 4 }, mutation =>
        {
            var refusal = Ask(mutation.Manifest);
            // What is not there, or may not be done there, is no matter of the manifest.
            if (refusal is { IsOfManifest: false })
                return;
            var errors = Errors(mutation.Manifest);
            var shown = $"{mutation.Kind} {mutation.How} {mutation.Path} to {Short(mutation.To)}";
            lock (gate)
            {
                if (refusal is null)
                {
                    accepted++;
                    alarms.AddRange(errors.Where(e => e.Rule is not UnknownField && !IsOfLater(mutation, e.Path))
                        .Select(e => $"ALARM {shown}: {e.Rule.Id} {e.Path}: {e.Message}"));
                    return;
                }

                refused++;
                var places = refusal.Fields.Append(mutation.Path).Append(mutation.Renamed ?? mutation.Path).ToList();
                var isFound = errors.Exists(e => places.Exists(place => IsSamePlace(e.Path, place)));
                found += isFound ? 1 : 0;
                misplaced += !isFound && errors.Count > 0 ? 1 : 0;
                if (!isFound)
                    missed.Add($"MISSED {shown} -> {Short(refusal.Message)}; ours: "
                        + string.Join(" | ", errors.Select(e => $"{e.Path} {e.Message}")));
            }
        });
        var share = refused == 0 ? 0 : found / (double)refused;
        var told = string.Create(CultureInfo.InvariantCulture,
            $"refused {refused}, found {found} ({share:0.0000}), {misplaced} at another place; accepted {accepted}, "
                + $"alarmed {alarms.Count}");
        output.WriteLine(told);
        missed.Concat(alarms).Order(StringComparer.Ordinal).ToList().ForEach(output.WriteLine);
        Assert.True(refused > count / 10 && accepted > count / 10, told);
        Assert.True(alarms.Count == 0, $"{told}\n{string.Join("\n", alarms)}");
        Assert.True(share >= AtLeast, $"{told}\n{string.Join("\n", missed)}");
    }

    private static string Short(string? text) => text is null ? "nothing" : text.Length > 300 ? text[..300] + "…" : text;

    private static List<JsonObject> Samples()
    {
        var samples = new List<JsonObject>();
        foreach (var file in (string[])["kinds.yaml", "rich-kinds.yaml"])
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Fixtures", file));
            foreach (var root in Manifest.Parse(file, text).Source.Documents.Select(d => d.Document.Root).OfType<MapNode>())
            {
                var sample = JsonTree.Of(root)!.AsObject();
                sample["metadata"]!.AsObject().Remove("namespace");
                samples.Add(sample);
            }
        }

        return samples;
    }

    // Pods are taken only where their service account is, custom resources where their definition is.
    private void Prepare(List<JsonObject> samples)
    {
        foreach (var name in (string[])["default", "runner"])
            server.Send(HttpMethod.Post, "api/v1/namespaces/default/serviceaccounts",
                new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "ServiceAccount",
                    ["metadata"] = new JsonObject { ["name"] = name },
                }.ToJsonString());
        var definition = samples.First(s => (string)s["kind"]! == "CustomResourceDefinition");
        _definition = Manifest.Parse("definition.json", definition.ToJsonString());
        var path = $"apis/{definition["apiVersion"]}/customresourcedefinitions";
        Assert.Equal(HttpStatusCode.Created, server.Send(HttpMethod.Post, path, definition.ToJsonString()).Status);
        // Dry runs would find its name taken.
        definition["metadata"]!["name"] = $"others.{definition["spec"]!["group"]}";
        foreach (var (key, value) in ((string, string)[])[("plural", "others"), ("singular", "other"), ("kind", "Other"),
            ("listKind", "OtherList")])
            definition["spec"]!["names"]![key] = value;
        definition["spec"]!["names"]!.AsObject().Remove("shortNames");
        for (var attempt = 0; attempt < 40; attempt++)
        {
            if (samples.TrueForAll(s => TryPlural(s) is not null))
                return;
            Thread.Sleep(250);
        }

        Assert.Fail("The server does not serve " + string.Join(", ", samples.Where(s => TryPlural(s) is null).Select(s => s["kind"])));
    }

    private (string Plural, bool IsNamespaced)? TryPlural(JsonObject manifest)
    {
        var group = GroupOf(manifest);
        var kind = (string)manifest["kind"]!;
        if (_plurals.TryGetValue(group + kind, out var known))
            return known;
        var (status, body) = server.Send(HttpMethod.Get, group);
        if (status != HttpStatusCode.OK || JsonNode.Parse(body)!["resources"]!.AsArray()
            .FirstOrDefault(r => (string)r!["kind"]! == kind && !((string)r["name"]!).Contains('/')) is not { } resource)
            return null;
        return _plurals[group + kind] = ((string)resource["name"]!, (bool)resource["namespaced"]!);
    }

    private static string GroupOf(JsonObject manifest) =>
        ((string)manifest["apiVersion"]!).Contains('/') ? $"apis/{manifest["apiVersion"]}" : $"api/{manifest["apiVersion"]}";

    // Null if the server would store it.
    private Refusal? Ask(JsonObject manifest)
    {
        var (plural, isNamespaced) = TryPlural(manifest)!.Value;
        var (status, body) = server.Send(HttpMethod.Post,
            $"{GroupOf(manifest)}/{(isNamespaced ? "namespaces/default/" : "")}{plural}?dryRun=All", manifest.ToJsonString());
        // It is stored already: what is wrong would have been said before.
        if ((int)status < 300 || status == HttpStatusCode.Conflict)
            return null;
        var answer = JsonNode.Parse(body)!;
        var fields = (answer["details"]?["causes"] as JsonArray ?? []).Select(c => (string?)c!["field"]).OfType<string>().ToList();
        return new Refusal(status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity,
            (string?)answer["message"] ?? body, fields);
    }

    private List<Finding> Errors(JsonObject manifest)
    {
        var text = manifest.ToJsonString()
            .Replace("\"assuredConcurrencyShares\"", "\"nominalConcurrencyShares\"", StringComparison.Ordinal);
        var asNow = JsonNode.Parse(text)!.AsObject();
        var apiVersion = (string)asNow["apiVersion"]!;
        asNow["apiVersion"] = Successors.GetValueOrDefault(apiVersion, apiVersion);
        // Only what uses the definition needs to have it read.
        Manifest[] beside = asNow["kind"]!.ToString() == "Gadget" ? [_definition!] : [];
        return [.. ManifestAnalysis.Check([Manifest.Parse("mutated.json", asNow.ToJsonString()), .. beside], new AnalysisOptions(Settings))
            .Findings.Where(f => f.Severity == Severity.Error)];
    }

    // Ours may be more exact than the server's (a label instead of all labels), never less.
    private static bool IsSamePlace(string ours, string theirs)
    {
        var a = Normal(ours);
        var b = Normal(theirs);
        return a == b || a.StartsWith(b + ".", StringComparison.Ordinal);
    }

    // The server's own words for places are not all paths.
    private static string Normal(string path) =>
        path.Replace("[%s]", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace(".labelSelector.", ".", StringComparison.Ordinal)
            .Replace("conversion.webhookClientConfig", "conversion.webhook.clientConfig", StringComparison.Ordinal)
            .Replace("conversion.conversionReview", "conversion.webhook.conversionReview", StringComparison.Ordinal)
            .Replace("clusterIPs[0]", "clusterIP", StringComparison.Ordinal)
            .Replace("assuredConcurrencyShares", "nominalConcurrencyShares", StringComparison.Ordinal)
            .Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    // What servers look at since a release after this one (measured with 1.36, or named), and what only storing finds.
    private static bool IsOfLater(Mutation mutation, string path) =>
        (mutation.Kind == "StatefulSet" && (path.StartsWith("spec.template.spec.", StringComparison.Ordinal)
            || path.StartsWith("spec.volumeClaimTemplates", StringComparison.Ordinal)))
        // Values of selectors.
        || path.Contains(".matchExpressions[", StringComparison.Ordinal) && path.Contains(".values[", StringComparison.Ordinal)
        // A feature that is on since 1.33.
        || path.EndsWith(".procMount", StringComparison.Ordinal)
        // Sources of claims that are not of two kinds are dropped.
        || path.StartsWith("spec.dataSource.", StringComparison.Ordinal)
        // A StatefulSet's own name: measured with 1.36.
        || (mutation.Kind == "StatefulSet" && path == "metadata.name")
        // A port of nodes is taken only when the object is stored.
        || path.EndsWith(".nodePort", StringComparison.Ordinal);

    private sealed record Refusal(bool IsOfManifest, string Message, IReadOnlyList<string> Fields);
}
