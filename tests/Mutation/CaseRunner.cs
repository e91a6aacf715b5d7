using Repave.Core.Rules;
using Repave.Core.Tests.Rules;

namespace Repave.Mutation;

/// <summary>Runs the cases of rules. Loaded a second time, beside the mutated Repave.Core; what goes in and out are types of the
/// runtime.</summary>
public static class CaseRunner
{
    private static readonly Dictionary<string, Func<string?>> All = [];

    /// <summary>Finds the cases: the rules' own examples and those of a folder.</summary>
    /// <returns>Their names, with the id of the rule before a slash.</returns>
    public static string[] Load(string folder)
    {
        foreach (var rule in RuleCatalogue.All.Where(r => r.HasExamples))
            All[$"{rule.Id}/(examples)"] = () => RuleCase.RunExamples(rule);
        foreach (var one in RuleCase.In(folder))
            All[$"{one.Rule}/{one.Name}"] = one.Run;
        return [.. All.Keys];
    }

    /// <summary>Runs a case: null if it holds.</summary>
    public static string? Run(string name)
    {
        try
        {
            return All[name]();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.GetType().Name + ": " + e.Message;
        }
    }
}
