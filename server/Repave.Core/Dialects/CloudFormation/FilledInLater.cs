using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What stands in a template for something that is put there before it is deployed: macros' results, loops, and what Rain embeds.
/// Nothing is said of its shape.</summary>
internal static class FilledInLater
{
    /// <summary>Whether a node is such a place.</summary>
    public static bool Is(Node node)
    {
        if (node.Tag is { Length: > 1 } tag && tag[0] == '!' && IsName("Fn::" + tag.Substring(1)))
            return true;
        if (node is not MapNode mapping)
            return false;
        foreach (var entry in mapping.AllEntries)
        {
            if (entry.Name is { } name && IsName(name))
                return true;
        }

        return false;
    }

    /// <summary>Whether a key says that something is put in its place.</summary>
    public static bool IsName(string name) =>
        name == "Fn::Transform" || name.StartsWith("Fn::ForEach", StringComparison.Ordinal)
        || name.StartsWith("Rain::", StringComparison.Ordinal) || name.StartsWith("Fn::Rain::", StringComparison.Ordinal);
}
