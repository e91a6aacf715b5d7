namespace Repave.Core.Rules;

/// <summary>A comment that holds findings back.</summary>
/// <param name="Ids">The rules that it names.</param>
/// <param name="Scope">What it speaks of: <c>line</c>, <c>resource</c> or <c>file</c>.</param>
/// <param name="Line">The line that the comment itself stands in, from 0.</param>
/// <param name="Reason">The reason that it gives; empty if it gives none.</param>
public sealed record SuppressionComment(IReadOnlyList<string> Ids, string Scope, int Line, string Reason);
