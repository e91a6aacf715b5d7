namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Definitions of custom resources: v1 says for each version what v1beta1 could say for all.</summary>
internal static class DefinitionVersions
{
    private const string Review = "conversionReviewVersions";
    private static readonly string[] OfVersions = ["subresources", "additionalPrinterColumns"];

    public static bool Convert(Dictionary<string, object?> root, string from, string to)
    {
        const string group = "apiextensions.k8s.io/";
        if (from is not (group + "v1beta1") || to is not (group + "v1"))
            return false;
        var spec = root.MapOrNew("spec");
        var name = spec.Take("version");
        if (!spec.Items("versions").Any() && name is not null)
        {
            var only = ObjectParts.New();
            only["name"] = name;
            only["served"] = ObjectParts.Plain("true");
            only["storage"] = ObjectParts.Plain("true");
            spec["versions"] = new List<object?> { only };
        }

        var schema = spec.Take("validation");
        var shared = OfVersions.Select(f => (Field: f, Value: spec.Take(f))).ToList();
        foreach (var version in spec.Items("versions"))
        {
            if (schema is not null)
                version.Default("schema", schema);
            foreach (var (field, value) in shared.Where(s => s.Value is not null))
                version.Default(field, value);
            foreach (var column in version.Items("additionalPrinterColumns"))
                column.Rename("JSONPath", "jsonPath");
        }

        spec.Default("preserveUnknownFields", ObjectParts.Plain("true"));
        if (spec.Map("conversion") is { } conversion)
            Convert(conversion);
        return true;
    }

    private static void Convert(Dictionary<string, object?> conversion)
    {
        var (client, versions) = (conversion.Take("webhookClientConfig"), conversion.Take(Review));
        if (conversion.TextAt("strategy") != "Webhook")
            return;
        var webhook = conversion.MapOrNew("webhook");
        if (client is not null)
            webhook["clientConfig"] = client;
        webhook[Review] = versions ?? new List<object?> { ObjectParts.Text("v1beta1") };
    }
}
