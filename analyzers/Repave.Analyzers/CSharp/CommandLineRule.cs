using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp;

/// <summary>A rule on programs that code starts. What their command lines do is in a table (<c>schemas/commands</c>); a rule has those of
/// one
/// kind.</summary>
public abstract class CommandLineRule : CSharpRule
{
    /// <inheritdoc/>
    public override string Library => "System.Diagnostics.Process, CliWrap 3.10.5, MedallionShell 1.6.1, SimpleExec, Nuke and Cake";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        ["System.Diagnostics.Process", "CliWrap.Command", "Medallion.Shell.Command", "System.Management.Automation.PowerShell"];

    /// <summary>What its commands are about.</summary>
    internal abstract CommandKind Kind { get; }

    /// <summary>What to do instead, as the end of the message.</summary>
    protected abstract string Advice { get; }

    internal sealed override void Register(RuleRegistry registry) => registry.OnStart(this);

    /// <summary>What to say of a command.</summary>
    internal string MessageOf(CommandEffect effect) => $"This {effect.What} ({effect.Program}): {Advice}.";
}
