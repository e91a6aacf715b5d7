namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Makes the paths in a project those below its folder.</summary>
internal sealed class PathResolver
{
    private readonly string _folder;
    private readonly string? _home;

    private PathResolver(string folder, string? home) => (_folder, _home) = (folder, home);

    /// <summary>Resolves all paths of a project.</summary>
    public static void Resolve(ComposeValue root, string folder, string? home)
    {
        var resolver = new PathResolver(folder, home);
        foreach (var service in ProjectDefaults.Held(root["services"]))
            resolver.Service(service);
        foreach (var value in ProjectDefaults.Held(root["configs"]).Concat(ProjectDefaults.Held(root["secrets"])))
            resolver.Set(value, "file");
        foreach (var volume in ProjectDefaults.Held(root["volumes"]))
        {
            if (volume.TextAt("driver") == "local" && volume["driver_opts"] is { IsMap: true } options && options.TextAt("o") == "bind")
                resolver.Set(options, "device");
        }
    }

    /// <summary>Resolves the paths of a service that another file's service extends.</summary>
    public static void ResolveService(ComposeValue service, string folder) => new PathResolver(folder, null).Service(service);

    private void Service(ComposeValue service)
    {
        if (service["build"] is { IsMap: true } build)
        {
            Set(build, "context", isContext: true);
            foreach (var name in (build["additional_contexts"]?.Fields.Keys ?? Enumerable.Empty<string>()).ToList())
                Set(build["additional_contexts"]!, name, isContext: true);
        }

        foreach (var file in (service["env_file"]?.Items ?? []).Where(f => f.IsMap))
            Set(file, "path");
        if (service["label_file"] is { IsList: true } labels)
        {
            for (var i = 0; i < labels.Items.Count; i++)
            {
                if (labels.Items[i].IsText)
                    labels.Items[i] = ComposeValue.Of(Absolute(labels.Items[i].Text), labels.Items[i].Place);
            }
        }

        if (service["extends"] is { IsMap: true } extends)
            Set(extends, "file");
        foreach (var watch in (service["develop"]?["watch"]?.Items ?? []).Where(w => w.IsMap))
            Set(watch, "path");
        foreach (var volume in (service["volumes"]?.Items ?? []).Where(v => v.IsMap && v.TextAt("type") == "bind"))
            Set(volume, "source");
    }

    private void Set(ComposeValue holder, string name, bool isContext = false)
    {
        if (holder[name] is not { IsText: true, Text.Length: > 0 } value || (isContext && IsElsewhere(value.Text)))
            return;
        holder.Fields[name] = ComposeValue.Of(Absolute(value.Text), value.Place);
    }

    private static bool IsElsewhere(string context) => ComposePaths.IsRemote(context)
        || context.StartsWith("service:", StringComparison.Ordinal) || context.IndexOf("://", StringComparison.Ordinal) > 0;

    private string Absolute(string path)
    {
        if (path.StartsWith('~'))
            return _home is null ? path : ComposePaths.Clean(_home + "/" + path.Substring(1));
        return path.StartsWith('/') || ComposePaths.IsWindows(path) ? path : ComposePaths.Join(_folder, path);
    }
}
