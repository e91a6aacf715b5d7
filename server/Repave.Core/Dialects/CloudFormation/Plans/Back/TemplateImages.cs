using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans.Back;

/// <summary>Images that the resources of a template run, and machine images and versions that it names by what moves.</summary>
internal static class TemplateImages
{
    private const int MaxNodes = 20_000;

    private static readonly string[] Keys = ["Image", "ImageUri", "ImageIdentifier"];

    /// <summary>Makes the way back unknown that goes back to a name that moves.</summary>
    /// <returns>Whether it does.</returns>
    public static bool Judge(ReturnPair pair)
    {
        if (pair.Forward is not { Baseline: CloudFormationResource old, Desired: CloudFormationResource now }
            || pair.Way.How == BackHow.Nothing)
            return false;
        var moves = MovingImages.Judge(pair.Way, Of(old), Of(now));
        foreach (var reason in pair.ReasonsBack)
        {
            var to = reason.To?.Trim('"');
            var isNewest = to is "$Latest" or "$Default" && reason.Path.EndsWith(".Version", StringComparison.Ordinal);
            if (to is null || !(isNewest || IsParameter(to)))
                continue;
            pair.Way.Worsen(BackHow.Unknown, $"'{to}' may name another version by then.");
            moves = true;
        }

        return moves;
    }

    // {{resolve:ssm:name}} and resolve:ssm:name without a version.
    private static bool IsParameter(string value)
    {
        var at = value.IndexOf("resolve:ssm:", StringComparison.Ordinal);
        if (at < 0)
            return false;
        var end = value.IndexOf('}', at);
        var name = value.Substring(at + "resolve:ssm:".Length, (end < 0 ? value.Length : end) - at - "resolve:ssm:".Length);
        return name.IndexOf(':') < 0;
    }

    private static List<ScalarNode> Of(CloudFormationResource resource)
    {
        var found = new List<ScalarNode>();
        if (resource.Properties is not { } properties || !resource.Type.StartsWith("AWS::", StringComparison.Ordinal))
            return found;
        var open = new Stack<Node>([properties]);
        for (var count = 0; open.Count > 0 && count < MaxNodes; count++)
        {
            var node = open.Pop();
            if (node is MapNode map)
                found.AddRange(Keys.Select(map.ScalarAt).OfType<ScalarNode>().Where(image => image.Tag is null));
            foreach (var held in node.Held)
            {
                if (held.Resolved is { } inner and not ScalarNode)
                    open.Push(inner);
            }
        }

        return found;
    }
}
