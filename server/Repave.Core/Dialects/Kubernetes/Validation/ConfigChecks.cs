namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>ConfigMaps and Secrets. Messages never show a value.</summary>
internal static class ConfigChecks
{
    // The server's MaxSecretSize, for both.
    private const long MaxSize = 1024 * 1024;

    public static void CheckConfigMap(ServerCheck check, Field root)
    {
        foreach (var (name, value) in root["binaryData"].Fields)
        {
            if (root["data"][name].Exists)
                check.Refuse(value, $"The key '{name}' stands in data and in binaryData.");
        }

        CheckSize(check, root["data"].Exists ? root["data"] : root["binaryData"],
            root["data"].Fields.Sum(f => Plain(f.Field)) + root["binaryData"].Fields.Sum(f => Decoded(f.Field)));
    }

    public static void CheckSecret(ServerCheck check, Field root)
    {
        var keys = new HashSet<string>(root["data"].Fields.Concat(root["stringData"].Fields).Select(f => f.Name), StringComparer.Ordinal);
        var plain = root["stringData"].Fields.Select(f => f.Name).ToList();
        CheckSize(
            check,
            root["stringData"].Exists ? root["stringData"] : root["data"],
            root["stringData"].Fields.Sum(f => Plain(f.Field))
                + root["data"].Fields.Where(f => !plain.Contains(f.Name)).Sum(f => Decoded(f.Field)));
        switch (root["type"].Text)
        {
            case "kubernetes.io/tls":
                Demand("tls.crt");
                Demand("tls.key");
                break;
            case "kubernetes.io/dockerconfigjson":
                Demand(".dockerconfigjson");
                DemandJson(".dockerconfigjson");
                break;
            case "kubernetes.io/dockercfg":
                Demand(".dockercfg");
                DemandJson(".dockercfg");
                break;
            case "kubernetes.io/ssh-auth":
                Demand("ssh-privatekey");
                break;
            case "kubernetes.io/basic-auth" when !keys.Contains("username") && !keys.Contains("password"):
                check.Require(root["data"]["username"], "(or password) for the type kubernetes.io/basic-auth");
                break;
            case "kubernetes.io/service-account-token" when root["metadata"]["annotations"]["kubernetes.io/service-account.name"].IsEmpty:
                check.Require(root["metadata"]["annotations"]["kubernetes.io/service-account.name"],
                    "for the type kubernetes.io/service-account-token");
                break;
        }

        void DemandJson(string key)
        {
            var plain = root["stringData"][key];
            var field = plain.Exists ? plain : root["data"][key];
            if (!keys.Contains(key))
                return;
            var text = plain.Exists ? plain.Text : Decode(field.Text ?? "");
            if (text is not null && !text.TrimStart().StartsWith('{') && text.Trim() != "null")
                check.Refuse(field, $"'{field.Path}' must be a JSON object for the type {root["type"].Text}.");
        }

        void Demand(string key)
        {
            if (!keys.Contains(key))
                check.Require(root["data"][key], $"for the type {root["type"].Text}");
        }
    }

    // Null where it is no base64, of which others speak.
    private static string? Decode(string text)
    {
        if (!Shapes.JsonFormats.IsBase64(text))
            return null;
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void CheckSize(ServerCheck check, Field blamed, long size)
    {
        if (size > MaxSize)
            check.TooLarge(blamed,
                $"The values have {size} bytes together; a server takes {MaxSize} at most. Put large files into an image or a volume.");
    }

    private static long Plain(Field value) => value.Text is { } text ? System.Text.Encoding.UTF8.GetByteCount(text) : 0;

    // Bytes of base64: three for four characters.
    private static long Decoded(Field value) =>
        value.Text is { } text ? text.Count(c => c is not ('=' or '\n' or '\r' or ' ')) * 3L / 4 : 0;
}
