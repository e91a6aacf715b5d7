using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Environments;

/// <summary>A live environment, read through the client that its user is logged in with. Nothing that it does can change
/// the environment.</summary>
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
