using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Repave.Core.Rules;

namespace Repave.Analyzers;

/// <summary>Rules as the compiler knows them.</summary>
internal static class Descriptors
{
    /// <summary>What is said where a rule itself fails: once, as information, and the build goes on.</summary>
    public static readonly DiagnosticDescriptor Failure = new(
        "RPV3000",
        "A rule failed",
        "{0} failed and was left out: {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A rule met something that its authors did not think of. Nothing is said of the code; "
            + "please report it with the message.");

    private const string Category = "Repave";

    private static readonly ConcurrentDictionary<string, DiagnosticDescriptor> Known = new(StringComparer.Ordinal);

    /// <summary>The descriptor of a rule. Whether a rule is on is decided before anything is reported, so to the compiler all are; and what
    /// the catalogue calls an error, because a platform refuses it, is a warning to the build until its owner says otherwise.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => Known.GetOrAdd(rule.Id, _ => new DiagnosticDescriptor(
        rule.Id,
        rule.Title,
        "{0}",
        Category,
        rule.Severity == Severity.Info ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: rule.Reason,
        helpLinkUri: rule.HelpLink));

    /// <summary>The descriptors of rules, and of their failure.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All(IEnumerable<Rule> rules) =>
        ImmutableArray.CreateRange(rules.Select(Of).Concat([Failure]));
}
