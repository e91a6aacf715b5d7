using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>What the controllers of Argo Rollouts and Flagger demand.</summary>
public class RolloutDemandTests
{
    [Theory]
    [InlineData("canary: {}", "")]
    [InlineData("canary: {maxSurge: 0, maxUnavailable: 0}", "may not both be 0")]
    [InlineData("canary: {maxSurge: '0%', maxUnavailable: 0}", "may not both be 0")]
    [InlineData("canary: {maxSurge: 0}", "")]
    [InlineData("canary: {canaryService: a, stableService: a}", "must be different ones")]
    [InlineData("canary: {canaryService: a, stableService: b}", "")]
    [InlineData("canary: {}\nblueGreen: {activeService: a}", "has one strategy")]
    [InlineData("blueGreen: {activeService: a, previewService: a}", "must be different ones")]
    [InlineData("blueGreen: {activeService: a}", "")]
    [InlineData("blueGreen: {previewService: a}", "activeService' is required")]
    [InlineData("blueGreen: {activeService: a, scaleDownDelayRevisionLimit: 11}", "may not be more than revisionHistoryLimit (10)")]
    [InlineData("blueGreen: {activeService: a, scaleDownDelayRevisionLimit: 10}", "")]
    [InlineData("blueGreen: {activeService: a, antiAffinity: {}}", "either preferred or required")]
    [InlineData("canary: {steps: [{setWeight: 101}]}", "must be between 0 and 100")]
    [InlineData("canary: {steps: [{setWeight: 100}]}", "")]
    [InlineData("canary: {steps: [{setWeight: -1}]}", "must be between 0 and 100")]
    [InlineData("canary: {steps: [{setWeight: 5, pause: {}}]}", "and not several")]
    [InlineData("canary: {steps: [{}]}", "does nothing")]
    [InlineData("canary: {steps: [{pause: {duration: 5m}}, {pause: {}}, {pause: {duration: 10}}]}", "")]
    [InlineData("canary: {steps: [{pause: {duration: soon}}]}", "must be a time")]
    [InlineData("canary: {steps: [{setCanaryScale: {weight: 5}}]}", "without trafficRouting")]
    [InlineData("canary: {scaleDownDelaySeconds: 5}", "without trafficRouting")]
    [InlineData("canary: {dynamicStableScale: true}", "without trafficRouting")]
    [InlineData("canary: {canaryService: a, stableService: b, trafficRouting: {nginx: {stableIngress: i}}}", "")]
    [InlineData("canary: {stableService: b, trafficRouting: {nginx: {stableIngress: i}}}", "canaryService' is required")]
    [InlineData("canary: {trafficRouting: {istio: {destinationRule: {name: d}}}}", "")]
    [InlineData("canary: {trafficRouting: {plugins: {a: {}}, maxTrafficWeight: 1000}, steps: [{setWeight: 1000}]}", "")]
    [InlineData("canary: {canaryService: a, stableService: b, trafficRouting: {smi: {}, maxTrafficWeight: 1000}}", "but with nginx")]
    [InlineData("canary: {pingPong: {pingService: a, pongService: a}}", "must be different ones")]
    [InlineData("canary: {pingPong: {pingService: a}}", "pongService' is required")]
    [InlineData("canary: {pingPong: {pingService: a, pongService: b}, trafficRouting: {alb: {ingress: i}}}", "rootService' is required")]
    [InlineData("canary: {trafficRouting: {plugins: {a: {}}}, steps: [{setHeaderRoute: {name: r}}]}", "managedRoutes' is required")]
    [InlineData("canary: {trafficRouting: {plugins: {a: {}}, managedRoutes: [{name: q}]}, steps: [{setHeaderRoute: {name: r}}]}",
        "No route of trafficRouting.managedRoutes")]
    [InlineData("canary: {steps: [{setMirrorRoute: {name: r}}]}", "but with trafficRouting by Istio")]
    [InlineData("canary: {steps: [{experiment: {templates: [{name: t, weight: 5}]}}]}", "but with trafficRouting by SMI")]
    [InlineData("canary: {stepz: []}", "did you mean 'steps'")]
    [InlineData("bluegreen: {activeService: a}", "Unknown field 'bluegreen'")]
    public void ARolloutIsRefusedAsItsControllerDoes(string strategy, string said)
    {
        var messages = Messages($$"""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata:
              name: web
            spec:
              selector:
                matchLabels:
                  app: web
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  containers:
                    - name: web
                      image: registry.example.com/web:1.4.2
              strategy:
                {{strategy.Replace("\n", "\n    ", StringComparison.Ordinal)}}
            """);
        if (said.Length == 0)
            Assert.Empty(messages);
        else
            Assert.Contains(messages, m => m.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("provider: istio", "interval: 30s, threshold: 5, stepWeight: 10", "")]
    [InlineData("provider: istio", "interval: 30s, threshold: 5", "must have iterations, stepWeight or stepWeights")]
    [InlineData("provider: istio", "threshold: 5, iterations: 3", "interval' is required")]
    [InlineData("provider: istio", "interval: soon, threshold: 5, iterations: 3", "a number of seconds or minutes")]
    [InlineData("provider: isto", "interval: 30s, threshold: 5, iterations: 3", "allowed are")]
    [InlineData("provider: knative", "interval: 30s, threshold: 5, iterations: 3", "goes with a Knative Service only")]
    [InlineData("provider: istio", "interval: 30s, threshold: 5, iterations: 3, sessionAffinity: {cookieName: a, primaryCookieName: a}",
        "must have different names")]
    [InlineData("provider: istio", "interval: 30s, threshold: 5, iterations: 3, webhooks: [{name: h, url: 'http://h', type: hook}]",
        "allowed are")]
    public void ACanaryIsRefusedAsFlaggerDoes(string provider, string analysis, string said)
    {
        var messages = Messages($$"""
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata:
              name: web
            spec:
              {{provider}}
              targetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: web
              service:
                port: 80
              analysis: {{{analysis}}}
            """);
        if (said.Length == 0)
            Assert.Empty(messages);
        else
            Assert.Contains(messages, m => m.Contains(said, StringComparison.Ordinal));
    }

    /// <summary>The test data of the lint of Argo Rollouts: REPAVE_ARGO_LINT names the folder
    /// <c>pkg/kubectl-argo-rollouts/cmd/lint/testdata</c> of a checkout, whose files say by their names what the lint says.</summary>
    [Fact]
    public void FilesOfArgosLintHaveItsVerdict()
    {
        var folder = Environment.GetEnvironmentVariable("REPAVE_ARGO_LINT") ?? "";
        Assert.SkipWhen(!Directory.Exists(folder),
            "REPAVE_ARGO_LINT names no folder: pkg/kubectl-argo-rollouts/cmd/lint/testdata of a checkout of argoproj/argo-rollouts.");
        var wrong = new List<string>();
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var path = file.EndsWith(".yml", StringComparison.Ordinal) ? Path.ChangeExtension(file, ".yaml") : file;
            // What the API server refuses of an Ingress the lint does not look at.
            var isRefused = Check(path, text).Any(f => f.Resource?.Id.Type.StartsWith("Rollout", StringComparison.Ordinal) == true);
            if (isRefused != Path.GetFileName(file).StartsWith("invalid", StringComparison.Ordinal))
                wrong.Add($"{Path.GetFileName(file)}: {(isRefused ? "refused" : "taken")}");
        }

        Assert.True(files.Count >= 20, $"{files.Count} files");
        Assert.Empty(wrong);
    }

    private static List<string> Messages(string text) => [.. Check("rollout.yaml", text).Select(f => f.Message)];

    // What is refused: errors, and fields that there are not.
    private static IEnumerable<Finding> Check(string path, string text) =>
        ManifestAnalysis.Check([Manifest.Parse(path, text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity == Severity.Error || f.Rule.Id == "RPV0010");
}
