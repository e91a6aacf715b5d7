using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Analysis;

/// <summary>What an analysis is made with.</summary>
/// <param name="Settings">What to report and how.</param>
/// <param name="Schemas">Finds JSON Schemas that texts name; null if none are wanted.</param>
public sealed record AnalysisOptions(Settings Settings, ISchemaSource? Schemas = null)
{
    private const int MaxTreesHeld = 1000;

    /// <summary>Files that are not checked and say what those that are checked are: kustomizations that stand outside of them.</summary>
    public IReadOnlyList<Manifest> Surroundings { get; init; } = [];

    /// <summary>How many files' trees are held at once; of a larger set only those that are being looked at are.</summary>
    internal int TreesHeld { get; init; } = MaxTreesHeld;

    /// <summary>Whether a text can hold anything for a dialect or a schema; if not, it need not be parsed.</summary>
    public bool IsWorthReading(string path, string text) =>
        DialectCatalogue.All.Any(dialect => dialect.MayHold(path, text)) || SchemaReference.MayHold(path, text, Settings);
}
