using System.Text;
using Repave.Core.Dialects;
using Repave.Core.Parity;

namespace Repave.LanguageServer.Features;

/// <summary>How two environments of the workspace differ, as a document.</summary>
internal static class Parity
{
    /// <summary>The differences, the earlier environment first; null where one of them is not there.</summary>
    public static string? Compare(string first, string second, EnvironmentService service, Workspace workspace)
    {
        var one = service.Environments.FirstOrDefault(e => e.Environment.Name == first);
        var other = service.Environments.FirstOrDefault(e => e.Environment.Name == second);
        if (one is null || other is null)
            return null;
        var differences = EnvironmentComparison.Of(one.Built, other.Built, workspace.Settings);
        var text = new StringBuilder($"# {first} beside {second}\n\n");
        text.Append(differences.Count == 0 ? "They are the same once built.\n" : $"{differences.Count} differences, "
            + $"{differences.Count(d => d.AllowedBecause is not null)} of them meant.\n");
        foreach (var group in differences.GroupBy(difference => difference.Resource))
        {
            text.Append($"\n## {DialectCatalogue.KindOf(group.Key.Id)}/{group.Key.Id.Name}\n\n");
            foreach (var difference in group)
            {
                text.Append($"- {What(difference, first, second)}{(difference.IsUntested ? $" **({first} does not run it)**" : "")}\n");
                AppendPlace(text, first, difference.InFirst);
                AppendPlace(text, second, difference.InSecond);
                if (difference.AllowedBecause is { } reason)
                    text.Append($"  - meant: {reason}\n");
            }
        }

        return text.ToString();
    }

    private static string What(EnvironmentDifference difference, string first, string second) => difference.Kind switch
    {
        DifferenceKind.OnlyFirst => $"only in {first}",
        DifferenceKind.OnlySecond => $"only in {second}",
        _ when difference.IsSecret => $"`{difference.Path}`: (secret) is different",
        _ => $"`{difference.Path}`: {difference.From ?? "nothing"} → {difference.To ?? "nothing"}",
    };

    private static void AppendPlace(StringBuilder text, string environment, DifferencePlace? place)
    {
        if (place is not null)
            text.Append($"  - {environment}: {place.File.Path}:{place.Range.Start.Line + 1}\n");
    }
}
