using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A rule that looks for patterns in what containers run. One finding for each command, with the first pattern
/// that matches.</summary>
public abstract class CommandRule : ContainerRule
{
    /// <summary>The patterns, and what a command does that matches one (<c>installs packages</c>); none for a rule that reads commands
    /// (<see cref="WhatOf"/>).</summary>
    protected virtual IReadOnlyList<(BoundedRegex Pattern, string What)> Patterns => [];

    /// <summary>What to do instead, as the end of the message.</summary>
    protected abstract string Advice { get; }

    /// <summary>The commands to read; by default those at the start and in lifecycle hooks.</summary>
    protected virtual IEnumerable<ContainerCommand> CommandsOf(KubernetesResource resource, Container container) =>
        ContainerCommands.AtStart(container);

    /// <inheritdoc/>
    protected sealed override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        foreach (var command in CommandsOf(resource, container))
        {
            if (WhatOf(command) is { } what)
            {
                sink.Add(this, resource, command.Node,
                    $"The container '{container.Name}' {what} each time its {command.Place} runs: {Advice}.");
            }
        }
    }

    /// <summary>What a command does, as the end of "the container …"; null if nothing that the rule looks for.</summary>
    protected virtual string? WhatOf(ContainerCommand command)
    {
        foreach (var (pattern, what) in Patterns)
        {
            if (pattern.Matches(command.Text))
                return what;
        }

        return null;
    }
}
