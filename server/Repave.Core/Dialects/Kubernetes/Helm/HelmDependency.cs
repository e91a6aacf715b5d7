namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A chart that another asks for.</summary>
internal sealed class HelmDependency(GoMap written)
{
    public GoMap Written { get; } = written;

    public string Name { get; set; } = HelmChart.TextOf(written, "name");

    public string Version => HelmChart.TextOf(Written, "version");

    public string Repository => HelmChart.TextOf(Written, "repository");

    public string Condition => HelmChart.TextOf(Written, "condition");

    public string Alias => HelmChart.TextOf(Written, "alias");

    public IReadOnlyList<string> Tags => [.. ((Written["tags"] as GoList)?.Items ?? []).OfType<GoText>().Select(tag => tag.Text)];

    public IReadOnlyList<GoValue?> ImportValues => (Written["import-values"] as GoList)?.Items ?? [];

    public bool IsEnabled { get; set; } = true;

    public HelmDependency Copy() => (HelmDependency)MemberwiseClone();

    public GoMap ToTemplate() => new()
    {
        { "Name", new GoText(Name) },
        { "Version", new GoText(Version) },
        { "Repository", new GoText(Repository) },
        { "Condition", new GoText(Condition) },
        { "Tags", new GoList([.. Tags.Select(tag => new GoText(tag))]) },
        { "Enabled", new GoBool(IsEnabled) },
        { "ImportValues", new GoList([.. ImportValues]) },
        { "Alias", new GoText(Alias) },
    };
}
