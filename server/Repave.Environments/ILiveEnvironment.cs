using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Environments;

/// <summary>How a live environment is to be read.</summary>
/// <param name="Context">The client's context; null for the current one.</param>
/// <param name="Namespace">The namespace of manifests that name none; null for the context's.</param>
/// <param name="PruneSelector">Labels of what belongs to the manifests; null for marks of ownership.</param>
/// <param name="IsServerSide">Whether manifests are applied by the server.</param>
/// <param name="Timeout">How long one request may take.</param>
public sealed record LiveOptions(string? Context, string? Namespace, string? PruneSelector, bool IsServerSide, TimeSpan Timeout)
{
    /// <summary>The stack to read, of platforms that deploy templates as stacks; null if none was named.</summary>
    public string? Stack { get; init; }

    /// <summary>The address of the platform's API; null for its own.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether the platform may be asked by making a change set, which is deleted again.</summary>
    public bool IsChangeSet { get; init; }
}

/// <summary>A live environment, read through the client that its user is logged in with. Nothing that it does can change the environment.</summary>
public interface ILiveEnvironment : IDisposable
{
    /// <summary>Reads what resources are live. What cannot be read is said in the baseline, never thrown.</summary>
    /// <param name="desired">The resources as manifests want them.</param>
    /// <param name="progress">Told how many of how many requests are done.</param>
    Baseline Read(IReadOnlyList<Resource> desired, Action<int, int> progress);

    /// <summary>Asks the environment what it would make of the changes of a first plan, and reads what is around them.</summary>
    /// <param name="plan">The plan against <paramref name="baseline"/>.</param>
    /// <param name="baseline">What <see cref="Read"/> gave.</param>
    /// <param name="progress">Told how many of how many requests are done.</param>
    Baseline Try(Plan plan, Baseline baseline, Action<int, int> progress);

    /// <summary>Everything in some namespaces, and what is around it, for a snapshot.</summary>
    /// <param name="namespaces">The namespaces; none for that of the context.</param>
    /// <param name="progress">Told how many of how many requests are done.</param>
    Baseline ReadAll(IReadOnlyList<string> namespaces, Action<int, int> progress);
}

/// <summary>The live environments that can be read.</summary>
public static class LiveEnvironments
{
    /// <summary>The dialect whose environment is read where nothing says another.</summary>
    public const string Default = Kubernetes.Cluster.Dialect;

    /// <summary>The environment of a dialect; null if none can be read.</summary>
    public static ILiveEnvironment? Open(string dialect, LiveOptions options) => dialect switch
    {
        Kubernetes.Cluster.Dialect => Kubernetes.Cluster.Open(options),
        CloudFormation.Stack.Dialect => new CloudFormation.Stack(options),
        _ => null,
    };
}
