using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A text that a container runs: where it stands, and what it says.</summary>
/// <param name="Node">The scalar (a script or one word), or the list of words.</param>
/// <param name="Text">What it runs: its words, and of scripts among them the commands (<see cref="ShellText"/>).</param>
/// <param name="Place">What it is (<c>command</c>, <c>preStop hook</c>, …), for messages.</param>
public sealed record ContainerCommand(Node Node, string Text, string Place)
{
    /// <summary>Its words, those of the container's command before those of its args.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>Finds what containers run: command and args, lifecycle hooks and probes.</summary>
public static class ContainerCommands
{
    /// <summary>The commands at the start of a container and in its lifecycle hooks.</summary>
    public static IEnumerable<ContainerCommand> AtStart(Container container)
    {
        foreach (var field in (string[])["command", "args"])
        {
            var before = field == "args" && container.Node["command"] is ListNode command ? command : null;
            if (Read(container.Node[field], "command", before) is { } read)
                yield return read;
        }

        foreach (var hook in (string[])["postStart", "preStop"])
        {
            if (Read(container.Node.At("lifecycle", hook, "exec", "command"), hook + " hook") is { } command)
                yield return command;
        }
    }

    /// <summary>The commands of a container's probes.</summary>
    public static IEnumerable<ContainerCommand> InProbes(Container container)
    {
        foreach (var probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (Read(container.Node.At(probe, "exec", "command"), probe) is { } command)
                yield return command;
        }
    }

    private static List<string> Texts(ListNode words) => [.. words.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)];

    private static ContainerCommand? Read(Node? words, string place, ListNode? before = null)
    {
        if (words is not ListNode sequence || sequence.Items.Count == 0)
            return null;
        var scalars = sequence.ResolvedItems.OfType<ScalarNode>().ToList();
        if (scalars.Count == 0)
            return null;
        // A script is one long word; it says more about the place than the list does.
        var longest = scalars.OrderByDescending(s => s.Value.Length).First();
        return new ContainerCommand(longest.Value.Contains(' ') ? longest : sequence,
            ShellText.CommandsOf(Texts(sequence), before is null ? [] : Texts(before)), place)
        {
            Words = [.. before is null ? [] : Texts(before), .. Texts(sequence)],
        };
    }
}
