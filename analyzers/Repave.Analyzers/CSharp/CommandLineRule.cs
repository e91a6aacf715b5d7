using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>A rule on programs that code starts, with their arguments.</summary>
public abstract class CommandLineRule : CSharpRule
{
    private IReadOnlyList<(Regex Pattern, string What)>? _patterns;

    /// <summary>The programs, without folder and ending.</summary>
    protected abstract IReadOnlyList<string> Programs { get; }

    /// <summary>Patterns of arguments, joined by spaces, and what a program does that gets them.</summary>
    protected abstract IReadOnlyList<(string Pattern, string What)> Patterns { get; }

    /// <summary>What to do instead, as the end of the message.</summary>
    protected abstract string Advice { get; }

    internal override void Register(RuleRegistry registry)
    {
        registry.OnCall(this, "Start", LookAtStart);
        registry.OnCall(this, "WithArguments", LookAtStart);
        registry.OnCreation(this, "ProcessStartInfo", (creation, sink) =>
        {
            if (sink.Knows(creation.Type))
                Judge(CommandLine.Of(creation),
                    creation.Syntax is ObjectCreationExpressionSyntax { Type: var type } ? type : creation.Syntax, sink);
        });
    }

    private void LookAtStart(IInvocationOperation call, OperationSink sink)
    {
        if (sink.Knows(call.TargetMethod.ContainingType))
            Judge(CommandLine.Of(call), call.Syntax, sink);
    }

    private void Judge(CommandLine? command, SyntaxNode node, OperationSink sink)
    {
        if (command is null || !Programs.Contains(command.Program, StringComparer.OrdinalIgnoreCase))
            return;
        _patterns ??=
            [.. Patterns.Select(p => (new Regex(p.Pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200)), p.What))];
        foreach (var (pattern, what) in _patterns)
        {
            if (!pattern.IsMatch(command.Arguments))
                continue;
            sink.Add(node, $"This {what} ({command.Program}): {Advice}.");
            return;
        }
    }
}
