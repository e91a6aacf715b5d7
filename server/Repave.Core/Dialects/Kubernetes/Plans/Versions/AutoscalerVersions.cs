using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Autoscalers: v1 knows the use of processors alone and keeps the rest in annotations, and v2beta1 wrote
/// targets otherwise.</summary>
internal static class AutoscalerVersions
{
    private const string Annotations = "autoscaling.alpha.kubernetes.io/";
    private const string Use = "targetCPUUtilizationPercentage";

    public static bool Convert(Dictionary<string, object?> root, string from, string to)
    {
        if (!IsOne(from) || !IsOne(to))
            return false;
        var spec = root.MapOrNew("spec");
        switch (from)
        {
            case "autoscaling/v1":
                FromFirst(root, spec);
                break;
            case "autoscaling/v2beta1":
                if (spec.TryGetValue("metrics", out var metrics))
                    spec["metrics"] = Newer(metrics);
                break;
        }

        return to switch
        {
            "autoscaling/v1" => ToFirst(spec),
            "autoscaling/v2beta1" => false,
            _ => true,
        };
    }

    private static bool IsOne(string apiVersion) =>
        apiVersion is "autoscaling/v1" or "autoscaling/v2beta1" or "autoscaling/v2beta2" or "autoscaling/v2";

    private static void FromFirst(Dictionary<string, object?> root, Dictionary<string, object?> spec)
    {
        var metrics = new List<object?>();
        if (root.Map("metadata")?.Map("annotations") is { } annotations)
        {
            if (Read(annotations, "metrics") is List<object?> others)
                metrics.AddRange(Newer(others));
            if (Read(annotations, "behavior") is Dictionary<string, object?> behavior)
                spec["behavior"] = Behavior(behavior);
            foreach (var status in (string[])["conditions", "current-metrics"])
                annotations.Remove(Annotations + status);
        }

        if (spec.Take(Use) is { } use)
            metrics.Add(Processor(use));
        if (metrics.Count > 0)
            spec["metrics"] = metrics;
    }

    // The annotation has the names of Go's own structure.
    private static Dictionary<string, object?> Behavior(Dictionary<string, object?> behavior)
    {
        var named = ObjectParts.New();
        foreach (var entry in behavior)
        {
            var name = entry.Key.Length == 0 ? entry.Key : char.ToLowerInvariant(entry.Key[0]) + entry.Key.Substring(1);
            named[name] = entry.Value switch
            {
                Dictionary<string, object?> map => Behavior(map),
                List<object?> list => list.Select(i => i is Dictionary<string, object?> map ? Behavior(map) : i).ToList(),
                var value => value,
            };
        }

        return named;
    }

    private static object? Read(Dictionary<string, object?> annotations, string name) =>
        annotations.Take(Annotations + name) is ScalarNode text ? JsonValue.Of(JsonLanguage.Instance.ParseDocument(text.Value).Root) : null;

    private static Dictionary<string, object?> Processor(object use)
    {
        var target = ObjectParts.New();
        target["type"] = ObjectParts.Text("Utilization");
        target["averageUtilization"] = use;
        var resource = ObjectParts.New();
        resource["name"] = ObjectParts.Text("cpu");
        resource["target"] = target;
        var metric = ObjectParts.New();
        metric["type"] = ObjectParts.Text("Resource");
        metric["resource"] = resource;
        return metric;
    }

    private static List<object?> Newer(object? metrics)
    {
        var newer = (metrics as List<object?> ?? []).Select(JsonValue.Copy).ToList();
        foreach (var metric in newer.OfType<Dictionary<string, object?>>())
        {
            foreach (var source in metric.Values.OfType<Dictionary<string, object?>>())
                Newer(source);
        }

        return newer;
    }

    private static void Newer(Dictionary<string, object?> source)
    {
        // An object that is measured is not what is aimed at.
        if (source.Map("target") is { } measured && measured.Has("kind"))
            source.Rename("target", "describedObject");
        if (source.Take("metricName") is { } name)
        {
            var metric = source.MapOrNew("metric");
            metric["name"] = name;
            if ((source.Take("selector") ?? source.Take("metricSelector")) is { } selector)
                metric["selector"] = selector;
        }

        var average = source.Take("averageValue");
        foreach (var (field, type, value) in ((string, string, string)[])
            [("targetAverageUtilization", "Utilization", "averageUtilization"), ("targetAverageValue", "AverageValue", "averageValue"),
                ("targetValue", "Value", "value")])
        {
            // An average takes the place of the value beside it.
            if (source.Take(field) is { } wanted && (field != "targetValue" || average is null))
                Aim(source, type, value, wanted);
        }

        if (average is not null)
            Aim(source, "AverageValue", "averageValue", average);
    }

    private static void Aim(Dictionary<string, object?> source, string type, string field, object value)
    {
        var target = source.MapOrNew("target");
        target["type"] = ObjectParts.Text(type);
        target[field] = value;
    }

    private static bool ToFirst(Dictionary<string, object?> spec)
    {
        // What v1 has no field for lies in annotations, whose text is the server's own.
        if (spec.Has("behavior"))
            return false;
        if (spec.Take("metrics") is not List<object?> metrics)
            return true;
        if (metrics.Count != 1 || metrics[0] is not Dictionary<string, object?> only || only.TextAt("type") != "Resource"
            || only.Map("resource") is not { } resource || resource.TextAt("name") != "cpu"
            || resource.Map("target") is not { } target || !target.Has("averageUtilization"))
            return false;
        spec[Use] = target["averageUtilization"];
        return true;
    }
}
