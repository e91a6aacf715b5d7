using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Ingresses: v1 names a backend's service in a structure of its own.</summary>
internal static class IngressVersions
{
    private const string Newest = "networking.k8s.io/v1";

    public static bool Convert(Dictionary<string, object?> root, string from, string to)
    {
        if (!IsOne(from) || !IsOne(to))
            return false;
        if (root.Map("spec") is not { } spec || from == to || (from != Newest && to != Newest))
            return true;
        var isNewer = to == Newest;
        Action<Dictionary<string, object?>> convert = isNewer ? Newer : Older;
        spec.Rename(isNewer ? "backend" : "defaultBackend", isNewer ? "defaultBackend" : "backend");
        if (spec.Map(isNewer ? "defaultBackend" : "backend") is { } backend)
            convert(backend);
        foreach (var path in spec.Items("rules").SelectMany(r => r.Map("http")?.Items("paths") ?? []))
        {
            path.Default("pathType", ObjectParts.Text("ImplementationSpecific"));
            if (path.Map("backend") is { } one)
                convert(one);
        }

        return true;
    }

    private static bool IsOne(string apiVersion) =>
        apiVersion is Newest or "networking.k8s.io/v1beta1" or "extensions/v1beta1";

    private static void Newer(Dictionary<string, object?> backend)
    {
        if (backend.Take("serviceName") is { } name)
            backend.MapOrNew("service")["name"] = name;
        if (backend.Take("servicePort") is ScalarNode port)
            backend.MapOrNew("service").MapOrNew("port")[port.Kind == ScalarKind.Integer ? "number" : "name"] = port;
    }

    private static void Older(Dictionary<string, object?> backend)
    {
        if (backend.Take("service") is not Dictionary<string, object?> service)
            return;
        backend["serviceName"] = service.Take("name");
        if (service.Map("port") is { } port && (port.Take("number") ?? port.Take("name")) is { } value)
            backend["servicePort"] = value;
    }
}
