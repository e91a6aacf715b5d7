using Repave.Core.Rules;

namespace Repave.Environments;

/// <summary>An option that a kind of environment has, as the command line and settings name it.</summary>
/// <param name="Name">Its name, without dashes (<c>context</c>).</param>
/// <param name="Description">What it says, for help.</param>
public sealed record EnvironmentOption(string Name, string Description)
{
    /// <summary>What help calls its value; null for the name itself.</summary>
    public string? Value { get; init; }

    /// <summary>Whether it says that the platform merges manifests itself, which counts against states of files too.</summary>
    public bool AppliesByServer { get; init; }

    /// <summary>Whether it is said or not said, with no value.</summary>
    public bool IsFlag { get; init; }
}

/// <summary>How an environment is to be read.</summary>
/// <param name="Timeout">How long one request may take.</param>
public sealed record EnvironmentRequest(TimeSpan Timeout)
{
    /// <summary>The namespace of manifests that name none; null for the environment's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Labels of what belongs to the manifests; null for marks of ownership.</summary>
    public string? PruneSelector { get; init; }

    /// <summary>How the settings say that manifests are applied.</summary>
    public ApplySettings Apply { get; init; } = ApplySettings.Unsaid;

    /// <summary>What the kind's own options say; a flag that is said has an empty text.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>();

    /// <summary>What one of the kind's own options says; null if it is not said.</summary>
    public string? this[string option] => Own.TryGetValue(option, out var value) ? value : null;
}

/// <summary>A kind of live environment: its options, how a name means one (<c>live:NAME</c>), and how it is opened.</summary>
public interface IEnvironmentKind
{
    /// <summary>The dialect whose resources live there.</summary>
    string Dialect { get; }

    /// <summary>The option by which one of several environments is named, which is also what <c>live:NAME</c> says.</summary>
    string NamedBy { get; }

    /// <summary>What to call one in a list of baselines: <c>live cluster, read and dry-run only</c>.</summary>
    string Words { get; }

    /// <summary>Its own options.</summary>
    IReadOnlyList<EnvironmentOption> Options { get; }

    /// <summary>What is wrong with a request; null if nothing is.</summary>
    string? ProblemOf(EnvironmentRequest request);

    /// <summary>Opens the environment. If that fails, everything in it is unknown, and why is said.</summary>
    ILiveEnvironment Open(EnvironmentRequest request);
}

/// <summary>The kinds of live environments that can be read.</summary>
public static class EnvironmentKinds
{
    /// <summary>All of them; the first is the one where nothing says another.</summary>
    public static IReadOnlyList<IEnvironmentKind> All { get; } =
        [new Kubernetes.ClusterKind(), new CloudFormation.StackKind(), new Compose.EngineKind(), new Terraform.WorkspaceStateKind()];

    /// <summary>The kind of a dialect; null if its environments cannot be read.</summary>
    public static IEnvironmentKind? Of(string dialect) => All.FirstOrDefault(kind => kind.Dialect == dialect);
}
