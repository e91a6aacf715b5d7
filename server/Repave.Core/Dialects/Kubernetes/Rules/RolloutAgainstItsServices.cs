using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Argo Rollouts whose services, ingresses and routes do not lead to its pods.</summary>
public sealed class RolloutAgainstItsServices : KubernetesRule
{
    // The controller writes it itself.
    private const string HashLabel = "rollouts-pod-template-hash";

    private static readonly string[] Services = ["canaryService", "stableService", "activeService", "previewService"];

    /// <inheritdoc/>
    public override string Id => "RPV1321";

    /// <inheritdoc/>
    public override string Title => "Rollout that its services do not fit";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The controller of Argo Rollouts refuses a Rollout whose services select other pods than its own, or whose routes do not name its "
        + "services, and replaces nothing until that is fixed. "
        + "Let the services select labels of its template, and the routes name the stable and the canary service.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/"];

    /// <inheritdoc/>
    public override string Bad => Text("shop");

    /// <inheritdoc/>
    public override string Good => Text("web");

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Rollout", "argoproj.io") || resource.IsPartial || resource.Root["spec"] is not { } spec)
            return;
        var (canary, blueGreen) = (spec["strategy"]?["canary"], spec["strategy"]?["blueGreen"]);
        if (LabelsOf(resource, spec, set) is { } labels)
        {
            foreach (var name in Services.SelectMany(s => new[] { canary?.ScalarAt(s), blueGreen?.ScalarAt(s) })
                .Concat([canary?["pingPong"]?.ScalarAt("pingService"), canary?["pingPong"]?.ScalarAt("pongService")]))
            {
                if (name is { Value.Length: > 0 })
                    CheckService(resource, name, labels, set, sink);
            }
        }

        var routing = canary?["trafficRouting"];
        var stable = canary?.TextAt("stableService") ?? "";
        CheckIngresses(resource, routing?["nginx"], "stableIngress", "stableIngresses", stable, set, sink);
        CheckIngresses(resource, routing?["alb"], "ingress", "ingresses", routing?["alb"]?.TextAt("rootService") is { Length: > 0 } root
            ? root : stable, set, sink);
        if (routing?["istio"] is { } istio)
        {
            foreach (var named in istio.ItemsAt("virtualServices").Concat(istio["virtualService"] is { } only ? [only] : []))
                CheckRoutes(resource, named, istio, canary!, set, sink);
        }
    }

    // The labels of the pods; null where another workload has them that is not here.
    private static Dictionary<string, string>? LabelsOf(KubernetesResource rollout, Node spec, KubernetesSet set)
    {
        if (spec["workloadRef"] is not { } reference)
            return Validation.Field.Root(rollout.Root)["spec"]["template"]["metadata"]["labels"].TextMap();
        var workload = set.OfKind(reference.TextAt("kind") ?? "").FirstOrDefault(w => w.Id.Name == reference.TextAt("name")
            && set.IsBeside(w, rollout.Id.Namespace));
        return workload is null ? null : Validation.Field.Root(workload.Root)["spec"]["template"]["metadata"]["labels"].TextMap();
    }

    private void CheckService(KubernetesResource rollout, ScalarNode name, Dictionary<string, string> labels, KubernetesSet set,
        FindingSink sink)
    {
        foreach (var service in set.Find("Service", rollout.Id.Namespace, name.Value))
        {
            foreach (var (key, value) in Validation.Field.Root(service.Root)["spec"]["selector"].TextMap())
            {
                if (key == HashLabel || (labels.TryGetValue(key, out var own) && own == value) || Placeholders.IsMarked(value))
                    continue;
                sink.Add(this, rollout, name, $"The Service '{name.Value}' selects pods with {key} '{value}', which those of "
                    + $"'{rollout.Id.Name}' {(labels.ContainsKey(key) ? $"have as '{labels[key]}'" : "do not have")}.");
                return;
            }
        }
    }

    private void CheckIngresses(KubernetesResource rollout, Node? router, string one, string several, string service, KubernetesSet set,
        FindingSink sink)
    {
        foreach (var name in (router?.ItemsAt(several) ?? []).OfType<ScalarNode>().Concat(router?.ScalarAt(one) is { } only ? [only] : []))
        {
            // Of several of one name any may be the one that is meant.
            var ingresses = set.OfKind("Ingress").Where(i => i.Id.Name == name.Value && set.IsBeside(i, rollout.Id.Namespace)).ToList();
            if (ingresses.Count > 0 && service.Length > 0 && !ingresses.Exists(i => BackendsOf(i).Contains(service)))
                // The lint of Argo lets it pass; only the controller looks.
                sink.Add(this, rollout, name, $"No rule of the Ingress '{name.Value}' leads to the Service '{service}'.",
                    severity: Severity.Warning);
        }
    }

    private static IEnumerable<string?> BackendsOf(KubernetesResource ingress) =>
        (ingress.Root["spec"]?.ItemsAt("rules") ?? []).SelectMany(r => r["http"]?.ItemsAt("paths") ?? [])
            .Select(p => p["backend"]?["service"]?.TextAt("name") ?? p["backend"]?.TextAt("serviceName"));

    private void CheckRoutes(KubernetesResource rollout, Node named, Node istio, Node canary, KubernetesSet set, FindingSink sink)
    {
        if (named.ScalarAt("name") is not { Value.Length: > 0 } name)
            return;
        var plain = name.Value.Substring(name.Value.IndexOf('/') + 1);
        var services = set.OfKind("VirtualService").Where(v => v.Group == "networking.istio.io" && v.Id.Name == plain
            && (plain.Length < name.Value.Length || set.IsBeside(v, rollout.Id.Namespace))).ToList();
        // Of several of one name nobody knows which is meant.
        if (services.Count != 1 || services[0].Root["spec"] is not { } spec)
            return;
        if (spec["http"] is not ListNode http)
        {
            if (spec["tls"] is not ListNode && spec["tcp"] is not ListNode)
                sink.Add(this, rollout, name, $"The VirtualService '{plain}' has no routes.");
            return;
        }

        var routes = http.ResolvedItems.ToList();
        var wanted = named.ItemsAt("routes").OfType<ScalarNode>().ToList();
        var managed = new HashSet<string>(canary["trafficRouting"]!.ItemsAt("managedRoutes").Select(m => m.TextAt("name") ?? ""));
        if (wanted.Count == 0 && routes.Count(r => !managed.Contains(r.TextAt("name") ?? "")) > 1)
        {
            sink.Add(this, rollout, name, $"The VirtualService '{plain}' has several routes: say which are meant (routes).");
            return;
        }

        foreach (var route in wanted)
        {
            if (!routes.Exists(r => r.TextAt("name") == route.Value))
                sink.Add(this, rollout, route, $"The VirtualService '{plain}' has no route '{route.Value}'.");
        }

        var (stable, next) = Sides(istio, canary);
        foreach (var route in wanted.Count == 0 ? routes.Take(1) : routes.Where(r => wanted.Exists(w => w.Value == r.TextAt("name"))))
        {
            var sides = route.ItemsAt("route").Select(r => istio["destinationRule"] is null
                ? r["destination"]?.TextAt("host")?.Split('.')[0] : r["destination"]?.TextAt("subset")).ToList();
            foreach (var side in (string?[])[next, stable])
            {
                if (side is { Length: > 0 } && !sides.Contains(side))
                    sink.Add(this, rollout, name, $"The route of the VirtualService '{plain}' does not lead to '{side}'.");
            }
        }
    }

    // The services or subsets between which traffic moves.
    private static (string? Stable, string? Next) Sides(Node istio, Node canary) => istio["destinationRule"] is { } rule
        ? (rule.TextAt("stableSubsetName"), rule.TextAt("canarySubsetName"))
        : (canary.TextAt("stableService") ?? canary["pingPong"]?.TextAt("pingService"),
            canary.TextAt("canaryService") ?? canary["pingPong"]?.TextAt("pongService"));

    private static string Text(string selected) => $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: {{selected}}
          ports:
            - port: 80
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web-next
        spec:
          selector:
            app: web
          ports:
            - port: 80
        ---
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
            blueGreen:
              activeService: web
              previewService: web-next
        """;
}
