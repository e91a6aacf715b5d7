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
        "Validity",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A rule met something that its authors did not think of. Nothing is said of the code; "
            + "please report it with the message.");

    private static readonly ConcurrentDictionary<string, DiagnosticDescriptor> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, DiagnosticDescriptor> TurnedOn = new(StringComparer.Ordinal);

    /// <summary>The descriptor of a rule, as the compiler is told of it. What the catalogue calls an error, because a platform refuses it,
    /// is a
    /// warning to the build until its owner says otherwise.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => Known.GetOrAdd(rule.Id, _ => Make(rule, rule.OnByDefault));

    /// <summary>The descriptor that findings are reported with. The compiler drops what is off by default unless its own settings turn it
    /// on;
    /// that <c>.repave.yaml</c> does, only we know, before anything is reported.</summary>
    public static DiagnosticDescriptor Reported(Rule rule) => TurnedOn.GetOrAdd(rule.Id, _ => Make(rule, isOn: true));

    private static DiagnosticDescriptor Make(Rule rule, bool isOn) => new(
        rule.Id,
        rule.Title,
        "{0}",
        rule.Category,
        rule.Severity == Severity.Info ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
        isEnabledByDefault: isOn,
        description: rule.Reason,
        helpLinkUri: rule.HelpLink);

    /// <summary>The descriptors of rules, and of their failure.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All(IEnumerable<Rule> rules) =>
        ImmutableArray.CreateRange(rules.Select(Of).Concat([Failure]));
}
