using Repave.Core.Rules;

namespace Repave.Core.Analysis;

/// <summary>What a check found.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Documents">How many of their documents are manifests.</param>
/// <param name="Resources">How many resources they define.</param>
/// <param name="Templates">How many documents are templates and were left alone.</param>
/// <param name="Findings">The findings, by file and place.</param>
public sealed record CheckResult(int Files, int Documents, int Resources, int Templates, IReadOnlyList<Finding> Findings)
{
    /// <summary>The names of the folders because of which files were left out when folders were walked, once for each file.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
