using System.CommandLine;
using Repave.Core.Dialects;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>What a call says of manifests and of what they are compared with.</summary>
/// <param name="Paths">The manifests.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="From">A file, a folder or <c>git:REV</c>; null for none.</param>
/// <param name="IsLive">Whether the live environment is the baseline.</param>
/// <param name="Namespace">The namespace of manifests that name none; null for the context's.</param>
/// <param name="Environment">The environment's name for policies; null for the context's.</param>
/// <param name="IsStaged">Whether the manifests are those that git has staged.</param>
/// <param name="PruneSelector">Labels of what is deleted when no manifest defines it; null for marks of ownership.</param>
/// <param name="Timeout">How long the environment may take to answer one request.</param>
/// <param name="Versions">The platforms' versions by dialect, as far as they are said.</param>
/// <param name="HashKeyFile">The file of the key of a snapshot's hashes; null if it stands beside the snapshot or in it.</param>
internal sealed record BaselineRequest(
    IReadOnlyList<string> Paths,
    Settings Settings,
    string? From,
    bool IsLive,
    string? Namespace,
    string? Environment,
    bool IsStaged,
    string? PruneSelector,
    TimeSpan Timeout,
    IReadOnlyDictionary<string, string> Versions,
    string? HashKeyFile)
{
    /// <summary>The folder that the settings' paths start from.</summary>
    public string SettingsFolder { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>What the options of the environment's own kind say, by their names.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>();

    /// <summary>On how many nodes what runs once a node runs; null where nobody says it.</summary>
    public int? Nodes { get; init; }

    /// <summary>What may be asked while it is planned, in a type of its dialect; null for nothing.</summary>
    public object? Evidence { get; init; }

    /// <summary>The commits that names of revisions stand for, where they are to mean what they meant once.</summary>
    public IReadOnlyDictionary<string, string> Commits { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a live environment may be asked: not where a file, and no person, says what is planned.</summary>
    public bool MayAskLive { get; init; } = true;

    /// <summary>The file that the settings stand in; null if there is none.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>The revision that a baseline (<c>git:REV</c>) names.</summary>
    public string RevisionOf(string from) =>
        Commits.GetValueOrDefault(from, from.StartsWith("git:", StringComparison.Ordinal) ? from["git:".Length..] : from);

    /// <summary>A request for a plan against files or a revision.</summary>
    public static BaselineRequest Of(IReadOnlyList<string> paths, Settings settings, string from, string? environment, bool isStaged,
        IReadOnlyDictionary<string, string> versions) =>
        new(paths, settings, from, IsLive: false, Namespace: null, environment, isStaged, PruneSelector: null, TimeSpan.Zero,
            versions, HashKeyFile: null);
}

/// <summary>The options by which commands are told a baseline.</summary>
internal sealed class BaselineOptions
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Compare with manifests or a dump (a file or folder), "
        + "a snapshot, or what the same paths held at a git revision (git:REV).",
        HelpName = "FILE|DIR|git:REV"
    };
    private readonly Option<bool> _live = new("--live")
    {
        Description = "Compare with the live environment that the platform's client is logged in to. Reads and dry-runs only.",
    };
    private readonly List<(EnvironmentOption Option, Option Parsed)> _own =
        [.. EnvironmentKinds.All.SelectMany(kind => kind.Options).Select(option => (option, Create(option)))];
    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "The namespace of manifests that name none." };
    private readonly Option<string?> _environment = new("--environment")
    {
        Description = "Plan this environment alone, of those that .repave.yaml names and those that are found; of manifests that belong to "
            + "none, the environment's name for the settings' policies (with --live the context's by default).",
        HelpName = "NAME",
    };
    private readonly Option<bool> _staged =
        new("--staged") { Description = "Take the manifests that git has staged, and the others of their folders." };
    private readonly Option<string?> _prune = new("--prune-selector")
    {
        Description = "Labels (app=shop,tier=web) of resources that are deleted when no manifest defines them.",
        HelpName = "LABELS",
    };
    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "With --live: how many seconds one request may take.",
        DefaultValueFactory = _ => 15,
        HelpName = "SECONDS",
    };
    private readonly Option<string?> _config = SettingsFile.Option();
    private readonly Option<string?> _hashKey =
        new("--hash-key-file")
        {
            Description = "The key of a snapshot's hashes, if it is not in FILE.key beside the snapshot.",
            HelpName = "FILE"
        };
    private readonly Dictionary<string, Option<string?>> _versions = DialectCatalogue.All.Where(d => d is IVersioned)
        .ToDictionary(d => d.Name, d => new Option<string?>($"--{d.Name}-version")
        {
            Description = "The platform's release, if it cannot be found out.",
            HelpName = "RELEASE",
        }, StringComparer.Ordinal);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_from, _live, .. _own.Select(o => o.Parsed), _namespace, _environment, _staged, _prune, _timeout,
            _config, _hashKey, .. _versions.Values])
            command.Options.Add(option);
    }

    /// <summary>What a call says.</summary>
    /// <exception cref="CommandException">It contradicts itself.</exception>
    public BaselineRequest Read(ParseResult parsed, IReadOnlyList<string> paths)
    {
        var (settings, folder) = SettingsFile.Load(parsed.GetValue(_config));
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (dialect, option) in _versions)
        {
            if (parsed.GetValue(option) is not { } version)
                continue;
            if (!Version.TryParse(version, out _))
                throw new CommandException(
                    $"'{version}' is not a release; write {((IVersioned)DialectCatalogue.Of(dialect)).Versions[^1]}.");
            versions[dialect] = version;
        }

        var request = new BaselineRequest(
            PathNames.Of(paths),
            settings,
            parsed.GetValue(_from),
            parsed.GetValue(_live),
            parsed.GetValue(_namespace),
            parsed.GetValue(_environment),
            parsed.GetValue(_staged),
            parsed.GetValue(_prune),
            TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
            versions,
            parsed.GetValue(_hashKey))
        {
            Own = OwnOf(parsed),
            SettingsFolder = folder,
            SettingsFile = SettingsFile.Find(parsed.GetValue(_config)),
        };
        if (request.From is not null && request.IsLive)
            throw new CommandException("--from and --live are two baselines; name one.");
        if (paths.Count == 0 && !request.IsStaged)
            throw new CommandException("name a file or folder, - for standard input, or --staged.");
        if (request.Timeout <= TimeSpan.Zero)
            throw new CommandException("--timeout must be at least one second.");
        if (!request.IsLive && request.Own.Keys.FirstOrDefault(name => !AppliesByServer(name)) is { } ofLive)
            throw new CommandException($"--{ofLive} goes with --live.");
        return request;
    }

    /// <summary>Whether an option says that the platform merges manifests itself.</summary>
    public static bool AppliesByServer(string option) =>
        EnvironmentKinds.All.SelectMany(kind => kind.Options).Any(o => o.AppliesByServer && o.Name == option);

    private static Option Create(EnvironmentOption option) => option.IsFlag
        ? new Option<bool>("--" + option.Name) { Description = option.Description }
        : new Option<string?>("--" + option.Name) { Description = option.Description, HelpName = option.Value };

    private Dictionary<string, string> OwnOf(ParseResult parsed)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (option, from) in _own)
        {
            if (from is Option<bool> flag)
            {
                if (parsed.GetValue(flag))
                    own[option.Name] = "";
            }
            else if (parsed.GetValue((Option<string?>)from) is { } value)
            {
                own[option.Name] = value;
            }
        }

        return own;
    }
}
