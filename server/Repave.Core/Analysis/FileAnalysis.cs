using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Analysis;

/// <summary>What is known of one file: never changes once it was made.</summary>
/// <param name="manifest">The file.</param>
/// <param name="documents">Its documents, in their order.</param>
/// <param name="whole">What was found of the file as a whole.</param>
internal sealed class FileAnalysis(Manifest manifest, IReadOnlyList<DocumentAnalysis> documents, IReadOnlyList<Finding> whole)
{
    public Manifest Manifest { get; } = manifest;

    public IReadOnlyList<DocumentAnalysis> Documents { get; } = documents;

    public IReadOnlyList<Finding> Whole { get; } = whole;

    /// <summary>What the file defines.</summary>
    public IReadOnlyList<Resource> Resources { get; } =
        documents.Count == 1 ? documents[0].Resources : [.. documents.SelectMany(d => d.Resources)];
}
