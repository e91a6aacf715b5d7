using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Compose;

/// <summary>Broken Compose files of every sort: checked, planned in both directions, asked for what fits at a cursor;
/// nothing throws.</summary>
[Trait("Category", "Fuzz")]
public class MutatedProjectTests
{
    private const string Large = """
        name: shop
        include: [{path: other.yaml, env_file: a.env}]
        x-base: &base {restart: always, environment: {A: "${A:-b}", B: "${B:?no}"}, logging: {driver: json-file, options: {max-size: 10m}}}
        services:
          web:
            <<: *base
            extends: {service: base, file: compose.yaml}
            image: nginx:${TAG-1.27}
            build: {context: ., args: [A=1], additional_contexts: {x: service:api}, ssh: [default], secrets: [s]}
            command: sh -c "nginx -g 'daemon off;'"
            ports: ["80:80", "127.0.0.1:8000-8010:9000-9010/udp", {target: 1, published: "2"}]
            volumes: [data:/data:ro, ./x:/x:z, /anon, {type: tmpfs, target: /t, tmpfs: {size: 1g}}]
            depends_on: {api: {condition: service_healthy, restart: true}}
            env_file: [a.env, {path: b.env, required: false}]
            label_file: l.env
            networks: {front: {aliases: [w], ipv4_address: 10.0.0.2}}
            ulimits: {nofile: {soft: 1, hard: 2}, nproc: 3}
            deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64m}}}
            healthcheck: {test: [CMD, x], interval: 1m30s, retries: 3}
            develop: {watch: [{action: sync, path: ., target: /x}]}
            extra_hosts: ["a:1.2.3.4", "b=::1"]
            gpus: all
            devices: ["/dev/a:/dev/b:r"]
          api: {image: api, network_mode: "service:web", volumes_from: [web], links: ["web:w"], scale: 3, mem_limit: 1gb}
        networks: {front: {ipam: {config: [{subnet: 10.0.0.0/24}]}, labels: [a=b]}}
        volumes: {data: {driver_opts: {o: bind, device: ./d}, driver: local}}
        secrets: {s: {environment: S}}
        configs: {c: {content: "${X}"}}
        """;

    // REPAVE_FUZZ_COUNT makes it longer than it is among the others.
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("REPAVE_FUZZ_COUNT"), out var count) ? count
        : 4_000;

    [Fact]
    public void NothingThrows()
    {
        string[] seeds = [Large, Large, .. RuleCatalogue.All.Where(r => r.Dialect == "compose").Select(r => r.Bad)];
        Parallel.For(0, Count, i =>
        {
            var random = new Random(i);
            var seed = seeds[random.Next(seeds.Length)];
            var text = MutatedDocumentTests.Mutate(seed, random);
            try
            {
                Manifest[] whole = [Manifest.Parse("a/compose.yaml", seed),
                    Manifest.Parse("a/a.env", MutatedDocumentTests.Mutate("A=1\nB='x'\nC=\"${A}\"", random))];
                Manifest[] broken = [Manifest.Parse("a/compose.yaml", text), .. whole.Skip(1)];
                var options = new PlanOptions { Versions = new Dictionary<string, string> { ["compose"] = i % 2 == 0 ? "2.26" : "2.40" } };
                Planner.Plan(broken, new Baseline("before", whole) { IsEarlierState = true }, Settings.Default, options);
                Planner.Plan(whole, new Baseline("before", broken) { IsEarlierState = true }, Settings.Default, options);
                var check = ManifestAnalysis.Of(broken, new AnalysisOptions(Settings.Default)).Of("compose");
                var cursor = YamlCursor.At(text, random.Next(text.Length + 1));
                ((ICompletes)check).Locate(cursor, "a/compose.yaml", text);
                Assert.All(cursor.Outline, entry => Assert.NotNull(entry.Path));
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"seed {i}: {exception}\n{text}", exception);
            }
        });
    }
}
