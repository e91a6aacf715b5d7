using System.Text;
using System.Text.Json;

namespace Repave.Schemas.Generator;

/// <summary>Writes the names of the IANA time zone database, which CronJobs name, from the npm package moment-timezone.</summary>
internal static class TimeZones
{
    private const string PackageVersion = "0.5.48";

    public static void Write(string folder)
    {
        var package = NpmPackage.Fetch("moment-timezone", PackageVersion);
        using var data = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "data", "packed", "latest.json")));
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var zone in data.RootElement.GetProperty("zones").EnumerateArray())
            names.Add(zone.GetString()!.Split('|')[0]);
        foreach (var link in data.RootElement.GetProperty("links").EnumerateArray())
            names.Add(link.GetString()!.Split('|')[1]);
        var text = new StringBuilder();
        text.Append($"# Time zones of the IANA database {data.RootElement.GetProperty("version").GetString()}. "
            + $"Made by schemas/Generator from moment-timezone {PackageVersion}; do not edit.\n");
        foreach (var name in names)
            text.Append(name).Append('\n');
        File.WriteAllText(Path.Combine(folder, "time-zones.facts"), text.ToString());
    }
}
