using Repave.Core.Dialects.Kubernetes;
using Repave.Core.Rules;

namespace Repave.Tests.Shared;

/// <summary>Doubles of rules that fail, among the rules of the whole process: nothing may run beside a test that has them.</summary>
internal sealed class FailingRules : IDisposable
{
    private static readonly TimeSpan Usual = RuleBarrier.Budget;
    private bool _loops = true;

    /// <param name="budget">How long a rule may take until they are gone, in milliseconds.</param>
    public FailingRules(int budget) => RuleBarrier.Budget = TimeSpan.FromMilliseconds(budget);

    /// <summary>Set when they are gone, so that no double waits longer.</summary>
    public ManualResetEventSlim Ends { get; } = new();

    /// <summary>Adds one.</summary>
    public static void Add(string id, Action<KubernetesResource, FindingSink> check) => RuleCatalogue.Doubles.Add(new Double(id, check));

    /// <summary>Adds one that throws, one that loops until <see cref="StopLooping"/>, and one that takes 10 s.</summary>
    /// <param name="family">What their ids begin with.</param>
    public void AddThree(string family)
    {
        Add(family + "0", (_, _) => throw new InvalidOperationException("a defect"));
        Add(family + "1", (_, _) =>
        {
            while (Volatile.Read(ref _loops))
                Thread.SpinWait(100);
        });
        Add(family + "2", (_, _) => Ends.Wait(TimeSpan.FromSeconds(10)));
    }

    /// <summary>Ends the one that loops.</summary>
    public void StopLooping() => Volatile.Write(ref _loops, false);

    public void Dispose()
    {
        StopLooping();
        Ends.Set();
        RuleBarrier.Budget = Usual;
        RuleBarrier.Reset();
        RuleCatalogue.Doubles.Clear();
    }

    private sealed class Double(string id, Action<KubernetesResource, FindingSink> check) : KubernetesRule
    {
        public override string Id => id;

        public override string Title => "A test double";

        public override Severity Severity => Severity.Warning;

        public override string Reason => "It is wrong on purpose. So that the others can be seen to go on.";

        public override string Bad => "";

        public override string Good => "";

        public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink) => check(resource, sink);
    }
}
