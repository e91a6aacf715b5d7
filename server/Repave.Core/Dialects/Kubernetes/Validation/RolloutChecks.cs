using Repave.Core.Rules;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What the controller of Argo Rollouts demands of one, and its lint
/// (argoproj/argo-rollouts, pkg/apis/rollouts/validation).</summary>
internal static class RolloutChecks
{
    private const int DefaultDeadline = 600;
    private const int DefaultHistory = 10;

    // Routers that move traffic between two services.
    private static readonly string[] BetweenServices = ["smi", "apisix", "ambassador", "nginx", "appMesh", "traefik"];

    private static readonly string[] StepKinds =
        ["experiment", "pause", "setWeight", "analysis", "setCanaryScale", "setHeaderRoute", "setMirrorRoute", "plugin"];

    private static readonly string[] Single = ["setWeight", "pause", "experiment", "analysis"];

    private static readonly Lazy<Dictionary<string, string[]>> Structures = new(() => EmbeddedPacks.Text("kubernetes", "rollouts.facts")
        .Split('\n').Select(line => line.Split((char[])[' ', '\r'], StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 1 && words[0][0] != '#')
        .ToDictionary(words => words[0], words => words.Skip(1).ToArray(), StringComparer.Ordinal));

    /// <summary>Checks a Rollout whose definition is not at hand.</summary>
    public static void CheckFields(ServerCheck check, Field root) => CheckFields(check, root["spec"], "spec", 0);

    public static void Check(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        foreach (var name in (string[])["replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"])
        {
            if (spec[name].Number is < 0)
                check.Refuse(spec[name], $"'{spec[name].Path}' may not be negative.");
        }

        if (!spec["workloadRef"].Exists)
            WorkloadChecks.CheckController(check, spec);
        else if (!spec["template"].IsEmpty)
            check.Forbid(spec["template"], "beside a workloadRef, whose template it has");
        var ready = spec["minReadySeconds"].Number ?? 0;
        var deadline = spec["progressDeadlineSeconds"].Number ?? DefaultDeadline;
        if (deadline <= ready)
            check.Refuse(spec["progressDeadlineSeconds"], $"'{spec["progressDeadlineSeconds"].Path}' ({deadline}"
                + $"{(spec["progressDeadlineSeconds"].Exists ? "" : " if not set")}) must be greater than minReadySeconds ({ready}).");
        var (blueGreen, canary) = (spec["strategy"]["blueGreen"], spec["strategy"]["canary"]);
        if (!blueGreen.Exists && !canary.Exists)
            check.Require(canary, "where there is no blueGreen");
        else if (blueGreen.Exists && canary.Exists)
            check.Refuse(canary, "A Rollout has one strategy, blueGreen or canary.", against: blueGreen);
        else if (blueGreen.Exists)
            CheckBlueGreen(check, spec, blueGreen);
        else
            CheckCanary(check, canary);
    }

    private static void CheckBlueGreen(ServerCheck check, Field spec, Field blueGreen)
    {
        if (blueGreen["activeService"].IsEmpty)
            check.Require(blueGreen["activeService"]);
        else if (blueGreen["activeService"].Text == blueGreen["previewService"].Text)
            check.Refuse(blueGreen["previewService"], "The active and the preview service must be different ones.",
                against: blueGreen["activeService"]);
        var history = spec["revisionHistoryLimit"].Number ?? DefaultHistory;
        if (blueGreen["scaleDownDelayRevisionLimit"].Number is { } limit && history < limit)
            check.Refuse(blueGreen["scaleDownDelayRevisionLimit"],
                $"'{blueGreen["scaleDownDelayRevisionLimit"].Path}' ({limit}) may not be more than revisionHistoryLimit ({history}).");
        CheckAffinity(check, blueGreen["antiAffinity"]);
    }

    private static void CheckAffinity(ServerCheck check, Field affinity)
    {
        if (!affinity.Exists)
            return;
        var preferred = affinity["preferredDuringSchedulingIgnoredDuringExecution"];
        if (preferred.Exists == affinity["requiredDuringSchedulingIgnoredDuringExecution"].Exists)
            check.Refuse(affinity, $"'{affinity.Path}' must be either preferred or required.");
        if (preferred.Exists && preferred["weight"].Number is not (>= 1 and <= 100))
            check.Refuse(preferred["weight"], $"'{preferred["weight"].Path}' must be between 1 and 100.");
    }

    private static void CheckCanary(ServerCheck check, Field canary)
    {
        if (IsZero(canary["maxSurge"]) && IsZero(canary["maxUnavailable"]))
            check.Refuse(canary["maxSurge"], "maxSurge and maxUnavailable may not both be 0.", against: canary["maxUnavailable"]);
        var (stable, next) = (canary["stableService"], canary["canaryService"]);
        var (router, pingPong) = (canary["trafficRouting"], canary["pingPong"]);
        if (next.Text is { Length: > 0 } name && name == stable.Text)
            check.Refuse(next, "The canary's and the stable service must be different ones.", against: stable);
        CheckPingPong(check, pingPong, router);
        var istioServices = router["istio"].Exists && !router["istio"]["destinationRule"].Exists;
        if (Array.Exists(BetweenServices, r => router[r].Exists) || ((router["alb"].Exists || istioServices) && !pingPong.Exists))
        {
            check.Require(stable, "with this trafficRouting");
            check.Require(next, "with this trafficRouting");
        }

        CheckRouted(check, canary, router);
        foreach (var step in canary["steps"].Items)
            CheckStep(check, step, router);
        CheckAffinity(check, canary["antiAffinity"]);
    }

    private static void CheckPingPong(ServerCheck check, Field pingPong, Field router)
    {
        if (!pingPong.Exists)
            return;
        if (router.Exists && !router["alb"].Exists && !router["istio"].Exists && router["plugins"].IsEmpty)
            check.Refuse(pingPong, $"'{pingPong.Path}' works with ALB, Istio and plugins only.", against: router);
        check.Require(pingPong["pingService"]);
        check.Require(pingPong["pongService"]);
        if (pingPong["pingService"].Text is { Length: > 0 } ping && ping == pingPong["pongService"].Text)
            check.Refuse(pingPong["pongService"], "The ping and the pong service must be different ones.",
                against: pingPong["pingService"]);
        if (router["alb"].Exists)
            check.Require(router["alb"]["rootService"], "with pingPong");
    }

    private static void CheckRouted(ServerCheck check, Field canary, Field router)
    {
        if (!router.Exists)
        {
            check.Forbid(canary["scaleDownDelaySeconds"], "without trafficRouting");
            if (canary["dynamicStableScale"].IsTrue)
                check.Forbid(canary["dynamicStableScale"], "without trafficRouting");
            return;
        }

        if (canary["dynamicStableScale"].IsTrue)
            check.Forbid(canary["scaleDownDelaySeconds"], "with dynamicStableScale");
        if (!router["nginx"].Exists && router["plugins"].IsEmpty)
            check.Forbid(router["maxTrafficWeight"], "but with nginx and plugins");
    }

    private static void CheckStep(ServerCheck check, Field step, Field router)
    {
        // A pause without anything in it is one without an end.
        if (step.Mapping is not { } map)
            return;
        var kinds = StepKinds.Where(kind => map.Find(kind) is not null).ToList();
        if (kinds.Count == 0)
            check.Refuse(step, $"'{step.Path}' does nothing: it must be one of {string.Join(", ", StepKinds)}.");
        if (kinds.Count(kind => Array.IndexOf(Single, kind) >= 0) > 1)
            check.Refuse(step, $"'{step.Path}' must be one of {string.Join(", ", Single)}, and not several.");
        var most = router["maxTrafficWeight"].Number ?? 100;
        if (step["setWeight"].Number is { } weight && (weight < 0 || weight > most))
            check.Refuse(step["setWeight"], $"'{step["setWeight"].Path}' must be between 0 and {most}.");
        var duration = step["pause"]["duration"];
        if (duration.Exists && Plans.Steps.WorkloadBounds.Seconds(duration.Value) is null or < 0)
            check.Refuse(duration, $"'{duration.Path}' must be a time that is not negative, such as 30s.");
        if (step["setCanaryScale"].Exists && !router.Exists)
            check.Forbid(step["setCanaryScale"], "without trafficRouting");
        CheckRoute(check, step["setHeaderRoute"], router, isHeader: true);
        CheckRoute(check, step["setMirrorRoute"], router, isHeader: false);
        foreach (var template in step["experiment"]["templates"].Items)
        {
            if (template["weight"].Exists && !router["alb"].Exists && !router["smi"].Exists && !router["istio"].Exists
                && router["plugins"].IsEmpty)
                check.Forbid(template["weight"], "but with trafficRouting by SMI, ALB, Istio or plugins");
        }
    }

    private static void CheckRoute(ServerCheck check, Field route, Field router, bool isHeader)
    {
        if (!route.Exists)
            return;
        var works = router["istio"].Exists || !router["plugins"].IsEmpty
            || (isHeader && (router["alb"].Exists || router["apisix"].Exists));
        if (!works)
        {
            check.Forbid(route, $"but with trafficRouting by {(isHeader ? "Istio, ALB, Apisix" : "Istio")} or plugins");
            return;
        }

        var managed = router["managedRoutes"];
        if (!managed.Exists)
            check.Require(managed, $"with {(isHeader ? "setHeaderRoute" : "setMirrorRoute")}");
        else if (!managed.Items.Any(m => m["name"].Text == route["name"].Text))
            check.Refuse(route["name"], $"No route of trafficRouting.managedRoutes is named \"{route["name"].Text}\".", against: managed);
        foreach (var match in route["match"].Items)
        {
            if (isHeader)
                CheckMatch(check, match["headerValue"], onlyExact: router["alb"].Exists);
            else if (match["method"].Exists)
                CheckMatch(check, match["method"], onlyExact: false);
            if (!isHeader && match["path"].Exists)
                CheckMatch(check, match["path"], onlyExact: false);
        }
    }

    private static void CheckMatch(ServerCheck check, Field match, bool onlyExact)
    {
        var given = ((string[])["exact", "regex", "prefix"]).Where(kind => !match[kind].IsEmpty).ToList();
        if (onlyExact && given is not ["exact"])
            check.Refuse(match, $"'{match.Path}' must have exact and nothing else with ALB.");
        else if (given.Count != 1)
            check.Refuse(match, $"'{match.Path}' must have one of exact, regex and prefix.");
    }

    private static bool IsZero(Field bound) => bound.Text is "0" or "0%";

    private static void CheckFields(ServerCheck check, Field field, string path, int depth)
    {
        const int most = 20;
        if (depth > most || field.Mapping is null || !Structures.Value.TryGetValue(path, out var known))
            return;
        foreach (var (name, inner) in field.Fields)
        {
            if (Array.IndexOf(known, name) < 0)
            {
                // A newer release may know it.
                check.Unknown(inner, name, NearestName.Of(name, known), Severity.Warning);
                continue;
            }

            CheckFields(check, inner, $"{path}.{name}", depth + 1);
            foreach (var item in inner.Items)
                CheckFields(check, item, $"{path}.{name}[]", depth + 1);
        }
    }
}
