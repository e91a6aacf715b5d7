namespace Repave.Core.Dialects.CloudFormation.Plans.Drift;

/// <summary>What CloudFormation answered when it was asked what drifted (<c>describe-stack-resource-drifts</c>).</summary>
/// <param name="Pages">The answers, page by page.</param>
/// <param name="Note">Why nothing is known of it, or how old it is, for people; null if there is nothing to say.</param>
public sealed record DriftAnswers(IReadOnlyList<string> Pages, string? Note)
{
    /// <summary>It was not asked.</summary>
    public static DriftAnswers None { get; } = new([], null);
}
