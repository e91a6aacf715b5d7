using Repave.Fuzz;

namespace Repave.Core.Tests.Rules;

/// <summary>A short run of the harness in tests/Fuzz.</summary>
public class FuzzTests
{
    [Fact]
    [Trait("Category", "Fuzz")]
    public void MutatedInputsKeepEveryPromise()
    {
        var fuzzer = new Fuzzer();
        // The process's clock counts other tests too: only what the long run finds by itself is too slow.
        var wrong = Enumerable.Range(0, 3000).Select(i => (Number: i, What: fuzzer.Run(i)))
            .Where(r => r.What is not null && !r.What.EndsWith("s of CPU time", StringComparison.Ordinal)).Take(3);
        Assert.Empty(wrong);
    }
}
