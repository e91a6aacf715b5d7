namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A chart as Helm loads it.</summary>
internal sealed class HelmChart(HelmFile file, GoMap metadata)
{
    /// <summary>Its <c>Chart.yaml</c>.</summary>
    public HelmFile File { get; } = file;

    /// <summary>What <c>Chart.yaml</c> says, as texts and lists.</summary>
    public GoMap Metadata { get; private set; } = metadata;

    /// <summary>Its name, which an alias changes.</summary>
    public string Name { get; set; } = TextOf(metadata, "name");

    public string Version => TextOf(Metadata, "version");

    public bool IsLibrary => string.Equals(TextOf(Metadata, "type"), "library", StringComparison.OrdinalIgnoreCase);

    public List<HelmFile> Templates { get; private set; } = [];

    public List<HelmFile> Files { get; private set; } = [];

    public GoMap Values { get; set; } = new();

    public HelmFile? Schema { get; set; }

    /// <summary>What <c>Chart.yaml</c> asks for.</summary>
    public List<HelmDependency> Wanted { get; private set; } = [];

    /// <summary>The charts in it.</summary>
    public List<HelmChart> Charts { get; private set; } = [];

    public HelmChart? Parent { get; private set; }

    public string FullPath => Parent is null ? Name : Parent.FullPath + "/charts/" + Name;

    /// <summary>Puts charts into it, in place of those that were.</summary>
    public void SetCharts(IEnumerable<HelmChart> charts)
    {
        Charts = [.. charts];
        foreach (var chart in Charts)
            chart.Parent = this;
    }

    /// <summary>A copy under another name, with charts of its own.</summary>
    public HelmChart Copy()
    {
        var copy = (HelmChart)MemberwiseClone();
        copy.Wanted = [.. Wanted.Select(dependency => dependency.Copy())];
        copy.SetCharts(Charts.Select(chart =>
        {
            var inner = (HelmChart)chart.MemberwiseClone();
            inner.Parent = copy;
            return inner;
        }));
        return copy;
    }

    /// <summary>What templates see under <c>.Chart</c>.</summary>
    public GoMap ToTemplate()
    {
        var map = new GoMap();
        foreach (var (field, key) in HelmMetadata.Texts)
            map.Entries[field] = key == "name" ? Named(Metadata[key]) : Metadata[key] ?? GoText.Empty;
        foreach (var (field, key) in HelmMetadata.Lists)
            map.Entries[field] = new GoList([.. ((Metadata[key] as GoList)?.Items ?? []).Select(item => item is GoMap entries
                ? HelmMetadata.Capitalized(entries) : item)]);
        map.Entries["Deprecated"] = Metadata["deprecated"] as GoBool ?? new GoBool(false);
        map.Entries["Annotations"] = new GoMap((Metadata["annotations"] as GoMap)?.Entries.ToDictionary(e => e.Key, e => e.Value,
            StringComparer.Ordinal)
            ?? new Dictionary<string, GoValue?>(StringComparer.Ordinal), "string");
        map.Entries["Dependencies"] = new GoList([.. Wanted.Select(dependency => dependency.ToTemplate())]);
        map.Entries["IsRoot"] = new GoBool(Parent is null);
        return map;
    }

    public static string TextOf(GoMap map, string key) => map[key] is GoText text ? text.Text : "";

    private GoValue Named(GoValue? written) => written is GoText text && text.Text == Name ? text : new GoText(Name);
}
