namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What Compose demands of single values beyond the schema.</summary>
internal static class Validation
{
    /// <summary>Checks a project of which every file was read.</summary>
    public static void Check(ComposeValue root, ComposeRules rules, List<ComposeProblem> problems)
    {
        foreach (var (name, volume) in root["volumes"]?.Fields ?? [])
            CheckExternal(volume, $"volumes.{name}", problems);
        foreach (var (name, config) in root["configs"]?.Fields ?? [])
            CheckFile(config, ["file", "environment", "content"], $"configs.{name}", problems);
        foreach (var (name, secret) in root["secrets"]?.Fields ?? [])
            CheckFile(secret, ["file", "environment"], $"secrets.{name}", problems);
        foreach (var (name, service) in root["services"]?.Fields ?? [])
        {
            if (service.IsMap)
                CheckService(service, $"services.{name}", problems);
        }
    }

    private static void CheckExternal(ComposeValue value, string path, List<ComposeProblem> problems)
    {
        if (value["external"] is not { Kind: ValueKind.Boolean, IsTrue: true })
            return;
        foreach (var name in value.Fields.Keys.Where(n => n is not ("name" or "external")
            && !n.StartsWith("x-", StringComparison.Ordinal)))
            problems.Add(new ComposeProblem(ProblemKind.Contradiction,
                $"'{path}' is external, so Compose does not make it, and cannot have '{name}'.",
                value.PlaceOf(name), $"{path}.{name}"));
    }

    private static void CheckFile(ComposeValue value, string[] sources, string path, List<ComposeProblem> problems)
    {
        if (!value.IsMap)
        {
            if (value.IsNull)
                problems.Add(new ComposeProblem(ProblemKind.MissingField,
                    $"'{path}' must say where its content comes from.", value.Place, path));
            return;
        }

        var given = sources.Where(s => value[s] is not null).ToList();
        if (given.Count > 1)
            problems.Add(new ComposeProblem(ProblemKind.Contradiction,
                $"'{path}' has '{given[0]}' and '{given[1]}'; only one of them can say its content.", value.PlaceOf(given[1]), path));
        else if (given.Count == 0 && value["driver"] is null && value["external"] is null)
            problems.Add(new ComposeProblem(ProblemKind.MissingField,
                $"'{path}' must have one of {string.Join(", ", sources.Select(s => $"'{s}'"))}.", value.Place, path));
    }

    private static void CheckService(ComposeValue service, string path, List<ComposeProblem> problems)
    {
        foreach (var port in service["ports"]?.Items ?? [])
        {
            if (port["host_ip"] is { IsText: true } address && !PortText.IsAddress(address.Text))
                problems.Add(new ComposeProblem(ProblemKind.Malformed, $"'{address.Text}' is not an IP address.",
                    address.Place, path + ".ports"));
        }

        foreach (var watch in service["develop"]?["watch"]?.Items ?? [])
        {
            if (watch["path"] is { IsText: true, Text.Length: 0 } empty)
                problems.Add(new ComposeProblem(ProblemKind.Malformed, "The path to watch is empty.", empty.Place,
                    path + ".develop.watch"));
        }

        var devices = service["deploy"]?["resources"]?["reservations"]?["devices"]?.Items ?? [];
        foreach (var device in devices.Concat(service["gpus"]?.Items ?? []))
        {
            if (device["count"] is not null && device["device_ids"] is not null)
                problems.Add(new ComposeProblem(ProblemKind.Contradiction,
                    "A device is asked for by 'count' or by 'device_ids', not by both.", device.PlaceOf("device_ids"), path));
        }
    }
}
