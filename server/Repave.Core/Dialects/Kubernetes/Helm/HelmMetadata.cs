using System.Globalization;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What stands in <c>Chart.yaml</c>.</summary>
internal static class HelmMetadata
{
    /// <summary>The fields that are texts, by their names in templates.</summary>
    public static IReadOnlyList<(string Field, string Key)> Texts { get; } =
    [
        ("Name", "name"), ("Home", "home"), ("Version", "version"), ("Description", "description"), ("Icon", "icon"),
        ("APIVersion", "apiVersion"), ("Condition", "condition"), ("Tags", "tags"), ("AppVersion", "appVersion"),
        ("KubeVersion", "kubeVersion"), ("Type", "type"),
    ];

    /// <summary>The fields that are lists.</summary>
    public static IReadOnlyList<(string Field, string Key)> Lists { get; } =
        [("Sources", "sources"), ("Keywords", "keywords"), ("Maintainers", "maintainers")];

    /// <summary>What was read, with texts where Helm has texts.</summary>
    public static GoMap Normalize(GoMap read)
    {
        var map = new GoMap(new Dictionary<string, GoValue?>(read.Entries, StringComparer.Ordinal)) { Trace = read.Trace };
        foreach (var (_, key) in Texts)
        {
            if (map[key] is { } value)
                map.Entries[key] = Sanitized(AsText(value), key);
        }

        if (map["annotations"] is GoMap annotations)
        {
            map.Entries["annotations"] = new GoMap(annotations.Entries.Where(e => e.Value is not null)
                .ToDictionary(e => e.Key, e => (GoValue?)AsText(e.Value!), StringComparer.Ordinal));
        }

        foreach (var key in new[] { "dependencies", "maintainers" })
        {
            if (map[key] is GoList list)
            {
                map.Entries[key] = new GoList([.. list.Items.Select(item => item is GoMap entries
                    ? new GoMap(entries.Entries.ToDictionary(e => e.Key, e => e.Value is GoFloat or GoBool ? AsText(e.Value) : e.Value,
                        StringComparer.Ordinal)) { Trace = entries.Trace }
                    : item)]);
            }
        }

        return map;
    }

    /// <summary>What is wrong with it, as Helm says it; null if nothing is.</summary>
    public static string? Problem(GoMap metadata)
    {
        string name = HelmChart.TextOf(metadata, "name"), version = HelmChart.TextOf(metadata, "version");
        if (name.Length == 0)
            return "validation: chart.metadata.name is required";
        if (name is "." or "..")
            return $"validation: chart.metadata.name {GoQuoting.Quote(name)} is not allowed";
        if (name.Contains('/'))
            return $"validation: chart.metadata.name {GoQuoting.Quote(name)} is invalid";
        if (version.Length == 0)
            return "validation: chart.metadata.version is required";
        if (SemVer.Parse(version) is null)
            return $"validation: chart.metadata.version {GoQuoting.Quote(version)} is invalid";
        return HelmChart.TextOf(metadata, "type") is "" or "application" or "library" ? null
            : "validation: chart.metadata.type must be application or library";
    }

    /// <summary>Keys with a capital, as Go names fields.</summary>
    public static GoMap Capitalized(GoMap map) => new()
    {
        { "Name", map["name"] ?? GoText.Empty },
        { "Email", map["email"] ?? GoText.Empty },
        { "URL", map["url"] ?? GoText.Empty },
    };

    private static GoText AsText(GoValue value) => value switch
    {
        GoText text => text,
        GoFloat real => new GoText(real.Value == Math.Floor(real.Value) && Math.Abs(real.Value) < 1e15
            ? real.Value.ToString("0", CultureInfo.InvariantCulture) : GoNumbers.Format(real.Value, 'g'), real.Trace),
        GoBool boolean => new GoText(boolean.Value ? "true" : "false", boolean.Trace),
        _ => new GoText(GoFormat.Value(value), value.Trace?.AsWhole()),
    };

    // Helm leaves no breaks in these, and nothing that cannot be seen.
    private static GoText Sanitized(GoText text, string key)
    {
        if (key is "version" or "apiVersion" or "type" || text.Text.All(c => c is >= ' ' and <= '~'))
            return text;
        var clean = new GoTextBuilder();
        for (var i = 0; i < text.Text.Length; i++)
        {
            if (char.IsWhiteSpace(text.Text[i]))
                clean.Append(' ');
            else if (char.IsLowSurrogate(text.Text[i]) || GoQuoting.IsPrintable(text.Text, i))
                clean.Append(text, i, 1);
        }

        return clean.ToText();
    }
}
