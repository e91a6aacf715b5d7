namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>ConfigMaps and Secrets. Messages never show a value.</summary>
internal static class ConfigChecks
{
    public static void CheckConfigMap(ServerCheck check, Field root)
    {
        foreach (var (name, value) in root["binaryData"].Fields)
        {
            if (root["data"][name].Exists)
                check.Refuse(value, $"The key '{name}' stands in data and in binaryData.");
        }
    }

    public static void CheckSecret(ServerCheck check, Field root)
    {
        var keys = new HashSet<string>(root["data"].Fields.Concat(root["stringData"].Fields).Select(f => f.Name), StringComparer.Ordinal);
        switch (root["type"].Text)
        {
            case "kubernetes.io/tls":
                Demand("tls.crt");
                Demand("tls.key");
                break;
            case "kubernetes.io/dockerconfigjson":
                Demand(".dockerconfigjson");
                break;
            case "kubernetes.io/dockercfg":
                Demand(".dockercfg");
                break;
            case "kubernetes.io/ssh-auth":
                Demand("ssh-privatekey");
                break;
            case "kubernetes.io/basic-auth" when !keys.Contains("username") && !keys.Contains("password"):
                check.Require(root["data"]["username"], "(or password) for the type kubernetes.io/basic-auth");
                break;
            case "kubernetes.io/service-account-token" when root["metadata"]["annotations"]["kubernetes.io/service-account.name"].IsEmpty:
                check.Require(root["metadata"]["annotations"]["kubernetes.io/service-account.name"], "for the type kubernetes.io/service-account-token");
                break;
        }

        void Demand(string key)
        {
            if (!keys.Contains(key))
                check.Require(root["data"][key], $"for the type {root["type"].Text}");
        }
    }
}
