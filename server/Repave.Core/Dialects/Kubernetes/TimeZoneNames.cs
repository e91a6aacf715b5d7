using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The names of the IANA time zone database, read when first asked for.</summary>
internal static class TimeZoneNames
{
    private static readonly Lazy<HashSet<string>> Names = new(() => new HashSet<string>(
        EmbeddedPacks.Text("kubernetes", "time-zones.facts").Split('\n').Where(line => line.Length > 0 && line[0] != '#'),
        StringComparer.Ordinal));

    public static bool Contains(string name) => Names.Value.Contains(name);
}
