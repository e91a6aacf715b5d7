using Repave.Core.Builds;
using Repave.Core.Plans;

namespace Repave.Core.Rules;

/// <summary>What a settings file (<c>.repave.yaml</c>) and the command line say. Immutable; the default says nothing.</summary>
public sealed record Settings
{
    /// <summary>The folders that are left out where nothing is said of it.</summary>
    public static IReadOnlyCollection<string> DefaultLeaveOut { get; } =
        ["testdata", "_testdata", "test_data", "test-data", "mockdata", "mock_data", "mock-data", "fixtures", "vendor",
            "node_modules", "third_party"];

    /// <summary>Settings that change nothing.</summary>
    public static Settings Default { get; } = new();

    /// <summary>Weights by rule id.</summary>
    public IReadOnlyDictionary<string, Severity> Rules { get; init; } = new Dictionary<string, Severity>();

    /// <summary>Weights by rule id for files whose path matches a pattern, in the order of the file; the last match counts.</summary>
    public IReadOnlyList<PathSettings> Paths { get; init; } = [];

    /// <summary>Patterns of files that are not checked.</summary>
    public IReadOnlyList<PathPattern> Exclude { get; init; } = [];

    /// <summary>Names of folders that are left out when a folder is walked, because what is in them is meant to be wrong or somebody
    /// else's. A file or folder that is named itself is read wherever it lies.</summary>
    public IReadOnlyCollection<string> LeaveOut { get; init; } = DefaultLeaveOut;

    /// <summary>The schema version by dialect (<c>kubernetes</c> → <c>1.34</c>).</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON Schemas for files whose path matches a pattern; the first match counts.</summary>
    public IReadOnlyList<SchemaSettings> Schemas { get; init; } = [];

    /// <summary>What plans may not do, by kind and environment.</summary>
    public IReadOnlyList<PlanPolicy> Plans { get; init; } = [];

    /// <summary>Fields that plans leave out.</summary>
    public IReadOnlyList<IgnoredFields> IgnoredFields { get; init; } = [];

    /// <summary>How manifests are applied, by dialect.</summary>
    public IReadOnlyDictionary<string, ApplySettings> Apply { get; init; } = new Dictionary<string, ApplySettings>();

    /// <summary>The environments that are named, in the order of the file.</summary>
    public IReadOnlyList<ManifestEnvironment> Environments { get; init; } = [];

    /// <summary>Differences between environments that are meant.</summary>
    public IReadOnlyList<AllowedDifference> AllowedDifferences { get; init; } = [];

    /// <summary>What may be changed in live objects behind their manifests' back.</summary>
    public IReadOnlyList<AllowedDrift> AllowedDrift { get; init; } = [];

    /// <summary>The same settings with other schema versions.</summary>
    public Settings With(IReadOnlyDictionary<string, string> versions) => this with { Versions = versions };

    /// <summary>The settings for paths that start in a folder below the one that the settings stand in.</summary>
    /// <param name="folder">That folder, from the settings'.</param>
    public Settings Below(string folder) => folder.Length == 0 ? this : this with
    {
        Paths = [.. Paths.Select(p => p with { Pattern = p.Pattern.Below(folder) })],
        Exclude = [.. Exclude.Select(p => p.Below(folder))],
        Schemas = [.. Schemas.Select(s => s with { Pattern = s.Pattern.Below(folder) })],
    };

    /// <summary>The same settings with other weights of rules.</summary>
    public Settings WithRules(IReadOnlyDictionary<string, Severity> rules) => this with { Rules = rules };

    /// <summary>The folder because of which a file is left out when a folder above it is walked; null if it is not.</summary>
    /// <param name="path">The file's path from the folder that is walked.</param>
    public string? LeftOutBy(string path)
    {
        var start = 0;
        for (var slash = path.IndexOf('/'); slash >= 0; start = slash + 1, slash = path.IndexOf('/', start))
        {
            var name = path.Substring(start, slash - start);
            if (LeaveOut.Contains(name))
                return name;
        }

        return null;
    }

    /// <summary>The weight of a rule's finding in a file.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="own">The weight that the rule gave this very finding, if it differs from its usual one.</param>
    public Severity SeverityOf(Rule rule, string path, Severity? own = null)
    {
        Severity? chosen = Rules.TryGetValue(rule.Id, out var general) ? general : null;
        foreach (var part in Paths)
        {
            if (part.Rules.TryGetValue(rule.Id, out var local) && part.Pattern.Matches(path))
                chosen = local;
        }

        if (chosen is { } set)
            return set;
        return rule.OnByDefault ? own ?? rule.Severity : Severity.Off;
    }

    /// <summary>Whether a rule can report anything in a file, so that its work can be saved.</summary>
    public bool IsOn(Rule rule, string path) => SeverityOf(rule, path) != Severity.Off;
}

/// <summary>Weights for the files of a pattern.</summary>
/// <param name="Pattern">The files.</param>
/// <param name="Rules">Weights by rule id.</param>
public sealed record PathSettings(PathPattern Pattern, IReadOnlyDictionary<string, Severity> Rules);

/// <summary>A JSON Schema for the files of a pattern.</summary>
/// <param name="Pattern">The files.</param>
/// <param name="File">The schema's path, relative to the settings file.</param>
public sealed record SchemaSettings(PathPattern Pattern, string File);

/// <summary>Actions that a plan may not hold.</summary>
/// <param name="Environment">The environments that it holds for, as a pattern of their names; null for all.</param>
/// <param name="Kinds">The kinds of resource that it holds for; none for all.</param>
/// <param name="Forbidden">The actions.</param>
public sealed record PlanPolicy(PathPattern? Environment, IReadOnlyList<string> Kinds, IReadOnlyList<PlanAction> Forbidden);
