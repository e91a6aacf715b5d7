using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>The cases under <c>tests/Rules</c>: each rule reports exactly the places that are marked.</summary>
public class RuleCaseTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Rules");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var one in RuleCase.In(Folder))
                data.Add(one.Rule, one.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ReportsExactlyWhatIsMarked(string rule, string name)
    {
        if (new RuleCase(rule, name, Path.Combine(Folder, rule, name)).Run() is { } difference)
            Assert.Fail(difference);
    }

    [Fact]
    public void EveryRuleHasCases()
    {
        var cases = RuleCase.In(Folder).Select(c => c.Rule).Distinct().ToList();
        Assert.Empty(RuleCatalogue.All.Where(r => r.HasExamples).Select(rule => rule.Id).Except(cases));
        // A rule on several files may have cases without examples.
        Assert.Empty(cases.Except(RuleCatalogue.All.Select(rule => rule.Id)));
    }

    [Fact]
    public void EveryRuleIsFoundAndLeftAloneSomewhere() =>
        Assert.All(RuleCatalogue.All.Where(r => r.HasExamples), rule => Assert.Null(RuleCase.RunExamples(rule)));
}
