namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What Flagger demands of a Canary: its definition (fluxcd/flagger, artifacts/flagger/crd.yaml) and what its controller checks
/// before it begins (pkg/controller/controller.go).</summary>
internal static class CanaryChecks
{
    private static readonly string[] Providers =
    [
        "apisix", "appmesh", "appmesh:v1beta2", "contour", "gatewayapi:v1", "gatewayapi:v1beta1", "gloo", "istio", "knative", "kubernetes",
        "kuma", "linkerd", "nginx", "osm", "skipper", "smi:v1alpha1", "smi:v1alpha2", "smi:v1alpha3", "traefik",
    ];

    private static readonly string[] Hooks =
    [
        "confirm-rollout", "pre-rollout", "rollout", "confirm-promotion", "post-rollout", "event", "rollback", "confirm-traffic-increase",
    ];

    public static void Check(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        check.Require(spec["targetRef"]);
        check.Require(spec["service"]);
        check.NotAllowed(spec["provider"], Providers);
        var isKnative = spec["targetRef"]["kind"].Text == "Service"
            && spec["targetRef"]["apiVersion"].Text?.StartsWith("serving.knative.dev/", StringComparison.Ordinal) == true;
        if (isKnative != (spec["provider"].Text == "knative"))
            check.Refuse(spec["provider"], isKnative ? "A Knative Service goes with the provider knative only."
                : "The provider knative goes with a Knative Service only.", against: spec["targetRef"]);
        if (isKnative)
            check.Forbid(spec["autoscalerRef"], "with a Knative Service");
        CheckAnalysis(check, spec["analysis"]);
    }

    private static void CheckAnalysis(ServerCheck check, Field analysis)
    {
        if (!analysis.Exists)
            return;
        check.Require(analysis["interval"]);
        check.Require(analysis["threshold"]);
        if (!analysis["iterations"].Exists && !analysis["stepWeight"].Exists && !analysis["stepWeights"].Exists)
            check.Refuse(analysis, $"'{analysis.Path}' must have iterations, stepWeight or stepWeights.");
        CheckTime(check, analysis["interval"]);
        foreach (var metric in analysis["metrics"].Items)
        {
            check.Require(metric["name"]);
            CheckTime(check, metric["interval"]);
        }

        foreach (var hook in analysis["webhooks"].Items)
        {
            check.Require(hook["name"]);
            check.Require(hook["url"]);
            check.NotAllowed(hook["type"], Hooks);
            CheckTime(check, hook["timeout"]);
        }

        var affinity = analysis["sessionAffinity"];
        if (affinity["cookieName"].Text is { Length: > 0 } cookie && cookie == affinity["primaryCookieName"].Text)
            check.Refuse(affinity["primaryCookieName"], "The cookies of the canary and of the primary must have different names.",
                against: affinity["cookieName"]);
    }

    private static void CheckTime(ServerCheck check, Field time) => check.Malformed(time, text =>
    {
        var digits = 0;
        while (digits < text.Length && text[digits] is >= '0' and <= '9')
            digits++;
        return digits > 0 && digits < text.Length && text[digits] is 'm' or 's' ? null
            : "it must be a number of seconds or minutes, such as 30s or 1m";
    });
}
