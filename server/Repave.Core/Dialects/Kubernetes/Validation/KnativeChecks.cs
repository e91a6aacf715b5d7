namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What the webhook of Knative Serving demands of its kinds (knative/serving v1.23, pkg/apis/serving/v1, the files
/// *_validation.go and *_defaults.go).</summary>
internal static class KnativeChecks
{
    private const int All = 100;
    private const string Duration = "serving.knative.dev/rollout-duration";
    private const string OldDuration = "serving.knative.dev/rolloutDuration";

    public static void Check(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        switch (check.Resource.Kind)
        {
            case "Service":
                CheckTemplate(check, root, spec["template"]);
                // Without any, all traffic goes to the latest revision.
                if (!spec["traffic"].IsEmpty)
                    CheckTraffic(check, spec["traffic"], isService: true);
                CheckDuration(check, root);
                break;
            case "Configuration":
                CheckTemplate(check, root, spec["template"]);
                break;
            case "Route":
                if (spec["traffic"].IsEmpty)
                    check.Require(spec["traffic"], "in a Route");
                else
                    CheckTraffic(check, spec["traffic"], isService: false);
                CheckDuration(check, root);
                break;
        }
    }

    private static void CheckTemplate(ServerCheck check, Field root, Field template)
    {
        var name = template["metadata"]["name"];
        check.Malformed(name, KubernetesFormats.DnsLabel1035);
        if (name.Text is { Length: > 0 } text && root["metadata"]["name"].Text is { Length: > 0 } own
            && !text.StartsWith(own + "-", StringComparison.Ordinal))
            check.Refuse(name, $"'{name.Path}' must begin with the name of its {check.Resource.Kind}: '{own}-'.",
                against: root["metadata"]["name"]);
    }

    private static void CheckTraffic(ServerCheck check, Field traffic, bool isService)
    {
        var (sum, isKnown) = (0L, true);
        var tags = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var target in traffic.Items)
        {
            var percent = target["percent"];
            // What is not a number the shape has said.
            isKnown &= !percent.Exists || percent.Number is not null;
            sum += percent.Number ?? 0;
            if (percent.Number is < 0 or > All)
                check.Refuse(percent, $"'{percent.Path}' must be between 0 and {All}.");
            CheckTarget(check, target, isService);
            var tag = target["tag"];
            check.Malformed(tag, KubernetesFormats.DnsLabel1035);
            if (tag.Text is not { Length: > 0 } text)
                continue;
            if (tags.TryGetValue(text, out var first))
                check.Refuse(tag, $"The tag \"{text}\" is a duplicate: each target needs one of its own.", against: first);
            else
                tags[text] = tag;
        }

        if (isKnown && sum != All)
            check.Refuse(traffic, $"The percents of '{traffic.Path}' add up to {sum}, and must add up to {All}.");
    }

    private static void CheckTarget(ServerCheck check, Field target, bool isService)
    {
        var (revision, configuration, latest) = (target["revisionName"], target["configurationName"], target["latestRevision"]);
        check.Forbid(target["url"], "in a spec: Knative writes it into the status");
        if (latest.Text is "true" or "false" && latest.IsTrue != revision.IsEmpty)
            check.Refuse(latest, revision.IsEmpty ? $"'{latest.Path}' may be false only where a revisionName is."
                : $"'{latest.Path}' may not be true beside a revisionName.", against: revision.IsEmpty ? null : revision);
        if (isService)
            check.Forbid(configuration, "in a Service, which has a configuration of its own");
        else if (!revision.IsEmpty && !configuration.IsEmpty)
            check.Refuse(configuration, $"'{target.Path}' must name a revision or a configuration, and not both.", against: revision);
        else if (revision.IsEmpty && configuration.IsEmpty)
            check.Refuse(target, $"'{target.Path}' must name a revision or a configuration.");
    }

    private static void CheckDuration(ServerCheck check, Field root)
    {
        foreach (var name in (string[])[Duration, OldDuration])
        {
            check.Malformed(root["metadata"]["annotations"][name], text => Helm.GoDuration.Parse(text) is not { } nanoseconds
                ? "it must be a time such as 90s or 10m"
                : nanoseconds < 0 ? "it may not be negative"
                : nanoseconds % 1_000_000_000 != 0 ? "it must be in whole seconds" : null);
        }
    }
}
