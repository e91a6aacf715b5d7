namespace Repave.Core.Rules;

/// <summary>Every rule there is. The list is written at compile time from the classes that derive from <see cref="Rule"/>.</summary>
public static partial class RuleCatalogue
{
    private static readonly Dictionary<string, Rule> ById = Index();

    /// <summary>All rules in the order of their ids.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. ById.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The rules of a kind, in the order of their ids.</summary>
    public static T[] Of<T>()
        where T : Rule => [.. All.OfType<T>(), .. Doubles.OfType<T>()];

    /// <summary>Rules that tests put among the others.</summary>
    internal static List<Rule> Doubles { get; } = [];

    /// <summary>The rule of an id in any case, or null.</summary>
    public static Rule? Find(string id) => ById.TryGetValue(id.ToUpperInvariant(), out var rule) ? rule : null;

    private static Dictionary<string, Rule> Index()
    {
        var rules = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in Create())
            rules.Add(rule.Id, rule);
        return rules;
    }
}
