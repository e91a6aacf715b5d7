namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Configurations of webhooks: v1 has stricter defaults.</summary>
internal static class WebhookVersions
{
    public static bool Convert(Dictionary<string, object?> root, string kind, string from, string to)
    {
        const string group = "admissionregistration.k8s.io/";
        if (from is not (group + "v1beta1") || to is not (group + "v1"))
            return false;
        foreach (var webhook in root.Items("webhooks"))
        {
            webhook.Default("failurePolicy", ObjectParts.Text("Ignore"));
            webhook.Default("matchPolicy", ObjectParts.Text("Exact"));
            webhook.Default("sideEffects", ObjectParts.Text("Unknown"));
            webhook.Default("timeoutSeconds", ObjectParts.Plain("30"));
            webhook.Default("admissionReviewVersions", new List<object?> { ObjectParts.Text("v1beta1") });
            if (kind[0] == 'M')
                webhook.Default("reinvocationPolicy", ObjectParts.Text("Never"));
        }

        return true;
    }
}
