using Repave.Core.Builds;
using Repave.Core.Parity;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>How two environments differ, and the words for it.</summary>
internal sealed class ParityReport(BuiltEnvironment first, BuiltEnvironment second, Settings settings)
{
    /// <summary>The earlier environment.</summary>
    public ManifestEnvironment First => first.Environment;

    /// <summary>The later one.</summary>
    public ManifestEnvironment Second => second.Environment;

    /// <summary>The differences.</summary>
    public IReadOnlyList<EnvironmentDifference> Differences { get; } = EnvironmentComparison.Of(first, second, settings);

    /// <summary>The differences that are meant.</summary>
    public int Allowed => Differences.Count(one => one.AllowedBecause is not null);

    /// <summary>In one sentence.</summary>
    public string Summary
    {
        get
        {
            if (Differences.Count == 0)
                return $"{First.Name} and {Second.Name} are the same once built.";
            var untested = Differences.Count(one => one is { IsUntested: true, AllowedBecause: null });
            return $"{PlanWords.Plural(Differences.Count, "difference")}"
                + $"{(Allowed == 0 ? "" : $", {Allowed} of which {(Allowed == 1 ? "is" : "are")} meant")}"
                + (untested == 0 ? "."
                    : $"; {PlanWords.Plural(untested, "artifact")} in {Second.Name} that {First.Name} does not run.");
        }
    }

    /// <summary>What differs, in words.</summary>
    public string What(EnvironmentDifference difference) => difference.Kind switch
    {
        DifferenceKind.OnlyFirst => $"only in {First.Name}",
        DifferenceKind.OnlySecond => $"only in {Second.Name}",
        _ when difference.IsSecret => $"{difference.Path}  (secret) is different",
        _ => $"{difference.Path}  {Values(difference)}",
    };

    /// <summary>The two values.</summary>
    public static string Values(EnvironmentDifference difference) => PlanWords.Values(new Reason(difference.Path, difference.From,
        difference.To,
        Effect.None, Certainty.Certain, "", null, default)
    {
        IsSecret = difference.IsSecret,
        WasThere = true,
        IsThere = true,
    });

    /// <summary>The lines that make it, each with its environment.</summary>
    public IEnumerable<(string Environment, DifferencePlace Place)> Places(EnvironmentDifference difference)
    {
        if (difference.InFirst is { } inFirst)
            yield return (First.Name, inFirst);
        if (difference.InSecond is { } inSecond)
            yield return (Second.Name, inSecond);
    }

    /// <summary>The text of a line; a word in its place where it may hold secrets.</summary>
    public static string Line(DifferencePlace place)
    {
        const int most = 120;
        if (place.IsSecret)
            return PlanWords.HiddenLine;
        var line = place.File.Source.Text.LineText(place.Range.Start.Line).Trim();
        return line.Length <= most ? line : line[..most] + "…";
    }
}
