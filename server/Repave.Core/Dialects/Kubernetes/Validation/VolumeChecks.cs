namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Volumes of pods.</summary>
internal static class VolumeChecks
{
    public static void Check(ServerCheck check, Field volume)
    {
        var known = check.FieldsOf("V1Volume");
        var sources = volume.Fields.Where(f => f.Name != "name" && f.Field.Exists && known[f.Name] is not null).ToList();
        if (sources.Count > 1)
            check.Refuse(sources[1].Field,
                $"'{volume.Path}' may have only one source, and has {string.Join(" and ", sources.Select(s => s.Name))}.");
        if (volume["emptyDir"]["sizeLimit"] is { Exists: true } limit)
            ResourceChecks.CheckNotNegative(check, limit);
        check.NotAllowed(volume["hostPath"]["type"], "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File",
            "FileOrCreate", "Socket");
        CheckNoBacksteps(check, volume["hostPath"]["path"]);
        foreach (var items in (Field[])[volume["configMap"]["items"], volume["secret"]["items"], volume["downwardAPI"]["items"]])
            CheckItems(check, items);
        foreach (var source in volume["projected"]["sources"].Items)
        {
            if (source.Fields.Count(f => f.Field.Exists) > 1)
                check.Refuse(source, $"'{source.Path}' may have only one source.");
            foreach (var kind in (string[])["configMap", "secret", "downwardAPI"])
                CheckItems(check, source[kind]["items"]);
            foreach (var kind in (string[])["configMap", "secret"])
            {
                if (source[kind].Exists)
                    check.Require(source[kind]["name"]);
            }

            foreach (var item in source["downwardAPI"]["items"].Items)
                CheckDownward(check, item);
            var token = source["serviceAccountToken"];
            if (token.Exists)
                check.Require(token["path"]);
        }

        foreach (var item in volume["downwardAPI"]["items"].Items)
            CheckDownward(check, item);
        var remote = volume["nfs"]["path"];
        if (remote.Text is { Length: > 0 } path && !path.StartsWith('/'))
            check.Refuse(remote, $"'{remote.Path}' must be an absolute path.");
        if (volume["ephemeral"]["volumeClaimTemplate"] is { Exists: true } template)
            StorageChecks.CheckClaim(check, template["spec"]);
    }

    private static void CheckDownward(ServerCheck check, Field item)
    {
        if (item["fieldRef"].Exists == item["resourceFieldRef"].Exists)
            check.Refuse(item, $"'{item.Path}' must have exactly one of fieldRef and resourceFieldRef.");
        PodChecks.CheckResource(check, item["resourceFieldRef"]);
        var field = item["fieldRef"]["fieldPath"];
        if (field.Text is not { Length: > 0 } text)
            return;
        var bracket = text.IndexOf('[');
        if ((bracket > 0 ? text.Substring(0, bracket) : text) is not ("metadata.annotations" or "metadata.labels" or "metadata.name"
            or "metadata.namespace" or "metadata.uid"))
            check.Refuse(field, $"'{field.Path}' is \"{text}\", which is not a field that a volume can hold.");
    }

    private static void CheckItems(ServerCheck check, Field items)
    {
        foreach (var item in items.Items)
        {
            var path = item["path"];
            if (path.Text is { } text && text.StartsWith('/'))
                check.Refuse(path, $"'{path.Path}' must be a relative path.");
            CheckNoBacksteps(check, path);
        }
    }

    private static void CheckNoBacksteps(ServerCheck check, Field path)
    {
        if (path.Text is { } text && text.Split('/').Contains(".."))
            check.Refuse(path, $"'{path.Path}' may not contain '..'.");
    }
}
