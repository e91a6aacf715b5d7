using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>The images that an object runs, of whatever kind it is.</summary>
internal static class ContainerImages
{
    private const int MaxNodes = 100_000;

    /// <summary>The images of the containers in an object.</summary>
    public static IReadOnlyList<ScalarNode> Of(Node root)
    {
        var found = new List<ScalarNode>();
        var open = new Stack<Node>([root]);
        for (var count = 0; open.Count > 0 && count < MaxNodes; count++)
        {
            var node = open.Pop();
            if (node is MapNode map)
            {
                foreach (var name in (string[])["containers", "initContainers", "ephemeralContainers"])
                    found.AddRange(map.ItemsAt(name).Select(item => item.ScalarAt("image")).OfType<ScalarNode>());
            }

            foreach (var held in node.Held)
            {
                if (held.Resolved is { } inner and not ScalarNode)
                    open.Push(inner);
            }
        }

        return found;
    }
}
